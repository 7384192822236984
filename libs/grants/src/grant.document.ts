import { callEvents, type CallTerms } from '#calls/call.events';
import { allocationEvents } from '#decisions/allocation.events';
import { filled, templateOn, type Said, type Values } from '#documents/content';
import type { DocumentSource, Draft, MatterEvents } from '#documents/document-source';
import { day, days, money, perCent } from '#documents/formats';
import { effectiveAt, type EventOf, type Recorded } from '#kernel/envelope';
import type { EventData, Sealed } from '#kernel/event-schema';
import { dayOf } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { inLanguage, type Language, type LocalizedText } from '#kernel/localized-text';
import { callOfMatter } from '#kernel/matter';
import type { Cents } from '#kernel/money';
import { firstInstant } from '#kernel/when';
import { organisationEvents } from '#organisations/organisation.events';
import { documentWords, fictionalNotice, grantDocumentTemplates, translationNotice } from './grant-documents.texts.js';
import type { grantEvents } from './grant.events.js';
import { grantAfter, paidBy, type OpenedGrant } from './grant.facts.js';

type Kind = keyof typeof grantDocumentTemplates;
type Decided = EventData<typeof allocationEvents, 'GrantDecided'>;
type AllocationEvent = EventOf<typeof allocationEvents>;
type GrantEvent = EventOf<typeof grantEvents>;

/** Everything that a document can say beside what its own event says. */
interface Standing {
  /** The decision as it stood then, with the day on which it was first decided. */
  readonly decided: Decided;
  readonly firstDay: string;
  readonly names: LocalizedText;
  readonly terms: CallTerms;
  readonly applicant: LocalizedText;
  readonly issuer: LocalizedText;
  /** The grant before the event; undefined for the decision itself. */
  readonly grant?: OpenedGrant;
}

type Opened = (text: Sealed | undefined) => string | undefined;
/** What a kind of document says of its own event, in a language. */
type Saying = (standing: Standing, language: Language, opened: Opened) => Values;

/** The documents of a decision and of its file: each is made from events up to its own, so that it is the same for ever. */
export const grantDocuments: DocumentSource = {
  streams: (matter, read) => {
    const call = `call-${callOfMatter(matter)}`;
    const allocation = `allocation-${callOfMatter(matter)}`;
    const organiser = (read.get(call) ?? []).flatMap(({ type, data }) =>
      type === 'CallPlanned' ? [(data as EventData<typeof callEvents, 'CallPlanned'>).organiser] : [],
    );
    const applicants = (read.get(allocation) ?? []).flatMap(({ type, data }) =>
      type === 'GrantDecided' && (data as Decided).application === matter ? [(data as Decided).applicant] : [],
    );
    return [call, allocation, `grant-${matter}`, ...[...organiser, ...applicants].map((key) => `organisation-${key}`)];
  },
  drafts: (matter, events) => {
    const ofDecision = (events.get(`allocation-${callOfMatter(matter)}`) ?? []).filter(
      ({ data }) => (data as { readonly application?: string }).application === matter,
    ) as readonly AllocationEvent[];
    const ofGrant = (events.get(`grant-${matter}`) ?? []) as readonly GrantEvent[];
    let corrections = 0;
    return [
      ...ofDecision.flatMap((event): readonly Draft[] => {
        if (event.type === 'GrantDecided') return [draftOf('decision', 'decision', event, matter, events, decisionSays)];
        if (event.type !== 'DecisionCorrected') return [];
        corrections += 1;
        const { ground, reason } = event.data;
        return [
          draftOf('correction', `correction-${corrections}`, event, matter, events, (standing, language, opened) => ({
            ...decisionSays(standing, language, opened),
            firstDay: day(standing.firstDay, language),
            ground: documentWords[ground][language],
            reason: { text: reason, language: standing.decided.language },
          })),
        ];
      }),
      ...ofGrant.flatMap((event) => draftsOfGrant(event, matter, events)),
    ].sort((a, b) => a.at.localeCompare(b.at));
  },
};

