import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recorded } from '#kernel/decider.testing';
import type { EventOf } from '#kernel/envelope';
import type { Stored } from '#kernel/projection';
import { rowsAfter } from '#kernel/projection.testing';
import { Refused } from '#kernel/refused';
import { allocation } from './allocation.decider.js';
import type { allocationEvents } from './allocation.events.js';
import { committed, committedBy } from './allocation.facts.js';
import { applicationWith, asDecider, callWith, decide, type AllocationEvent } from './allocation.testing.js';
import { appropriations, usedAt, type AppropriationRow } from './appropriations.projection.js';
import { decisionAt } from './decision.types.js';
import { decisions, type DecisionRow } from './decisions.projection.js';
import { planned } from './decision.rules.js';

const applications = ['c--a', 'c--b', 'c--c', 'c--d'];
const application = fc.constantFrom(...applications);
const amount = fc.integer({ min: 1, max: 80_000 });
const command = fc.oneof(
  fc.record({
    name: fc.constant('AdjustAppropriation' as const),
    content: fc.record({ call: fc.constant('c'), amount, reason: fc.constant('r') }),
  }),
  fc.tuple(application, amount).map(([key, granted]) => ({
    name: 'DecideGrant' as const,
    content: {
      ...decide,
      application: key,
      amount: granted,
      departure: 'x',
      paymentPlan: [
        { instalment: 'a', weight: 1 },
        { instalment: 'b', weight: 2 },
      ],
    },
  })),
  fc.tuple(application, amount).map(([key, raised]) => ({
    name: 'CorrectDecision' as const,
    content: { application: key, ground: 'clerical-error' as const, reason: 'r', amount: raised, deciderName: 'x' },
  })),
  fc.tuple(application, amount).map(([key, reducedBy]) => ({
    name: 'ReduceGrant' as const,
    content: { application: key, reducedBy, ground: 'breach' as const, reason: 'r' },
  })),
  fc.tuple(application, amount).map(([key, released]) => ({
    name: 'ReleaseGrant' as const,
    content: { application: key, released, ground: 'unused' as const },
  })),
);
/** An application for far more than the appropriation, proposed at an amount that no decision has. */
const known = {
  call: callWith({ largestShare: 10_000 }),
  application: applicationWith({}, { amount: 99_999 }),
  numbered: {},
};

describe('whatever is decided, corrected, reduced and released, in any order', () => {
  it('what is granted never passes the appropriation, plans add up, and the views say what the decider says at every event', () => {
    let most = 0;
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events: AllocationEvent[] = [{ type: 'AppropriationSet', data: { amount: 120_000 } }];
        let state = allocation.initial;
        let seen = 0;
        const fold = () => {
          for (; seen < events.length; seen++) {
            const event = events[seen] as AllocationEvent;
            state = allocation.evolve[event.type](state, recorded(event, seen, 'allocation-c') as EventOf<typeof allocationEvents, never>);
          }
        };
        fold();
        for (const { name, content } of commands) {
          try {
            events.push(
              ...allocation.decide[name](content as never, state, known, {
                ...asDecider,
                at: '2026-12-01T00:00:00.000Z',
                opened: () => undefined,
              }),
            );
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
          }
          fold();
          const bound = committed(state);
          const reserved = state.amounts.at(-1)?.value as number;
          expect(bound).toBeLessThanOrEqual(reserved);
          expect(bound).toBeGreaterThanOrEqual(0);
          for (const decision of Object.values(state.decisions)) {
            expect(committedBy(decision)).toBeGreaterThanOrEqual(0);
            expect(decision.paymentPlan.reduce((sum, one) => sum + one.amount, 0)).toBe(decision.decided);
          }
        }
        most = Math.max(most, events.length);
        const row = rowsAfter(appropriations, 'allocation-c', events)['c'] as AppropriationRow;
        const { decided, returned } = usedAt(row, '2100-01-01T00:00:00.000Z');
        expect(decided - returned).toBe(committed(state));
        const rows = rowsAfter<DecisionRow, typeof allocationEvents>(decisions, 'allocation-c', events);
        const now = { asOf: '2100-01-01T00:00:00.000Z' } as never;
        const shown = Object.values(rows).map((one) => decisionAt(one, now, undefined));
        expect(shown.reduce((sum, one) => sum + (one?.amount ?? 0) - (one?.returned ?? 0), 0)).toBe(committed(state));
      }),
    );
    expect(most).toBeGreaterThan(3);
  });

  it('the planned instalments add up to the decision', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 })
      .filter((some) => some.some((one) => one > 0));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), weights, (total, by) => {
        const plan = planned(
          total,
          by.map((weight, index) => ({ instalment: `i-${index}`, weight })),
        );
        expect(plan.reduce((sum, one) => sum + BigInt(one.amount), 0n)).toBe(BigInt(total));
      }),
    );
  });
});

describe('the register of decisions', () => {
  it('keeps what was decided first beside what became of it', () => {
    const events: AllocationEvent[] = [
      { type: 'AppropriationSet', data: { amount: 120_000 } },
      ...allocation.decide.DecideGrant(
        { ...decide, applicationRevision: 5 },
        fold([{ type: 'AppropriationSet', data: { amount: 120_000 } }]),
        { call: callWith(), application: applicationWith(), numbered: {} },
        { ...asDecider, at: '2026-12-01T00:00:00.000Z', opened: () => undefined },
      ),
      { type: 'GrantReduced', data: { application: decide.application, reducedBy: 20_000, ground: 'change-of-plan', reason: 'Suppeampi' } },
      { type: 'GrantReleased', data: { application: decide.application, released: 10_000, ground: 'unused' } },
    ];
    const row = rowsAfter<DecisionRow, typeof allocationEvents>(decisions, 'allocation-c', events)[
      decide.application
    ] as Stored<DecisionRow>;
    const shown = decisionAt(row, { asOf: '2100-01-01T00:00:00.000Z' } as never, undefined);
    expect(shown).toMatchObject({
      outcome: 'granted',
      amount: 70_000,
      returned: 30_000,
      first: { amount: 70_000 },
      changes: [
        { event: 'GrantReduced', amount: 50_000, ground: 'change-of-plan', reason: 'Suppeampi' },
        { event: 'GrantReleased', amount: 40_000, ground: 'unused' },
      ],
    });
    expect(row.told).toHaveLength(3);
  });
});

function fold(events: readonly AllocationEvent[]) {
  return events.reduce(
    (state, event, revision) => allocation.evolve[event.type](state, recorded(event, revision) as EventOf<typeof allocationEvents, never>),
    allocation.initial,
  );
}
