import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocation } from '#decisions/allocation.decider';
import { committedBy } from '#decisions/allocation.facts';
import { recorded } from '#kernel/decider.testing';
import { Refused } from '#kernel/refused';
import { shareOf } from '#kernel/money';
import { grant } from '#grants/grant.decider';
import { paidBy, repaidBy, type GrantFacts, type OpenedGrant } from '#grants/grant.facts';
import { by, decidedAs, going, inspected, key, known, own } from '#grants/grant.testing';
import { moneyReturn } from '#grants/money-return.process';

const amount = fc.integer({ min: 1, max: 1_100_000 });
const id = fc.constantFrom('a', 'b', 'c');
const instalment = fc.constantFrom('first' as const, 'last' as const);
const days = fc.integer({ min: 0, max: 200 }).map((after) => Temporal.PlainDate.from('2027-01-01').add({ days: after }).toString());
const which = { grant: key };
type Sent = readonly [name: string, content: object, who: string];
const grantCommand: fc.Arbitrary<Sent> = fc.oneof(
  fc
    .tuple(id, instalment, amount)
    .map(([payment, of, asked]): Sent => ['RequestPayment', { ...own, payment, instalment: of, amount: asked }, 's']),
  fc.tuple(id, amount).map(([payment, given]): Sent => ['DecidePayment', { ...which, payment, amount: given, grounds: 'g' }, 'payer']),
  id.map((payment): Sent => ['RecordPaymentSent', { ...which, payment }, 'sender']),
  fc.tuple(id, days).map(([payment, paidOn]): Sent => ['ConfirmPayment', { ...which, payment, paidOn }, 'r']),
  id.map((payment): Sent => ['RecordPaymentRejected', { ...which, payment, reason: 'x' }, 'r']),
  amount.map((reducedBy): Sent => ['DecideReduction', { ...which, reducedBy, ground: 'breach', reason: 'r' }, 'd']),
  fc
    .tuple(id, amount, days)
    .map(([repayment, back, receivedOn]): Sent => ['RecordRepayment', { ...which, repayment, amount: back, receivedOn }, 'r']),
  fc
    .tuple(id, id, amount, fc.boolean())
    .map(([recovery, payment, back, bearsInterest]): Sent => [
      'DecideRecovery',
      { ...which, recovery, hearing: 'h', duty: 'mandatory', parts: [{ payment, amount: back }], bearsInterest, grounds: 'g' },
      'd',
    ]),
  fc
    .tuple(id, amount, days)
    .map(([recovery, back, receivedOn]): Sent => ['RecordRecoveryReceived', { ...which, recovery, amount: back, receivedOn }, 'r']),
  fc.tuple(id, amount).map(([recovery, left]): Sent => ['WaiveRecovery', { ...which, recovery, amount: left, reasons: 'r' }, 'd']),
  fc.constant<Sent>(['SettleGrant', which, 'd']),
);
const inspection = fc.record({
  acceptedCosts: fc.integer({ min: 0, max: 1_500_000 }),
  income: fc.nat(300_000),
  otherFunding: fc.nat(300_000),
});
/** What happens beside the grant: its final report is inspected, its decision is raised, or the process returns money. */
const step = fc.oneof(
  { weight: 12, arbitrary: grantCommand.map((sent) => ({ does: 'send' as const, sent })) },
  { weight: 1, arbitrary: inspection.map((said) => ({ does: 'inspect' as const, said })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }).map((more) => ({ does: 'raise' as const, more })) },
  { weight: 2, arbitrary: fc.constant({ does: 'return' as const }) },
);

/** A grant and the allocation of its call, as two streams beside each other. */
class Played {
  grant: GrantFacts = grant.initial;
  allocation = decidedAs({}).allocation;
  private row = moneyReturn.starts.GrantOpened(undefined as never, key);
  private revision = 0;

  constructor() {
    this.add(going);
    this.add([{ type: 'GrantHearingOpened', data: { hearing: 'h', concern: 'recovery', concerns: 'c', due: '2027-01-02' } }]);
  }

  add(events: readonly { type: string; data: unknown }[]) {
    for (const one of events) {
      const event = recorded(one, this.revision++, `grant-${key}`) as never;
      this.grant = (grant.evolve as never as Record<string, (state: GrantFacts, event: never) => GrantFacts>)[one.type]?.(
        this.grant,
        event,
      ) as GrantFacts;
      const handler = (moneyReturn.on as never as Record<string, (row: object, event: never, key: string) => typeof this.row>)[one.type];
      if (handler) this.row = handler(this.row, event, key);
    }
  }

