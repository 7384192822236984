import { commandOf } from '#edge/commands';
import { field, hinted, optional } from '#kernel/event-schema';
import { KeyText, WhenText } from '#kernel/schemas';
import { allocationEvents } from './allocation.events.js';

const { AppropriationSet, AppropriationAdjusted } = allocationEvents;
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
    amount: hinted(AppropriationAdjusted.fields.amount, 'The whole amount as it is from then on.'),
    effectiveAt: optional(WhenText, {
      fi: 'Mistä alkaen; ilman sitä nyt',
      sv: 'Från och med; utan uppgift nu',
      en: 'From when; now without it',
    }),
  },
) {}
