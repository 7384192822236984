import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { aligned } from './alignment.js';
import { auditorOf, fill, resultOf, signer, specFolder } from './audit.testing.js';
import { Auditor } from './auditor.js';
import { openedCheckpoint } from './checkpoint.js';
import { acceptedCheckpoints } from './checkpoint-keys.js';
import { findingText, type Finding } from './findings.js';
import { TreeStore } from './tree-store.js';
import { verifyLog } from './verify-log.js';

const dropIndexes = 'DROP INDEX IF EXISTS events_recorded; DROP INDEX IF EXISTS events_call; DROP INDEX IF EXISTS events_matter;';
/** The first event of a log is the log's own: the leaf n is in row n + 2. */
const row = (leaf: number) => leaf + 2;
const altered = { kind: 'altered', leaf: 400 };

/** What is done to the file, and what must be found of it. */
const attacks: readonly { readonly what: string; readonly sql: string; readonly finds: object }[] = [
  { what: 'a score is changed', sql: `UPDATE events SET data = replace(data, '77', '97') WHERE position = ${row(400)}`, finds: altered },
  {
    what: 'a role is changed',
    sql: `UPDATE events SET metadata = replace(metadata, 'presenter', 'signatory') WHERE position = ${row(400)}`,
    finds: altered,
  },
  { what: 'white space is put in', sql: `UPDATE events SET data = replace(data, ',', ', ') WHERE position = ${row(400)}`, finds: altered },
  {
    what: 'a type is changed',
    sql: `UPDATE events SET type = 'SomethingElse' WHERE position = ${row(400)}`,
    finds: { ...altered, event: { type: 'SomethingElse' } },
  },
  {
    what: 'an id is changed',
    sql: `UPDATE events SET id = '00000000-0000-4000-8000-000000000000' WHERE position = ${row(400)}`,
    finds: altered,
  },
  { what: 'a stream is changed', sql: `UPDATE events SET stream = 'other-1' WHERE position = ${row(400)}`, finds: altered },
  { what: 'an event is deleted', sql: `DELETE FROM events WHERE position = ${row(400)}`, finds: { kind: 'missing', leaf: 400, count: 1 } },
  {
    what: 'an event is deleted and the others closed up',
    sql: `DELETE FROM events WHERE position = ${row(400)}; UPDATE events SET position = -position WHERE position > ${row(400)}; UPDATE events SET position = -position - 1 WHERE position < 0`,
    finds: { kind: 'missing', leaf: 400, count: 1 },
  },
  {
    what: 'some events are deleted',
    sql: `DELETE FROM events WHERE position BETWEEN ${row(10)} AND ${row(19)}`,
    finds: { kind: 'missing', leaf: 10, count: 10 },
  },
  {
    what: 'an event is inserted',
    sql: `UPDATE events SET position = -position WHERE position >= ${row(400)}; UPDATE events SET position = 1 - position WHERE position < 0; INSERT INTO events VALUES (${row(400)}, 'thing-x', 0, 'x', 'SomethingScored', '{}', '{}')`,
    finds: { kind: 'inserted', leaf: 400, event: { id: 'x' } },
  },
  {
    what: 'two events are swapped',
    sql: `UPDATE events SET position = -1 WHERE position = ${row(400)}; UPDATE events SET position = ${row(400)} WHERE position = ${row(401)}; UPDATE events SET position = ${row(401)} WHERE position = -1`,
    finds: { kind: 'moved' },
  },
  {
    what: 'an event is moved far',
    sql: `UPDATE events SET position = -1 WHERE position = ${row(590)}; UPDATE events SET position = -position - 1 WHERE position BETWEEN ${row(5)} AND ${row(589)}; UPDATE events SET position = ${row(5)} WHERE position = -1; UPDATE events SET position = -position WHERE position < 0`,
    finds: { kind: 'moved', leaf: 590 },
  },
  { what: 'the tail is cut', sql: `DELETE FROM events WHERE position > ${row(579)}`, finds: { kind: 'cut', leaf: 580, count: 20 } },
  {
    what: 'the tail is cut and other events are put there',
    sql: `UPDATE events SET id = 'x' || id WHERE position > ${row(598)}; INSERT INTO events VALUES (9999, 'thing-x', 0, 'x', 'SomethingScored', '{}', '{}')`,
    finds: { kind: 'altered', leaf: 599 },
  },
  { what: 'everything is removed', sql: 'DELETE FROM events WHERE position > 1', finds: { kind: 'cut', leaf: 0, count: 600 } },
];

