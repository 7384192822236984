import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallTerms } from '#calls/call.events';
import type { AnyDecider, DecideContext, Need } from '#kernel/decider';
import { asWritten, recorded } from '#kernel/decider.testing';
import type { NewEvent } from '#kernel/event-schema';
import { instantOf } from '#kernel/helsinki-time';
import { shareOf } from '#kernel/money';
import { Refused } from '#kernel/refused';
import { organisationFacts } from '#organisations/organisation.facts';
import { application } from './application.decider.js';
import type { applicationEvents } from './application.events.js';
import { hasArrived, type ApplicationFacts } from './application.facts.js';
import { asPresenter, asRegistrar, asSignatory, callWith, council, lastInTime, plan } from './application.testing.js';

type Name = keyof typeof application.decide;
type Event = NewEvent<typeof applicationEvents>;
interface Sent {
  readonly name: Name;
  readonly command: object;
  readonly context: Pick<DecideContext, 'actor'>;
  /** Minutes from the command before. */
  readonly later: number;
}
interface Step {
  readonly stream: string;
  readonly at: string;
  readonly before: ApplicationFacts;
  readonly after: ApplicationFacts;
  readonly events: readonly Event[];
}

const organisations = {
  'council-a': council,
  'council-b': council,
  town: { isRegistered: true, kind: 'municipality', region: '19' },
} as const;
const largestShare = 7_000;

/** Every stream of one call, decided upon as the handler does: each decision on the facts that it declares to need. */
function run(terms: Partial<CallTerms>, sent: readonly Sent[]): { steps: readonly Step[]; states: ReadonlyMap<string, ApplicationFacts> } {
  const states = new Map<string, ApplicationFacts>();
  const steps: Step[] = [];
  const call = callWith({ ...terms, largestShare });
  let time = Date.parse('2019-10-15T12:00:00.000Z');
  for (const { name, command, context, later } of sent) {
    time += later * 60_000;
    const at = instantOf(time);
    const stream = application.key(command as never);
    const needs: AnyDecider['needs'][string] = (application as AnyDecider).needs[name];
    const key = (fact: string) => (needs?.[fact] as Need<object, unknown> | undefined)?.key(command) ?? '';
    const facts = {
      call,
      plan,
      applicant: organisations[key('applicant') as keyof typeof organisations] ?? organisationFacts.initial,
      ofRegion: states.get(key('ofRegion')) ?? application.initial,
      numbered: {},
    };
    const before = states.get(stream) ?? application.initial;
    const events = decided(name, command, before, facts, { ...context, at, opened: asWritten });
    const after = events.reduce(
      (state, event, revision) => application.evolve[event.type](state, recorded(event, revision) as never),
      before,
    );
    states.set(stream, after);
    steps.push({ stream, at, before, after, events });
  }
  return { steps, states };
}