function draftsOfGrant(event: GrantEvent, matter: string, events: MatterEvents): readonly Draft[] {
  const draft = (kind: Kind, id: string, says: Saying) => [draftOf(kind, `${kind}-${id}`, event, matter, events, says)];
  switch (event.type) {
    case 'PaymentDecided':
      return draft('payment', event.data.payment, ({ grant, decided }, language) => {
        const { payment, amount, grounds } = event.data;
        const asked = grant && entry(grant.payments, payment);
        return {
          payment,
          amount: money(amount, language),
          ...(asked && { instalment: asked.instalment, asked: money(asked.amount, language) }),
          before: money(grant ? paidBy(grant) : 0, language),
          grounds: { text: grounds, language: decided.language },
        };
      });
    case 'ChangeDecided':
      return draft('change', event.data.change, ({ decided }, language) => {
        const { change, parts, periodOfUse } = event.data;
        return {
          change,
          parts: parts.map((one) => [
            documentWords[one.part][language],
            documentWords[one.outcome][language],
            { text: one.grounds, language: decided.language },
          ]),
          ...(periodOfUse && { periodOfUse: days(periodOfUse, language) }),
        };
      });
    case 'RecoveryDecided':
      return draft('recovery', event.data.recovery, ({ grant, decided }, language) => {
        const { parts, duty, bearsInterest, due, grounds } = event.data;
        const paidOn = (payment: string) => grant && entry(grant.payments, payment)?.paidOn;
        return {
          amount: money(
            parts.reduce((sum, { amount }) => sum + amount, 0),
            language,
          ),
          parts: parts.map(({ payment, amount }) => [payment, dayOrNothing(paidOn(payment), language), money(amount, language)]),
          duty: documentWords[duty][language],
          interest: documentWords[bearsInterest ? 'bears-interest' : 'without-interest'][language],
          ...(due !== undefined && { due: day(due, language) }),
          grounds: { text: grounds, language: decided.language },
        };
      });
    case 'RectificationDecided':
      return draft('rectification', event.data.request, ({ decided }, language) => {
        const { request, outcome, grounds, appealInstructions, appealBy } = event.data;
        const asked = (events.get(event.stream) as readonly GrantEvent[]).find(
          (one) => one.type === 'RectificationRequested' && one.data.request === request,
        ) as EventOf<typeof grantEvents, 'RectificationRequested'> | undefined;
        return {
          [outcome]: outcome,
          ...(asked && { arrived: day(asked.data.arrivedOn, language) }),
          grounds: { text: grounds, language: decided.language },
          appealInstructions: { text: appealInstructions, language: decided.language },
          appealBy: day(appealBy, language),
        };
      });
    default:
      return [];
  }
}

function draftOf(kind: Kind, document: string, event: Recorded, matter: string, events: MatterEvents, says: Saying): Draft {
  const at = firstInstant(effectiveAt(event));
  const standing = standingAt(event, matter, events);
  const { language: authentic, presenterName, deciderName } = standing.decided;
  const template = templateOn(grantDocumentTemplates[kind], dayOf(at));
  return {
    document,
    kind,
    event,
    at,
    language: authentic,
    isNotified: kind === 'decision' || kind === 'correction',
    templateVersion: template.version,
    layout: template.layout,
    sealed: [presenterName, deciderName].filter((text) => text !== undefined),
    content: (language, opened) =>
      filled(
        template,
        { ...commonValues(standing, dayOf(at), language), ...says(standing, language, opened) },
        {
          language,
          issuer: inLanguage(standing.issuer, [language]).text,
          notices: [
            ...(event.metadata.source?.kind === 'demo' ? [fictionalNotice[language]] : []),
            ...(language === authentic ? [] : [translationNotice[authentic][language]]),
          ],
        },
      ),
  };
}

function commonValues({ decided, names, terms, applicant }: Standing, date: string, language: Language): Values {
  return {
    applicant: inLanguage(applicant, [language]),
    call: inLanguage(names, [language]),
    caseNumber: decided.caseNumber,
    day: day(date, language),
    ...(terms.legalBasis && { legalBasis: inLanguage(terms.legalBasis, [language]) }),
    ...(terms.appeal && { appeal: inLanguage(terms.appeal, [language]) }),
  };
}

