import { describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { applicationEvents } from '#applications/application.events';
import { callEvents } from '#calls/call.events';
import { bothLogs } from '#event-store/both-logs.testing';
import { Codec } from '#event-store/codec';
import { commandEvents } from '#event-store/command.events';
import { CommandHandler } from '#event-store/handle';
import { KeysInMemory, sent } from '#event-store/handle.testing';
import type { EventMetadata } from '#kernel/envelope';
import { CodedError } from '#kernel/refused';
import { rowsAfter } from '#kernel/projection.testing';
import { DecideGrant, SetAppropriation } from './allocation.commands.js';
import { allocation } from './allocation.decider.js';
import { allocationEvents } from './allocation.events.js';
import { applicationWith, asDecider, callWith, decide, type AllocationEvent } from './allocation.testing.js';
import { appropriations, usedAt, type AppropriationRow } from './appropriations.projection.js';

const many = 50;
const fits = 20;

describe.each(bothLogs)('%s: fifty decisions at once, by two handlers', (_, logsOf) => {
  it('grant what the appropriation holds, refuse the rest, and the view says so', async () => {
    const logs = await logsOf();
    const codec = new Codec([callEvents, applicationEvents, allocationEvents, commandEvents], new KeysInMemory());
    const clock = { now: () => Date.parse('2026-12-01T12:00:00Z') };
    const hashKey = randomBytes(32);
    const opened = [await logs.open(), await logs.open()] as const;
    const handlers = opened.map((log) => new CommandHandler({ log, codec, clock, hashKey }));
    const [log] = opened;
    const keys = Array.from({ length: many }, (_one, index) => `c--council-${index}`);
    const write = async (stream: string, events: readonly { type: string; data: unknown }[]) => {
      const encoded = await Promise.all(events.map(({ type, data }) => codec.encode(type, data)));
      await log.append(
        stream,
        'none',
        encoded.map(({ type, text }) => {
          const metadata = { ...written, commandId: randomUUID(), schemaVersion: codec.versionOf(type) } as EventMetadata;
          return { id: randomUUID(), type, data: text, metadata: codec.encodeMetadata(metadata) };
        }),
      );
    };

    const { content, arrival, proposal } = applicationWith();
    const { terms } = callWith();
    const planned = { kind: 'regional-coordination', names: { fi: 'Haku' }, organiser: 'ministry', goals: [], duties: [], terms };
    await write('call-c', [{ type: 'CallPlanned', data: planned }]);
    for (const key of keys) {
      const whose = { call: 'c', region: '19', applicant: key.slice(3) };
      await write(`application-${key}`, [
        { type: 'ApplicationStarted', data: whose },
        { type: 'ApplicationSubmitted', data: { content, contentHash: '0'.repeat(64), arrival } },
        { type: 'ApplicationReceived', data: { ...whose, arrival, caseNumber: `VM/${key}/2026` } },
        {
          type: 'DecisionProposed',
          data: { presenter: proposal?.presenter, outcome: 'granted', amount: 70_000, grounds: 'g', conditions: ['Ehto'] },
        },
      ]);
    }
    await handlers[0]?.handle(allocation, sent(SetAppropriation, { call: 'c', amount: fits * 70_000 + 69_999 }));

    const outcomes = await Promise.all(
      keys.map(async (key, index) => {
        const command = sent(DecideGrant, { ...decide, application: key }, asDecider);
        for (;;) {
          try {
            return (await handlers[index % 2]?.handle(allocation, command))?.effect;
          } catch (error) {
            // The other was faster too often: nothing is recorded, and it is sent again.
            if (!(error instanceof CodedError) || error.code !== 'too-much-at-once') return (error as CodedError).code;
          }
        }
      }),
    );
    expect(outcomes.filter((one) => one === 'recorded')).toHaveLength(fits);
    expect(outcomes.filter((one) => one === 'appropriation-exceeded')).toHaveLength(many - fits);

    const told = (await log.readStream('allocation-c')).map((event) => codec.decode(event));
    const granted = told.flatMap(({ type, data }) => (type === 'GrantDecided' ? [(data as { amount: number }).amount] : []));
    const ledger = granted.reduce((sum, amount) => sum + amount, 0);
    const row = rowsAfter(appropriations, 'allocation-c', told as never as AllocationEvent[])['c'] as AppropriationRow;
    expect(ledger).toBe(fits * 70_000);
    expect(usedAt(row, '2100-01-01T00:00:00.000Z')).toEqual({ decided: ledger, returned: 0 });
    await Promise.all([...new Set(opened)].map((one) => one.close()));
    logs.remove();
  });
});

const written = {
  commandHash: '0'.repeat(64),
  correlationId: 'spec',
  causationId: 'spec',
  actor: { id: 'person-presenter', role: 'ministry-presenter' },
  recordedAt: '2026-11-01T12:00:00.000Z',
  seen: {},
};