function decided(name: Name, command: object, ...rest: [ApplicationFacts, object, DecideContext]): readonly Event[] {
  try {
    return (application.decide[name] as (...args: unknown[]) => readonly Event[])(command, ...rest);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}

const organisation = fc.constantFrom('council-a', 'council-a', 'council-a', 'council-a', 'council-b', 'town');
/** The key that is right for an applicant in a call by applicant, one that is in a call by region, and others. */
const address = (whose: string) => fc.constantFrom(`c--${whose}`, `c--${whose}`, `c--${whose}`, 'c--19', 'c--19', 'c--19', 'c--18');
const region = fc.constantFrom('19', '19', '19', '18');
const content = fc
  .record({
    costs: fc.integer({ min: 1_000, max: 3_000 }),
    amount: fc.integer({ min: 1, max: 1_500 }),
    income: fc.integer({ min: 0, max: 100 }),
    off: fc.constantFrom(0, 0, 0, 0, 0, 1),
  })
  .map(({ costs, amount, income, off }) => ({
    planVersion: 1,
    eligibleCosts: [
      { line: 'a', text: 'x', amount: 500 },
      { line: 'b', text: 'x', amount: costs - 500 },
    ],
    amount,
    income,
    ownFunding: Math.max(0, costs - amount - income + off),
    otherFunding: 0,
  }));
const arrival = fc
  .constantFrom('2019-10-15T12:30:00.000Z', lastInTime, '2019-10-15T13:15:00.001Z', '2019-10-27T22:00:00.000Z')
  .map((arrivedAt) => ({ channel: 'email' as const, arrivedAt, evidence: 'x' }));
const days = fc.constantFrom('2019-10-15', '2019-10-16', '2019-10-27');
const asCoordinator = { actor: { id: 'person-coordinator', role: 'regional-coordinator' } };

const sentBy = (
  name: Name,
  who: Pick<DecideContext, 'actor'>,
  command: (whose: { application: string; organisation: string }) => Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Sent> =>
  organisation
    .chain((whose) => address(whose).map((application) => ({ application, organisation: whose })))
    .chain((whose) =>
      fc.record({
        name: fc.constant(name),
        command: fc.record(command(whose)),
        context: fc.constant(who),
        later: fc.constantFrom(0, 1, 10, 60, 1_440),
      }),
    );
const own = ({ application, organisation: whose }: { application: string; organisation: string }) => ({
  application: fc.constant(application),
  organisation: fc.constant(whose),
});

const anyCommand = fc.oneof(
  sentBy('StartApplication', asCoordinator, (whose) => ({ ...own(whose), region })),
  sentBy('ReviseApplication', asCoordinator, ({ application }) => ({ application: fc.constant(application), region, content })),
  sentBy('EditApplicationDraft', asCoordinator, ({ application }) => ({ application: fc.constant(application), region, content })),
  sentBy('SubmitApplication', asSignatory, (whose) => ({ ...own(whose), signatoryName: fc.constant('Aino Esimerkki') })),
  sentBy('ReceiveApplication', asRegistrar, (whose) => ({
    ...own(whose),
    region,
    caseNumber: fc.constantFrom('VM/1', 'VM/2'),
    arrival,
    content,
  })),
  sentBy('AmendApplication', asSignatory, (whose) => ({ ...own(whose), content })),
  sentBy('AmendApplication', asRegistrar, (whose) => ({ ...own(whose), content, arrival })),
  sentBy('WithdrawApplication', asSignatory, (whose) => ({ ...own(whose), reason: fc.constant('x') })),
  sentBy('RequestSupplement', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    supplement: fc.constantFrom('s-1', 's-2'),
    asks: fc.constant('x'),
    due: days,
  })),
  sentBy('SupplementApplication', asSignatory, (whose) => ({ ...own(whose), supplement: fc.constantFrom('s-1', 's-2'), content })),
  sentBy('OpenHearing', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    hearing: fc.constant('h-1'),
    concerns: fc.constant('x'),
    due: days,
  })),
  sentBy('GiveStatement', asSignatory, (whose) => ({ ...own(whose), hearing: fc.constant('h-1'), text: fc.constant('x') })),
  sentBy('RecordDisqualification', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    person: fc.constantFrom('person-other', 'person-other', 'person-other', 'person-presenter'),
    grounds: fc.constant('x'),
  })),
  sentBy('AssessApplication', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    criterion: fc.constant('breadth'),
    score: fc.constant(1),
    grounds: fc.constant('x'),
  })),
  sentBy('ProposeDecision', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    outcome: fc.constant('granted'),
    amount: fc.integer({ min: 1, max: 1_500 }),
    grounds: fc.constant('x'),
    conditions: fc.constant([]),
  })),
  sentBy('ProposeDecision', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    outcome: fc.constantFrom('refused', 'inadmissible'),
    grounds: fc.constant('x'),
    conditions: fc.constant([]),
  })),
  sentBy('WithdrawDecisionProposal', asPresenter, ({ application }) => ({
    application: fc.constant(application),
    reason: fc.constant('x'),
  })),
);
/** Half of the rounds begin with an application, so that much can happen to it. */
const begun = (application: string): readonly Sent[] => [
  { name: 'StartApplication', command: { application, organisation: 'council-a', region: '19' }, context: asCoordinator, later: 0 },
  {
    name: 'ReviseApplication',
    command: {
      application,
      region: '19',
      content: {
        planVersion: 1,
        eligibleCosts: [{ line: 'a', text: 'x', amount: 2_000 }],
        amount: 1_400,
        income: 0,
        ownFunding: 600,
        otherFunding: 0,
      },
    },
    context: asCoordinator,
    later: 0,
  },
  {
    name: 'SubmitApplication',
    command: { application, organisation: 'council-a', signatoryName: 'Aino Esimerkki' },
    context: asSignatory,
    later: 0,
  },
];
const round = fc
  .record({
    applicationsPer: fc.constantFrom('applicant' as const, 'region' as const),
    isBegun: fc.boolean(),
    rest: fc.array(anyCommand, { minLength: 20, maxLength: 120, size: 'max' }),
  })
  .map(({ applicationsPer, isBegun, rest }) => ({
    applicationsPer,
    sent: isBegun ? [...begun(applicationsPer === 'region' ? 'c--19' : 'c--council-a'), ...rest] : rest,
  }));

