import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { Type } from 'typebox';
import { canonicalJson } from '#kernel/canonical-json';
import { field, v1 } from '#kernel/event-schema';
import { Codec } from '#event-store/codec';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, resultOf, specFolder } from './audit.testing.js';
import { contentCheck } from './contents.js';
import { verifyLog } from './verify-log.js';

const said = { fi: 'x', sv: 'x', en: 'x' };
const codec = new Codec([{ ThingScored: v1(said, { score: field(Type.Integer(), said) }) }], {
  keyFor: () => Promise.reject(new TypeError('nothing is sealed')),
  existingKey: async () => undefined,
});
const content = contentCheck(codec);
const metadata = canonicalJson({
  schemaVersion: 1,
  commandId: randomUUID(),
  commandHash: 'a'.repeat(64),
  correlationId: 'c',
  causationId: 'c',
  actor: { id: 'a', role: 'ministry-presenter' },
  recordedAt: '2026-01-01T00:00:00.000Z',
  seen: {},
});
const event = (data: string, type = 'ThingScored', told = metadata) => ({ id: randomUUID(), type, data, metadata: told });

describe('what events say', () => {
  const folder = specFolder();
  let log: SqliteEventLog;
  let count = 0;
  beforeEach(() => {
    log = SqliteEventLog.open(folder.at(`log-${count++}.db`));
  });
  afterAll(() => folder.remove());

  it.each([
    ['is not canonical', event('{"score": 77}'), /not the canonical one/],
    ['does not fit its schema', event('{"score":"much"}'), /score/],
    ['has metadata that no event has', event('{"score":77}', 'ThingScored', '{}'), /metadata/],
  ])('is found before it becomes a leaf where it %s, and the log is not gone on from', async (_, wrong, reason) => {
    const { auditor, tree } = auditorOf(log, folder.at(`tree-${count}.db`), { content });
    await log.append('thing-1', 'none', [event('{"score":1}'), wrong, event('{"score":2}')]);
    const note = await auditor.checkpoint();
    expect(auditor.findings).toEqual([
      { kind: 'unreadable', leaf: 1, event: expect.objectContaining({ id: wrong.id }), reason: expect.stringMatching(reason) },
    ]);
    expect([tree.size, note]).toEqual([1, undefined]);
    const { findings } = await resultOf(verifyLog({ log, checkpoints: [], content }));
    expect(findings).toMatchObject([{ kind: 'unreadable', leaf: 1 }]);
    tree.close();
    await log.close();
  });

  it('is taken as it is where a newer version of the program recorded it', async () => {
    const { auditor, tree } = auditorOf(log, folder.at(`tree-${count}.db`), { content });
    await log.append('thing-1', 'none', [event('{"score":1}'), event('{"other":1}', 'ThingOfTomorrow')]);
    await log.append('thing-1', 1, [event('{"points":1}', 'ThingScored', metadata.replace('"schemaVersion":1', '"schemaVersion":2'))]);
    await auditor.follow();
    expect([auditor.findings, tree.size]).toEqual([[], 3]);
    tree.close();
    await log.close();
  });

  it('is told of where a revision of its stream is missing, also where the stream was read before', async () => {
    const path = folder.at(`tree-${count}.db`);
    await log.append('thing-1', 'none', [event('{"score":1}'), event('{"score":2}'), event('{"score":3}')]);
    const first = auditorOf(log, path);
    await first.auditor.follow();
    first.tree.close();
    // Reads of one turn share what they see.
    await setImmediate();
    const db = new DatabaseSync(folder.at(`log-${count - 1}.db`));
    db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)').run(9, 'thing-1', 4, 'x', 'ThingScored', '{"score":5}', metadata);
    db.close();
    const { auditor, tree } = auditorOf(log, path);
    await auditor.follow();
    expect(auditor.findings).toMatchObject([{ kind: 'out-of-turn', leaf: 3, due: 3, event: { revision: 4 } }]);
    const { findings } = await resultOf(verifyLog({ log, checkpoints: [] }));
    expect(findings).toMatchObject([{ kind: 'out-of-turn', leaf: 3, due: 3 }]);
    tree.close();
    await log.close();
  });
});