describe('verifying a log', () => {
  const folder = specFolder();
  let earlier: string;
  let attempt = 0;

  beforeAll(async () => {
    const log = SqliteEventLog.open(folder.at('log.db'));
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    await fill(log, 450);
    earlier = (await auditor.checkpoint()) as string;
    await log.close();
    copyFileSync(folder.at('log.db'), folder.at('older.db'));
    const again = SqliteEventLog.open(folder.at('log.db'));
    await fill(again, 150);
    tree.close();
    const later = auditorOf(again, folder.at('tree.db'));
    await later.auditor.checkpoint();
    expect((await resultOf(later.auditor.verify())).findings).toEqual([]);
    later.tree.close();
    await again.close();
  });
  afterAll(() => folder.remove());

  /** What is found in a copy of the log to which something was done: by an auditor's start, by the whole, and by a checkpoint alone. */
  async function found(sql: string, from = 'log.db') {
    const [path, treePath] = [folder.at(`copy-${attempt}.db`), folder.at(`tree-${attempt++}.db`)];
    copyFileSync(folder.at(from), path);
    copyFileSync(folder.at('tree.db'), treePath);
    const db = new DatabaseSync(path);
    db.exec(dropIndexes + sql);
    db.close();
    const log = SqliteEventLog.open(path);
    const tree = TreeStore.open(treePath, log.id);
    const auditor = new Auditor({ log, tree, signer });
    await auditor.follow();
    const atStart = auditor.findings;
    const whole = await resultOf(auditor.verify());
    const note = openedCheckpoint(earlier, signer.verifier);
    const byCheckpoint = await resultOf(verifyLog({ log, checkpoints: note ? [note] : [] }));
    const signed = await auditor.checkpoint();
    tree.close();
    await log.close();
    return { atStart, whole: whole.findings, byCheckpoint: byCheckpoint.findings, signed };
  }

  it('finds nothing in a log that grows, and its tree with it, while it is read', async () => {
    const log = SqliteEventLog.open(folder.at('growing.db'));
    const { auditor, tree } = auditorOf(log, folder.at('growing-tree.db'));
    await fill(log, 1_100);
    await auditor.follow();
    const verifying = verifyLog({ log, tree, checkpoints: [] });
    expect(await verifying.next()).toMatchObject({ done: false });
    await fill(log, 150);
    await auditor.follow();
    expect(tree.size).toBe(1_250);
    expect(await resultOf(verifying)).toMatchObject({ size: 1_250, findings: [] });
    tree.close();
    await log.close();
  });

  it('finds nothing where nothing was done', async () => {
    expect(await found('')).toMatchObject({ atStart: [], whole: [], byCheckpoint: [] });
  });

  it.each(attacks)('finds that $what, names it, and signs nothing more', async ({ sql, finds }) => {
    const { whole, byCheckpoint, signed } = await found(sql);
    expect(whole[0]).toMatchObject(finds);
    expect(whole.filter(({ kind }) => kind !== 'unlike-checkpoint')).toHaveLength(1);
    expect(openedCheckpoint(signed as string, signer.verifier)?.size).toBe(600);
    const isBeforeCheckpoint = !('leaf' in finds) || (finds as { leaf: number }).leaf < 450;
    const isMovedFar = 'leaf' in finds && finds.leaf === 590;
    expect(byCheckpoint.length > 0).toBe(isBeforeCheckpoint || isMovedFar);
  });

  it('finds at the very start that the end was cut, and that an older copy was put back', async () => {
    expect((await found(`DELETE FROM events WHERE position > ${row(579)}`)).atStart[0]).toMatchObject({
      kind: 'cut',
      leaf: 580,
      count: 20,
    });
    expect((await found('', 'older.db')).atStart[0]).toMatchObject({ kind: 'cut', leaf: 450, count: 150 });
  });

  it('names the range where only checkpoints are left to tell', async () => {
    const log = SqliteEventLog.open(folder.at('log.db'));
    const tree = TreeStore.open(folder.at('tree.db'), log.id);
    const checkpoints = acceptedCheckpoints(
      tree.checkpoints().map(({ note }) => note),
      signer.verifier,
      [],
    );
    expect(checkpoints.map(({ size }) => size)).toEqual([450, 600]);
    const other = checkpoints.map((one, index) => (index === 1 ? { ...one, root: Buffer.alloc(32) } : one));
    const { findings } = await resultOf(verifyLog({ log, checkpoints: other }));
    expect(findings).toEqual([{ kind: 'unlike-checkpoint', from: 450, to: 600 }]);
    expect(findingText(findings[0] as Finding)).toContain('among the leaves 450 to 599');
    const { findings: longer } = await resultOf(verifyLog({ log, checkpoints: [{ size: 700, root: Buffer.alloc(32) }] }));
    expect(longer).toEqual([{ kind: 'cut', leaf: 600, count: 100, last: undefined }]);
    tree.close();
    await log.close();
  });

  it('finds nodes of the tree that are not those of its leaves, and leaves that were exchanged together with their events', async () => {
    const path = folder.at('tree-altered.db');
    copyFileSync(folder.at('tree.db'), path);
    const db = new DatabaseSync(path);
    db.exec('DROP TRIGGER tiles_grow; UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 1');
    db.close();
    const log = SqliteEventLog.open(folder.at('log.db'));
    const tree = TreeStore.open(path, log.id);
    const { findings } = await resultOf(new Auditor({ log, tree, signer }).verify());
    expect(findings).toEqual([{ kind: 'tree-altered', size: 600 }]);
    tree.close();
    await log.close();

    const forged = folder.at('forged.db');
    copyFileSync(folder.at('log.db'), forged);
    const events = new DatabaseSync(forged);
    events.exec(`UPDATE events SET data = replace(data, '77', '97') WHERE position = ${row(500)}`);
    events.close();
    const forgedLog = SqliteEventLog.open(forged);
    const made = auditorOf(forgedLog, folder.at('forged-tree.db'));
    await made.auditor.follow();
    made.tree.addCheckpoint({ size: 450, note: earlier });
    const original = new DatabaseSync(folder.at('tree.db'));
    const { note } = original.prepare('SELECT note FROM checkpoints WHERE size = 600').get() as { note: string };
    original.close();
    made.tree.addCheckpoint({ size: 600, note });
    expect((await resultOf(made.auditor.verify())).findings).toEqual([{ kind: 'unlike-checkpoint', from: 450, to: 600 }]);
    made.tree.close();
    await forgedLog.close();
  });
});

describe('laying what is found against what was recorded', () => {
  it('accounts for each one recorded and each one found, once', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.integer({ min: -3, max: 40 }), { maxLength: 40 }), (recorded, picks) => {
        const found = picks
          .map((pick) => (pick < recorded ? Math.max(-1, pick) : -1))
          .filter((pick, at, all) => pick < 0 || all.indexOf(pick) === at);
        const { altered, inserted, moved, missing } = aligned(found, recorded);
        const known = found.filter((one) => one >= 0);
        const gone = [
          ...altered.map((one) => one.recorded),
          ...missing.flatMap((one) => Array.from({ length: one.count }, (_, n) => one.recorded + n)),
        ];
        expect([...gone, ...known].sort((a, b) => a - b)).toEqual(Array.from({ length: recorded }, (_, index) => index));
        const strangers = [...altered, ...inserted].map((one) => one.found);
        expect(new Set(strangers).size).toBe(strangers.length);
        for (const at of strangers) expect(found[at]).toBe(-1);
        for (const one of moved) expect(found[one.found]).toBe(one.recorded);
      }),
    ));
});
