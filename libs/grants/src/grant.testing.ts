import type { AllocationFacts, Decision } from '#decisions/allocation.facts';
import type { NewEvent } from '#kernel/event-schema';
import type { TermName } from '#terms/terms.events';
import type { grantEvents } from './grant.events.js';
import type { AroundGrant } from './grant.rules.js';

export type GrantEvent = NewEvent<typeof grantEvents>;

/** A fictional grant of 10,000 euros for the year 2027, a share of 70 %, paid in two instalments. */
export const key = 'c--fictional-council';
export const organisation = 'fictional-council';
export const own = { grant: key, organisation };
const decision: Decision = {
  applicant: organisation,
  region: '19',
  outcome: 'granted',
  decided: 1_000_000,
  returned: 0,
  share: 7_000,
  shareOf: 'eligible-costs',
  periodOfUse: { from: '2027-01-01', to: '2027-12-31' },
  paymentPlan: [
    { instalment: 'first', amount: 600_000 },
    { instalment: 'last', amount: 400_000 },
  ],
  presenter: 'person-presenter',
  corrections: [],
  isReleased: false,
};
const terms: Record<TermName, number> = {
  'interest-addition': 300,
  'small-return': 10_000,
  'acceptance-days': 21,
  'rectification-days': 30,
  'appeal-days': 30,
  'letter-notice-days': 7,
  'electronic-notice-days': 3,
};
export const known: AroundGrant = {
  allocation: { amounts: [], decisions: { [key]: decision } },
  application: { stage: 'submitted', disqualified: ['person-disqualified'] } as never,
  terms: {
    rates: [{ from: '2020-01-01', value: 450 }],
    terms: Object.fromEntries(Object.entries(terms).map(([term, value]) => [term, [{ from: '2020-01-01', value }]])),
  },
};
/** The same with another decision. */
export const decidedAs = (changed: Partial<Decision>): AroundGrant => ({
  ...known,
  allocation: { amounts: [], decisions: { [key]: { ...decision, ...changed } } } satisfies AllocationFacts,
});

export const by = (id: string, at = '2027-06-01T09:00:00.000Z', role = 'someone') => ({ actor: { id: `person-${id}`, role }, at });

export const opened: GrantEvent = { type: 'GrantOpened', data: { region: '19', applicant: organisation, outcome: 'granted' } };
export const notified: GrantEvent = {
  type: 'DecisionNotified',
  data: {
    channel: 'electronic',
    sentOn: '2026-12-01',
    receivedOn: '2026-12-04',
    acceptBy: '2026-12-25',
    rectifyBy: '2027-01-03',
  },
};
export const signed = { person: 'person-signatory', signatory: 'Aino Esimerkki' };
export const accepted: GrantEvent = { type: 'GrantAccepted', data: signed };
export const going = [opened, notified, accepted] as const;

export const requested = (payment: string, instalment: 'first' | 'last', amount: number): GrantEvent => ({
  type: 'PaymentRequested',
  data: { payment, instalment, amount },
});
export const decided = (payment: string, amount: number): GrantEvent => ({
  type: 'PaymentDecided',
  data: { payment, amount, grounds: 'g', decider: 'person-payer' },
});
/** A payment from its request to the day on which it was paid. */
export const paid = (payment: string, instalment: 'first' | 'last', amount: number, paidOn = '2027-02-01'): readonly GrantEvent[] => [
  requested(payment, instalment, amount),
  decided(payment, amount),
  { type: 'PaymentSent', data: { payment, sender: 'person-sender' } },
  { type: 'PaymentConfirmed', data: { payment, paidOn } },
];
export const costs = (amount: number, from = '2027-01-01', to = '2027-12-31') => [{ line: 'salaries', incurred: { from, to }, amount }];
export const reported = (report: string, kind: 'interim' | 'final', amount = 1_500_000): GrantEvent => ({
  type: 'ReportSubmitted',
  data: { report, kind, costs: costs(amount), income: 0, otherFunding: 0, outputs: 'o', ...signed },
});
export const substance = (report: string): GrantEvent => ({
  type: 'ReportSubstanceInspected',
  data: { report, findings: 'f', inspector: 'person-first-inspector' },
});
export const finance = (report: string, acceptedCosts: number, income = 0, otherFunding = 0): GrantEvent => ({
  type: 'ReportFinanceInspected',
  data: { report, findings: 'f', acceptedCosts, income, otherFunding, inspector: 'person-second-inspector' },
});
/** A final report with both of its inspections. */
export const inspected = (acceptedCosts: number, income = 0, otherFunding = 0): readonly GrantEvent[] => [
  reported('final', 'final', Math.max(acceptedCosts, 1_500_000)),
  substance('final'),
  finance('final', acceptedCosts, income, otherFunding),
];
export const heard = (concern: 'suspension' | 'termination' | 'recovery', due = '2027-05-31'): GrantEvent => ({
  type: 'GrantHearingOpened',
  data: { hearing: 'h', concern, concerns: 'c', due },
});
export const final: GrantEvent = { type: 'DecisionBecameFinal', data: {} };
