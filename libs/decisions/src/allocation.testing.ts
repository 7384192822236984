import type { ArrivedApplication, Proposal } from '#applications/application.facts';
import type { CallTerms } from '#calls/call.events';
import type { CommandsOf } from '#kernel/decider';
import type { NewEvent } from '#kernel/event-schema';
import type { allocationEvents } from './allocation.events.js';

export type AllocationEvent = NewEvent<typeof allocationEvents>;
type Commands = CommandsOf<typeof import('./allocation.commands.js')>;

/** A fictional call of 2026 with a share of 70 %, and an application for 700 of 1,000 euros. */
export const key = 'c--fictional-council';
const terms: CallTerms = { largestShare: 7_000, periodOfUse: { from: '2027-01-01', to: '2027-12-31' } };
export const callWith = (changed: Partial<CallTerms> = {}) =>
  ({
    stage: 'closed',
    isPublished: true,
    kind: 'regional-coordination',
    terms: { ...terms, ...changed },
    isSelected: false,
    materials: {},
    described: { names: {}, goals: [], duties: [] },
    contacts: {},
  }) as const;
const proposal: Proposal = { presenter: 'person-presenter', outcome: 'granted', amount: 70_000, conditions: ['Ehto'], revision: 5 };
export const applicationWith = (changed: Partial<ArrivedApplication> = {}, proposed: Partial<Proposal> = {}): ArrivedApplication => ({
  stage: 'submitted',
  call: 'c',
  region: '19',
  applicant: 'fictional-council',
  content: {
    eligibleCosts: [
      { line: 'salaries', text: 'Palkat', amount: 80_000 },
      { line: 'travel', text: 'Matkat', amount: 20_000 },
    ],
    income: 5_000,
    ownFunding: 20_000,
    otherFunding: 5_000,
    amount: 70_000,
  },
  saidAt: '2026-10-01T09:00:00.000Z',
  arrival: { channel: 'this-system', arrivedAt: '2026-10-01T09:00:00.000Z' },
  caseNumber: 'VM/1/2026',
  isLate: false,
  supplements: {},
  hearings: {},
  drafted: 0,
  disqualified: [],
  assessed: [],
  isDecided: false,
  proposal: { ...proposal, ...proposed },
  ...changed,
});

export const asDecider = { actor: { id: 'person-decider', role: 'ministry-decider' } };
export const asPresenter = { actor: { id: 'person-presenter', role: 'ministry-presenter' } };

export const decide: Commands['DecideGrant'] = {
  application: key,
  applicationRevision: 5,
  outcome: 'granted',
  amount: 70_000,
  purpose: 'Digituen alueellinen koordinointi',
  conditions: ['Ehto'],
  grounds: 'Täyttää perusteet',
  language: 'fi',
  translations: [],
  presenterName: 'Elli Esittelijä',
  deciderName: 'Risto Ratkaisija',
};

/** A decision on an application of the call; on the one of the fixture without a key. */
export const decided = (amount: number | undefined = 70_000, application = key): AllocationEvent => ({
  type: 'GrantDecided',
  data: {
    application,
    region: '19',
    applicant: 'fictional-council',
    outcome: 'granted',
    amount,
    share: 7_000,
    shareOf: 'eligible-costs',
    eligibleCosts: 100_000,
    income: 5_000,
    purpose: 'Digituen alueellinen koordinointi',
    periodOfUse: { from: '2027-01-01', to: '2027-12-31' },
    conditions: ['Ehto'],
    paymentPlan: [{ instalment: 'whole', amount }],
    grounds: 'Täyttää perusteet',
    language: 'fi',
    translations: [],
    caseNumber: 'VM/1/2026',
    presenter: 'person-presenter',
    presenterName: 'Elli Esittelijä',
    decider: 'person-decider',
    deciderName: 'Risto Ratkaisija',
    applicationRevision: 5,
  },
});
export const refused: AllocationEvent = {
  type: 'GrantDecided',
  data: {
    application: key,
    region: '19',
    applicant: 'fictional-council',
    outcome: 'refused',
    conditions: [],
    paymentPlan: [],
    grounds: 'Ei täytä perusteita',
    language: 'fi',
    translations: [],
    caseNumber: 'VM/1/2026',
    presenter: 'person-presenter',
    presenterName: 'Elli Esittelijä',
    decider: 'person-decider',
    deciderName: 'Risto Ratkaisija',
    applicationRevision: 5,
  },
};
