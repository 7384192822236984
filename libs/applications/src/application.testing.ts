import type { CallTerms } from '#calls/call.events';
import type { NewEvent } from '#kernel/event-schema';
import type { OtherArrival } from './application-content.events.js';
import type { applicationEvents } from './application.events.js';
import { hashed } from './application-content.rules.js';
import type { PlanFacts } from '#plans/plan.facts';

export type ApplicationEvent = NewEvent<typeof applicationEvents>;

/** A fictional call of 2019 that closes at 16.15 on 15 October, with one application per applicant. */
export const key = 'c--fictional-council';
export const organisation = 'fictional-council';
export const terms: CallTerms = {
  opens: '2019-08-20',
  closes: '2019-10-15T13:15:00.000Z',
  eligibleApplicants: ['regional-council'],
  applicationsPer: 'applicant',
  largestShare: 7_000,
  criteria: [{ key: 'breadth', text: { fi: 'Laajuus' } }],
};
export const open = '2019-10-01T09:00:00.000Z';
export const lastInTime = '2019-10-15T13:15:00.000Z';
export const oneTooLate = '2019-10-15T13:15:00.001Z';
export const after = '2019-10-20T09:00:00.000Z';
export const closes = '15.10.2019 16.15';

export const council = { isRegistered: true, kind: 'regional-council', region: '19' } as const;
const version = (number: number) => ({ version: number, isSubmitted: true });
export const plan = {
  stage: 'submitted',
  call: 'c',
  region: '19',
  applicant: organisation,
  versions: [version(1), version(2)],
  texts: {},
  comments: {},
  goals: {},
} as const satisfies PlanFacts;

export const callWith = (changed: Partial<CallTerms> = {}) =>
  ({
    stage: 'published',
    isPublished: true,
    kind: 'regional-coordination',
    terms: { ...terms, ...changed },
    isSelected: false,
    materials: {},
    described: { names: {}, goals: [], duties: [] },
    contacts: {},
  }) as const;
export const known = { call: callWith(), applicant: council, plan };

/** 1,000 euros of costs, of which 700 are applied for. */
export const content = {
  planVersion: 2,
  eligibleCosts: [
    { line: 'salaries', text: 'Palkat', amount: 80_000 },
    { line: 'travel', text: 'Matkat', amount: 20_000 },
  ],
  income: 5_000,
  ownFunding: 20_000,
  otherFunding: 5_000,
  amount: 70_000,
};
export const asPresenter = { actor: { id: 'person-presenter', role: 'ministry-presenter' } };
export const asSignatory = { actor: { id: 'person-signatory', role: 'applicant-signatory' } };
export const asRegistrar = { actor: { id: 'person-registrar', role: 'ministry-registrar' } };

export const whose = { call: 'c', region: '19', applicant: organisation } as const;
export const started: ApplicationEvent = { type: 'ApplicationStarted', data: whose };
export const revised: ApplicationEvent = { type: 'ApplicationRevised', data: { content } };
export const submittedAt = (arrivedAt: string): ApplicationEvent => ({
  type: 'ApplicationSubmitted',
  data: { ...hashed(content), arrival: { channel: 'this-system', arrivedAt }, person: 'person-signatory', signatory: 'Aino Esimerkki' },
});
export const submitted = submittedAt(open);
export const lateAt = (arrivedAt: string, last = lastInTime): ApplicationEvent => ({
  type: 'LateApplicationRecorded',
  data: { arrivedAt, closes: last },
  effectiveAt: arrivedAt,
});
export const arrived = [started, revised, submitted] as const;
export const assessed: ApplicationEvent = {
  type: 'ApplicationAssessed',
  data: { criterion: 'breadth', score: 50, grounds: 'x', assessor: 'person-presenter' },
};
export const byEmail = (arrivedAt: string): OtherArrival => ({ channel: 'email', arrivedAt, evidence: 'Received: by mail.example' });