function decisionSays({ decided }: Standing, language: Language, opened: Opened): Values {
  const { outcome, amount = 0, share, shareOf = 'eligible-costs', eligibleCosts, income, periodOfUse, paymentPlan } = decided;
  const translated = decided.language === language ? undefined : decided.translations.find((one) => one.language === language);
  const { purpose, grounds, conditions } = translated ?? decided;
  const said = (text: string): Said => ({ text, language: translated ? language : decided.language });
  const cents = (name: string, value: Cents | undefined) => (value === undefined ? {} : { [name]: money(value, language) });
  const who = (name: Sealed | undefined) => (name === undefined ? undefined : (opened(name) ?? documentWords.forgotten[language]));
  return {
    [outcome]: outcome === 'granted' ? money(amount, language) : outcome,
    ...(share !== undefined && { share: documentWords[shareOf][language].replace('{share}', perCent(share, language)) }),
    ...cents('eligibleCosts', eligibleCosts),
    ...cents('income', income),
    ...(periodOfUse && { periodOfUse: days(periodOfUse, language) }),
    ...(purpose !== undefined && { purpose: said(purpose) }),
    conditions: conditions.map(said),
    instalments: paymentPlan.map((one) => [one.instalment, dayOrNothing(one.plannedFor, language), money(one.amount, language)]),
    grounds: said(grounds),
    presenter: who(decided.presenterName),
    decider: who(decided.deciderName),
  };
}

/** What stood when the event was recorded. */
function standingAt(event: Recorded, matter: string, events: MatterEvents): Standing {
  const { recordedAt } = event.metadata;
  const until = (stream: string) =>
    (events.get(stream) ?? []).filter((one) =>
      one.stream === event.stream ? one.revision <= event.revision : one.metadata.recordedAt <= recordedAt,
    );
  const call = callOfMatter(matter);
  const ofCall = until(`call-${call}`) as readonly EventOf<typeof callEvents>[];
  const planned = ofCall.find(({ type }) => type === 'CallPlanned') as EventOf<typeof callEvents, 'CallPlanned'>;
  const amended = ofCall.findLast(({ type }) => type === 'CallTermsAmended') as EventOf<typeof callEvents, 'CallTermsAmended'> | undefined;
  const renamed = ofCall.findLast((one) => one.type === 'CallPlanRevised' && one.data.names !== undefined);
  const names = renamed?.type === 'CallPlanRevised' ? renamed.data.names : undefined;
  const told = (until(`allocation-${call}`) as readonly AllocationEvent[]).filter(
    (one) => (one.type === 'GrantDecided' || one.type === 'DecisionCorrected') && one.data.application === matter,
  ) as readonly EventOf<typeof allocationEvents, 'GrantDecided' | 'DecisionCorrected'>[];
  const first = told[0] as EventOf<typeof allocationEvents, 'GrantDecided'>;
  const decided = told.slice(1).reduce<Decided>((before, { data }) => ({ ...before, ...data }), first.data);
  const nameOf = (organisation: string): LocalizedText => {
    const named = (until(`organisation-${organisation}`) as readonly EventOf<typeof organisationEvents>[]).filter(
      (one) => firstInstant(effectiveAt(one)) <= firstInstant(effectiveAt(event)),
    );
    const last = named.findLast((one) => 'names' in one.data);
    return last && 'names' in last.data ? last.data.names : { en: organisation };
  };
  const grant = before(event, until(`grant-${matter}`) as readonly GrantEvent[]);
  return {
    decided,
    firstDay: dayOf(firstInstant(effectiveAt(first))),
    names: names ?? planned.data.names,
    terms: amended?.data.terms ?? planned.data.terms,
    applicant: nameOf(decided.applicant),
    issuer: nameOf(planned.data.organiser),
    ...(grant && { grant }),
  };
}

/** The grant before the event of its own stream. */
function before(event: Recorded, ofGrant: readonly GrantEvent[]): OpenedGrant | undefined {
  const earlier = ofGrant.filter((one) => one.stream !== event.stream || one.revision < event.revision);
  const state = grantAfter(earlier);
  return state.stage === 'absent' ? undefined : state;
}

function dayOrNothing(date: string | undefined, language: Language): string {
  return date === undefined ? '' : day(date, language);
}