/** Holds for every sequence, and says how often there was something to hold for. */
function holds(check: (outcome: ReturnType<typeof run>, applicationsPer: 'applicant' | 'region') => number): void {
  let seen = 0;
  fc.assert(
    fc.property(round, ({ applicationsPer, sent }) => void (seen += check(run({ applicationsPer }, sent), applicationsPer))),
    { numRuns: 120 },
  );
  expect(seen).toBeGreaterThan(0);
}

describe('no sequence of commands', () => {
  it('makes two applications of one applicant in a call, or of one region in a call by region', () => {
    holds(({ states }, applicationsPer) => {
      const there = [...states].flatMap(([stream, one]) =>
        'applicant' in one && !(hasArrived(one) && one.inadmissible) ? [{ stream, ...one }] : [],
      );
      const slots = there.map((one) => one[applicationsPer]);
      expect(new Set(slots).size).toBe(slots.length);
      const applicants = [...states.values()].flatMap((one) => ('applicant' in one ? [`${one.applicant} ${one.region}`] : []));
      expect(new Set(applicants).size).toBe(applicants.length);
      return there.length;
    });
  });

  it('changes a submitted application by what came after the deadline, except by a supplement that was in time', () => {
    holds(({ steps }) => {
      const changes = steps.filter(({ before, after }) => hasArrived(before) && hasArrived(after) && before.content !== after.content);
      for (const { events } of changes) {
        const [event] = events;
        if (event?.type === 'ApplicationSupplemented') expect(event.data.isLate).toBe(false);
        else expect(event).toMatchObject({ type: 'ApplicationAmended' });
        if (event?.type === 'ApplicationAmended') expect(event.data.arrival.arrivedAt <= lastInTime).toBe(true);
      }
      return changes.filter(({ at }) => at > lastInTime).length;
    });
  });

  it('applies for more than the share of the eligible costs, or proposes more than that or than is applied for', () => {
    holds(({ steps }) => {
      const proposals = steps.filter(({ events }) => events[0]?.type === 'DecisionProposed' && events[0].data.amount !== undefined);
      for (const { after } of steps) {
        if (!hasArrived(after) || !after.content) continue;
        const { eligibleCosts, amount, ownFunding, otherFunding, income } = after.content;
        const costs = eligibleCosts.reduce((sum, line) => sum + line.amount, 0);
        expect(amount).toBeLessThanOrEqual(shareOf(costs, largestShare));
        expect(amount + ownFunding + otherFunding + income).toBe(costs);
        expect(after.proposal?.amount ?? 0).toBeLessThanOrEqual(amount);
      }
      return proposals.length;
    });
  });

  it('changes an application on which a decision is proposed, except by withdrawing the proposal or recording who is disqualified', () => {
    holds(({ steps }) => {
      const locked = steps.filter(({ before }) => hasArrived(before) && before.proposal !== undefined);
      for (const { events } of locked)
        expect(['DecisionProposalWithdrawn', 'DisqualificationRecorded', undefined]).toContain(events[0]?.type);
      return locked.length;
    });
  });

  it('lets a disqualified person do anything in the matter', () => {
    holds(({ steps }) => {
      const handling = ['SupplementRequested', 'HearingOpened', 'ApplicationAssessed', 'DecisionProposed', 'DecisionProposalWithdrawn'];
      const barred = steps.filter(({ before }) => hasArrived(before) && before.disqualified.includes('person-presenter'));
      for (const { events } of barred) expect(handling).not.toContain(events[0]?.type);
      return barred.length;
    });
  });
});
