import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grant } from '#grants/grant.decider';
import { paidBy, repaidBy, type OpenedGrant } from '#grants/grant.facts';
import { going, known, organisation } from '#grants/grant.testing';
import type { AnyDecider } from '#kernel/decider';
import { asWritten, recorded } from '#kernel/decider.testing';
import type { EventOf, Recorded } from '#kernel/envelope';
import type { AnyProcess } from '#kernel/process';
import { nextRow, type AnyProjection } from '#kernel/projection';
import { Refused } from '#kernel/refused';
import type { batchEvents } from '#payments/batch.events';
import { paymentBatch } from '#payments/batch.decider';
import { paymentKey, type WhichPayment } from '#payments/batch.facts';
import { endToEndId } from '#payments/batch.rules';
import { sentOf, paymentBatches, type PaymentBatchRow } from '#payments/payment-batches.projection';
import { paymentBatches as batching } from '#payments/payment-batches.process';

const grants = ['c--first', 'c--second'];
const decision = Object.values(known.allocation.decisions)[0] as (typeof known.allocation.decisions)[string];
const around = {
  ...known,
  allocation: { amounts: [], decisions: Object.fromEntries(grants.map((key) => [key, decision])) },
};
const payments: readonly WhichPayment[] = grants.flatMap((key) => ['p', 'q', 'r'].map((payment) => ({ grant: key, payment })));
const batchNames = ['a', 'b', 'c', 'd'];
const deciders: readonly AnyDecider[] = [grant, paymentBatch] as never;

/** Two grants, batches of their payments and the process between them, each command one step: whatever runs at once is some order of these. */
class World {
  readonly log: Recorded[] = [];
  private readonly rows = new Map<string, object>();
  private readonly shown = new Map<string, object>();
  private readonly done = new Set<string>();

  constructor() {
    for (const key of grants) this.append(`grant-${key}`, going);
  }