  send([name, content, who]: Sent) {
    const decide = (grant.decide as never as Record<string, (...args: unknown[]) => readonly { type: string; data: unknown }[]>)[name];
    try {
      const facts = { ...known, allocation: this.allocation };
      this.add(decide?.(content, this.grant, facts, by(who, '2027-12-01T09:00:00.000Z')) ?? []);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  raise(more: number) {
    const decision = this.decision;
    const paymentPlan = [
      { instalment: 'first', amount: 600_000 },
      { instalment: 'last', amount: decision.decided + more - 600_000 },
    ];
    this.allocation = { ...this.allocation, decisions: { [key]: { ...decision, decided: decision.decided + more, paymentPlan } } };
  }

  /** What the process does, which may be long after. */
  returnMoney() {
    for (const { command } of moneyReturn.due(this.row, key)) {
      const decide = allocation.decide[command.type] as (...args: unknown[]) => readonly { type: string; data: unknown }[];
      for (const one of decide(command.content, this.allocation, {}, by('process'))) {
        const event = recorded(one, this.revision++, 'allocation-c') as never;
        this.allocation = (allocation.evolve as never as Record<string, (...args: unknown[]) => typeof this.allocation>)[one.type]?.(
          this.allocation,
          event,
        ) as typeof this.allocation;
        this.row = (moneyReturn.on as never as Record<string, (...args: unknown[]) => typeof this.row>)[one.type]?.(
          this.row,
          event,
          key,
        ) as typeof this.row;
      }
    }
  }

  returnAll() {
    while (moneyReturn.due(this.row, key).length > 0) this.returnMoney();
  }

  get decision() {
    return this.allocation.decisions[key] as NonNullable<(typeof this.allocation.decisions)[string]>;
  }
}

describe('whatever is paid, repaid, recovered, waived, reduced and raised, in any order', () => {
  it('the grantee never has more than the grant, nor the grant more than the appropriation holds for it; settled, no more than it comes to', () => {
    let settled = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const played = new Played();
        let isInspected = false;
        for (const one of steps) {
          if (one.does === 'send') played.send(one.sent);
          else if (one.does === 'raise') played.raise(one.more);
          else if (one.does === 'return') played.returnMoney();
          else if (!isInspected) {
            isInspected = true;
            played.add(inspected(one.said.acceptedCosts, one.said.income, one.said.otherFunding));
          }
          const now = played.grant as OpenedGrant;
          const received = paidBy(now) - repaidBy(now);
          expect(received).toBeGreaterThanOrEqual(0);
          expect(received).toBeLessThanOrEqual(played.decision.decided - now.reduced);
          expect(received).toBeLessThanOrEqual(committedBy(played.decision));
          if (now.stage === 'settled') {
            settled += 1;
            const { finance } = now.reports['final'] as { finance: { acceptedCosts: number; income: number; otherFunding: number } };
            const comesTo = Math.max(
              0,
              Math.min(
                played.decision.decided - now.reduced,
                shareOf(finance.acceptedCosts, 7_000),
                finance.acceptedCosts - finance.income - finance.otherFunding,
              ),
            );
            const waived = Object.values(now.recoveries).reduce((sum, recovery) => sum + recovery.waived, 0);
            // A term's small return may be left.
            expect(received).toBeLessThanOrEqual(comesTo + waived + 10_000);
            // Once the process has done its part, the appropriation holds for the grant what the grantee has.
            played.returnAll();
            expect(committedBy(played.decision)).toBe(received);
            break;
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(settled).toBeGreaterThan(0);
  });

  it('what is waived of it stays out of the appropriation', () => {
    const played = new Played();
    const sent: readonly Sent[] = [
      ['RequestPayment', { ...own, payment: 'a', instalment: 'first', amount: 600_000 }, 's'],
      ['DecidePayment', { ...which, payment: 'a', amount: 600_000, grounds: 'g' }, 'payer'],
      ['RecordPaymentSent', { ...which, payment: 'a' }, 'sender'],
      ['ConfirmPayment', { ...which, payment: 'a', paidOn: '2027-02-01' }, 'r'],
      ['DecideReduction', { ...which, reducedBy: 100_000, ground: 'breach', reason: 'r' }, 'd'],
      [
        'DecideRecovery',
        {
          ...which,
          recovery: 'r',
          hearing: 'h',
          duty: 'mandatory',
          parts: [{ payment: 'a', amount: 200_000 }],
          bearsInterest: false,
          grounds: 'g',
        },
        'd',
      ],
      ['RecordRecoveryReceived', { ...which, recovery: 'r', amount: 150_000, receivedOn: '2027-05-01' }, 'r'],
      ['WaiveRecovery', { ...which, recovery: 'r', amount: 50_000, reasons: 'r' }, 'd'],
    ];
    for (const one of sent) played.send(one);
    played.add(inspected(600_000, 0, 200_000));
    played.send(['SettleGrant', which, 'd']);
    expect(played.grant.stage).toBe('settled');
    expect(committedBy(played.decision)).toBe(1_000_000);
    played.returnAll();
    expect(committedBy(played.decision)).toBe(450_000);
  });
});
