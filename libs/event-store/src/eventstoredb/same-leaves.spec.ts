import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventLog } from '../event-log.js';
import { SqliteEventLog } from '../sqlite/sqlite-event-log.js';
import { EventStoreDbLog } from './eventstoredb-event-log.js';
import { StandInServer } from './stand-in-server.testing.js';

jest.setTimeout(300_000);

/** Names without escapes: this V8 reads some of those wrongly (https://github.com/nodejs/node/issues/63785), whatever they were stored in. */
const key = fc
  .oneof(fc.string({ unit: 'binary' }), fc.integer({ min: 0 }).map(String), fc.constantFrom('__proto__', '00', '-0', '\u2028', 'ä', '🙂'))
  .filter((name) => JSON.stringify(name) === `"${name}"` && name !== 'toJSON');
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, -0, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, '\u0000\u001f\u007f', '</script>', ''),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(key, tie('value'), { maxKeys: 4 })),
}));
const texts = fc.record({ data: fc.dictionary(key, value, { maxKeys: 6 }), metadata: fc.dictionary(key, value, { maxKeys: 4 }) });

describe('the same events in SQLite and in EventStoreDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leaves-'));
  const server = new StandInServer({ file: join(folder, 'server.db') });
  let logs: EventLog[];
  beforeAll(async () => {
    await server.start();
    logs = [SqliteEventLog.open(join(folder, 'log.db')), await EventStoreDbLog.open({ url: server.url, timeoutMs: 30_000 })];
  });
  afterAll(async () => {
    for (const log of logs) await log.close();
    server.stop();
    rmSync(folder, { recursive: true });
  });

  it('are read as the same canonical texts, which are those that were appended', () =>
    fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 5 }), async (some) => {
        const written = some.map(({ data, metadata }) => ({
          id: randomUUID(),
          type: 'Ä «some» $type',
          data: canonicalJson(data),
          metadata: canonicalJson(metadata),
        }));
        const stream = `å-${randomUUID()}`;
        const at = new Map<EventLog, string>();
        for (const log of logs) {
          at.set(log, await log.head());
          await log.append(stream, 'none', written);
          const events = await log.readStream(stream);
          expect(
            events.map(({ id, type, data, metadata }) => ({ id, type, data: canonicalJson(data), metadata: canonicalJson(metadata) })),
          ).toEqual(written);
          const { events: stored } = await log.readTexts({ after: at.get(log) as string });
          expect(stored.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }))).toEqual(written);
        }
      }),
      { numRuns: 100 },
    ));
});