  /** False where a rule refused it. */
  send(name: string, content: object, who: string, at = '2027-02-01T09:00:00.000Z'): boolean {
    const decider = deciders.find((one) => name in one.decide) as AnyDecider;
    const stream = `${decider.category}-${decider.key(content as never)}`;
    const asked =
      name === 'PreparePaymentBatch' ? (content as { payments: readonly (WhichPayment & { organisation: string })[] }).payments : [];
    const facts =
      decider === (grant as unknown)
        ? around
        : {
            grants: new Map(asked.map((one) => [one.grant, this.state(grant as never, `grant-${one.grant}`)])),
            applications: new Map(),
            accounts: new Map(asked.map((one) => [one.organisation, { account: 1, isConfirmed: true }])),
          };
    const context = { actor: { id: `person-${who}`, role: 'someone' }, at, opened: asWritten };
    try {
      const decide = decider.decide[name] as (typeof decider.decide)[string];
      this.append(stream, decide(content as never, this.state(decider, stream) as never, facts as never, context));
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /** Does one of the things that are due, or does it again as if it was not known to be done. */
  process(pick: number): boolean {
    const due = [...this.rows].flatMap(([key, row]) =>
      (batching as unknown as AnyProcess).due(row as never, key).map((one) => ({ key, ...one })),
    );
    const open = due.filter(({ key, id }) => !this.done.has(`${key} ${id}`));
    const one = open[pick % Math.max(1, open.length)];
    if (!one) return false;
    // A command that was sent is answered as before under its id: once in a while it is decided again.
    this.send(one.command.type, one.command.content, 'process');
    if (pick % 5 === 0) this.send(one.command.type, one.command.content, 'process');
    this.done.add(`${one.key} ${one.id}`);
    return true;
  }

  settle(): void {
    while (this.process(1));
  }

  batch(name: string): PaymentBatchRow | undefined {
    return this.shown.get(name) as PaymentBatchRow | undefined;
  }

  grant(key: string): OpenedGrant {
    return this.state(grant, `grant-${key}`) as OpenedGrant;
  }

  /** Those that can go into a batch by what their grants say; others, too, where there are none. */
  ready(some: readonly WhichPayment[]): readonly WhichPayment[] {
    const ready = some.filter((one) => ['decided', 'rejected'].includes(this.grant(one.grant).payments[one.payment]?.stage ?? ''));
    return ready.length > 0 ? ready : some;
  }

  /** In how many batches a payment is that the bank has not rejected there. */
  placesOf(one: WhichPayment): number {
    return batchNames.filter((name) => {
      const { states = [] } = this.batch(name)?.payments.find((other) => paymentKey(other) === paymentKey(one)) ?? {};
      return ['batched', 'sent', 'confirmed'].includes(states.at(-1)?.value.state ?? '');
    }).length;
  }

  private append(stream: string, events: readonly { type: string; data: unknown }[]): void {
    for (const one of events) {
      const revision = this.log.filter((event) => event.stream === stream).length;
      const event = recorded(one, revision, stream) as Recorded;
      this.log.push({ ...event, id: `${stream}/${revision}` });
      this.fold(batching, this.rows, event);
      this.fold(paymentBatches, this.shown, event);
    }
  }

  private fold(projection: AnyProjection, rows: Map<string, object>, event: Recorded): void {
    if (!(event.type in projection.events)) return;
    for (const key of [projection.key(event as never)].flat()) rows.set(key, nextRow(projection, rows.get(key), event, key) as object);
  }

  private state(decider: AnyDecider, stream: string): unknown {
    const evolve = decider.evolve as Readonly<Record<string, (state: unknown, event: Recorded) => unknown>>;
    return this.log
      .filter((event) => event.stream === stream)
      .reduce((state, event) => (evolve[event.type] as (typeof evolve)[string])(state, event), decider.initial);
  }
}

const payment = fc.constantFrom(...payments);
const name = fc.constantFrom(...batchNames);
const who = fc.constantFrom('first', 'second', 'payer');
type Act = (world: World) => unknown;
/** The file of a batch is written, where it can be, and the bank answers. */
function answered(world: World, batch: string, report: string, says: () => string): void {
  const row = world.batch(batch);
  if (!row) return;
  const file = { file: 'f', message: 'm', hash: 'f', payments: 1, total: 1, debtorName: 'd', debtorIban: 'i' };
  world.send('RecordPaymentFileStaged', { batch, ...file }, 'x');
  world.send('RecordPaymentFileWritten', { batch }, 'x');
  const told = sentOf(row).map(({ grant: key, payment: id }) => {
    const answer = says();
    const more = answer === 'accepted' ? { paidOn: '2027-02-01' } : answer === 'rejected' ? { reason: 'x' } : {};
    return { grant: key, payment: id, answer, ...more };
  });
  world.send('RecordPaymentStatus', { batch, report: 'r', hash: report.padStart(64, '0'), payments: told }, 'x');
}

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(payment, fc.integer({ min: 1, max: 500_000 })).map(([one, amount]): Act => (world) => {
      world.send('RequestPayment', { ...one, organisation, instalment: 'first', amount }, 's');
      world.send('DecidePayment', { ...one, amount, grounds: 'g' }, 'payer');
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(name, fc.subarray([...payments], { minLength: 1 }), who).map(
      ([batch, some, by]): Act =>
        (world) =>
          world.send(
            'PreparePaymentBatch',
            { batch, executeOn: '2027-02-01', payments: world.ready(some).map((one) => ({ ...one, organisation })) },
            by,
          ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(name, who).map(
      ([batch, by]): Act =>
        (world) =>
          world.send('ReleasePaymentBatch', { batch }, by),
    ),
  },
  name.map(
    (batch): Act =>
      (world) =>
        world.send('CancelPaymentBatch', { batch, reason: 'r' }, 'first'),
  ),
  fc.constant<Act>((world) => world.settle()),
  {
    weight: 8,
    arbitrary: fc.nat(20).map(
      (pick): Act =>
        (world) =>
          world.process(pick),
    ),
  },
  fc.constantFrom(...grants).map((key): Act => (world) => {
    world.send('HearGrantee', { grant: key, hearing: 'h', concern: 'suspension', concerns: 'c', due: '2027-02-02' }, 'x');
    world.send('GiveGrantStatement', { grant: key, organisation, hearing: 'h', text: 't' }, 's');
    world.send('SuspendPayments', { grant: key, hearing: 'h', grounds: 'g' }, 'd');
  }),
  fc.constantFrom(...grants).map(
    (key): Act =>
      (world) =>
        world.send('ResumePayments', { grant: key, grounds: 'g' }, 'd'),
  ),
  payment.map(
    (one): Act =>
      (world) =>
        world.send('RecordPaymentSent', one, 'sender'),
  ),
  fc.constantFrom(...grants).map(
    (key): Act =>
      (world) =>
        world.send('DecideReduction', { grant: key, reducedBy: 400_000, ground: 'breach', reason: 'r' }, 'd'),
  ),
  {
    weight: 3,
    arbitrary: fc.tuple(name, fc.nat(3), fc.infiniteStream(fc.constantFrom('accepted', 'rejected', 'pending'))).map(
      ([batch, report, says]): Act =>
        (world) =>
          answered(world, batch, String(report), () => says.next().value as string),
    ),
  },
);

describe('every payment that is decided', () => {
  it('is in one batch at a time that the bank did not reject, and what is paid stays within the grant', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 80, size: 'max' }), (acts) => {
        const world = new World();
        for (const one of acts) {
          one(world);
          for (const each of payments) expect([each, world.placesOf(each) <= 1]).toEqual([each, true]);
          for (const key of grants) {
            const state = world.grant(key);
            expect(paidBy(state) - repaidBy(state)).toBeLessThanOrEqual(decision.decided - state.reduced);
            // All of them are of the first instalment, which is 600,000.
            expect(paidBy(state)).toBeLessThanOrEqual(600_000);
          }
        }
        world.settle();
        for (const batch of batchNames) answered(world, batch, '9', () => 'accepted');
        world.settle();
        for (const each of payments) {
          const state = world.grant(each.grant).payments[each.payment];
          // What its grant says of it and what its batch says of it is the same.
          const isIn = state?.batch !== undefined && ['batched', 'sent', 'confirmed'].includes(state.stage);
          expect([each, state?.stage, world.placesOf(each)]).toEqual([each, state?.stage, isIn ? 1 : 0]);
          reached.add(state?.stage ?? 'none');
        }
        for (const batch of batchNames) {
          const row = world.batch(batch);
          if (row) reached.add(row.stage);
          const released = world.log.find(({ type, stream }) => type === 'PaymentBatchReleased' && stream === `paymentBatch-${batch}`);
          const prepared = world.log.find(({ type, stream }) => type === 'PaymentBatchPrepared' && stream === `paymentBatch-${batch}`);
          if (released && prepared) {
            const [of, by] = [prepared, released] as [
              EventOf<typeof batchEvents, 'PaymentBatchPrepared'>,
              EventOf<typeof batchEvents, 'PaymentBatchReleased'>,
            ];
            expect(by.data.releaser).not.toBe(of.data.preparer);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect([...reached].sort()).toEqual(expect.arrayContaining(['batched', 'cancelled', 'collected', 'confirmed', 'written']));
  }, 300_000);

  it('has an end-to-end id of its own, that is the same in every batch', () => {
    const key = fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,2}$/);
    const one = fc.record({ grant: fc.tuple(key, key).map(([a, b]) => `${a}--${b}`), payment: key });
    fc.assert(
      fc.property(one, one, (a, b) => {
        expect(endToEndId(a)).toMatch(/^[0-9a-f]{32}$/);
        expect(endToEndId(a) === endToEndId({ ...b })).toBe(paymentKey(a) === paymentKey(b));
      }),
    );
  });
});
