import { processRole } from '#access/policy';
import { commandOf, isFarDayMeant } from '#edge/commands';
import { field, hinted, optional, optionally, required } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { KeyText, WhenText } from '#kernel/schemas';
import { allocationEvents, weighedPlan } from './allocation.events.js';

const { AppropriationSet, AppropriationAdjusted, GrantDecided, PresenterDissented, DecisionCorrected } = allocationEvents;
const { GrantReduced, GrantReleased } = allocationEvents;
const whichCall = { call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }) };

export class SetAppropriation extends commandOf(
  'Reserves money for the grants of a call.',
  { by: ['ministry-decider', 'public-record-importer'] },
  {
    ...whichCall,
    ...AppropriationSet.fields,
    lapses: hinted(AppropriationSet.fields.lapses, 'The last day on which it can be used.'),
  },
) {}

export class AdjustAppropriation extends commandOf(
  'Changes the money reserved for the grants of a call.',
  { by: ['ministry-decider'] },
  {
    ...whichCall,
    ...AppropriationAdjusted.fields,
    amount: hinted(AppropriationAdjusted.fields.amount, 'The whole amount as it is from then on; not less than is granted.'),
    effectiveAt: optional(WhenText, {
      fi: 'Mistä alkaen; ilman sitä nyt',
      sv: 'Från och med; utan uppgift nu',
      en: 'From when; now without it',
    }),
  },
) {}

export class DecideGrant extends commandOf(
  'Decides on an application whose decision was proposed by somebody else: granted, refused or inadmissible.',
  { by: ['ministry-decider'] },
  {
    application: GrantDecided.fields.application,
    applicationRevision: hinted(
      GrantDecided.fields.applicationRevision,
      'The revision of the application that was read. If its proposal is a later one, nothing is decided.',
    ),
    ...pick(
      GrantDecided.fields,
      'outcome',
      'amount',
      'share',
      'purpose',
      'periodOfUse',
      'conditions',
      'grounds',
      'language',
      'translations',
    ),
    amount: hinted(
      GrantDecided.fields.amount,
      'Of a grant: not more than is applied for, than the share of the costs, and than is left of the appropriation.',
    ),
    share: hinted(GrantDecided.fields.share, 'Of a grant, in basis points; the largest share of the call without it.'),
    periodOfUse: hinted(GrantDecided.fields.periodOfUse, 'Of a grant; the one of the call without it.'),
    paymentPlan: hinted(optionally(weighedPlan), 'Of a grant; all at once without it.'),
    caseNumber: hinted(
      optionally(GrantDecided.fields.caseNumber),
      'The one of the application without it; one that is recorded for the application, otherwise.',
    ),
    presenterName: required(GrantDecided.fields.presenterName),
    deciderName: required(GrantDecided.fields.deciderName),
    isFarDayMeant,
    departure: hinted(GrantDecided.fields.departure, 'Needed where outcome, amount or conditions are not those of the proposal.'),
  },
) {}

export class DissentFromDecision extends commandOf(
  'Records the presenter’s dissent from a decision that departs from what was proposed.',
  { by: ['ministry-presenter'] },
  pick(PresenterDissented.fields, 'application', 'dissent'),
) {}

export class CorrectDecision extends commandOf(
  'Corrects a decision. What it said first stays readable beside the correction.',
  { by: ['ministry-decider'] },
  {
    ...omit(DecisionCorrected.fields, 'shareOf', 'paymentPlan', 'decider', 'deciderName'),
    amount: hinted(DecisionCorrected.fields.amount, 'The whole amount; more than before. Less is a reduction of the grant.'),
    paymentPlan: hinted(optionally(weighedPlan), 'All of it; in the proportions of the present one without it.'),
    deciderName: required(DecisionCorrected.fields.deciderName),
    isFarDayMeant,
  },
) {}

export class ReduceGrant extends commandOf(
  'Gives to the appropriation what a grant was reduced by.',
  { by: [processRole] },
  GrantReduced.fields,
) {}

export class ReleaseGrant extends commandOf(
  'Gives to the appropriation what is left of a grant.',
  { by: [processRole] },
  { ...GrantReleased.fields, released: hinted(optionally(GrantReleased.fields.released), 'All that it binds without it.') },
) {}
