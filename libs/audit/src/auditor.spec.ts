import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { copyAfter } from '#event-store/log-copy';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-event-log';
import { StandInServer } from '#event-store/eventstoredb/stand-in-server.testing';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, fill, resultOf, signer, specFolder } from './audit.testing.js';
import { openedCheckpoint, provenBy } from './checkpoint.js';
import { leafOf } from './leaf.js';
import { consistencyProof, emptyRoot, isConsistent, leafHash } from './merkle.js';
import { TreeStore } from './tree-store.js';

describe('the tree of a log', () => {
  let folder: ReturnType<typeof specFolder>;
  let log: SqliteEventLog;
  beforeEach(() => {
    folder = specFolder();
    log = SqliteEventLog.open(folder.at('log.db'));
  });
  afterEach(async () => {
    await log.close();
    folder.remove();
  });

  it('has the same root on SQLite, on EventStoreDB and in a copy, though positions and the log itself differ', async () => {
    await fill(log, 300);
    const server = await new StandInServer({ file: folder.at('server.db') }).start();
    const onServer = await EventStoreDbLog.open({ url: server.url, timeoutMs: 30_000 });
    const copy = SqliteEventLog.open(folder.at('copy.db'));
    await resultOf(copyAfter(undefined, log, onServer));
    await resultOf(copyAfter(undefined, onServer, copy));
    const roots = [];
    for (const [index, one] of [log, onServer, copy].entries()) {
      const { auditor, tree } = auditorOf(one, folder.at(`tree-${index}.db`));
      await auditor.follow();
      roots.push([tree.size, tree.root().toString('hex')]);
      tree.close();
    }
    expect(roots).toEqual([roots[0], roots[0], roots[0]]);
    expect(roots[0]?.[0]).toBe(300);
    await onServer.close();
    await copy.close();
    server.stop();
  });

  it('goes on where it was, and what a later checkpoint says goes on from an earlier one', async () => {
    const notes = [];
    for (const events of [3, 600, 1, 255]) {
      await fill(log, events);
      const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
      notes.push(openedCheckpoint((await auditor.checkpoint()) as string, signer.verifier));
      tree.close();
    }
    const { auditor, tree } = auditorOf(log, folder.at('whole.db'));
    await auditor.follow();
    expect(notes.map((note) => note?.size)).toEqual([3, 603, 604, 859]);
    expect(notes.at(-1)?.root.equals(tree.root())).toBe(true);
    for (const [index, later] of notes.slice(1).entries()) {
      const earlier = notes[index];
      if (!earlier || !later) throw new Error('a checkpoint does not open');
      expect(isConsistent(earlier, later, consistencyProof(earlier.size, later.size, tree.hashAt))).toBe(true);
    }
    tree.close();
  });

  it('signs nothing twice, also of an empty log', async () => {
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const empty = await auditor.checkpoint();
    expect(openedCheckpoint(empty as string, signer.verifier)).toEqual({ origin: signer.name, size: 0, root: emptyRoot });
    await fill(log, 5);
    const note = await auditor.checkpoint();
    expect(await auditor.checkpoint()).toBe(note);
    expect(tree.checkpoints().map(({ size }) => size)).toEqual([0, 5]);
    tree.close();
  });

  it('holds a log and its tree, altered and made anew together, against the last checkpoint of its own at each look', async () => {
    await fill(log, 5);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const note = (await auditor.checkpoint()) as string;
    tree.close();
    const other = SqliteEventLog.open(folder.at('other.db'));
    await fill(other, 5);
    const { auditor: anew, tree: remade } = auditorOf(other, folder.at('remade.db'));
    await anew.follow();
    anew.check();
    remade.addCheckpoint({ size: 5, note });
    await anew.verifyNew();
    expect(() => anew.check()).toThrow(expect.objectContaining({ code: 'log-altered' }));
    expect(anew.findings).toEqual([{ kind: 'unlike-checkpoint', from: 0, to: 5 }]);
    remade.close();
    await other.close();
  });

  it('proves of each receipt that its event is in the log, and of no other', async () => {
    await fill(log, 600);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    for (const { position, ...event } of (await log.readTexts({ after: (await log.readTexts({ limit: 1 })).next as string })).events) {
      const { proof, index, leafHash: hash } = await auditor.receiptProof(position);
      const leaf = leafOf({ ...event, position });
      expect(provenBy(leaf, proof, signer.verifier)?.size).toBe(600);
      expect(hash).toBe(leafHash(leaf).toString('base64'));
      expect(provenBy(leaf.replace('77', '97'), proof, signer.verifier)).toBeUndefined();
      expect(provenBy(leaf, proof.replace(`index ${index}`, `index ${index + 1}`), signer.verifier)).toBeUndefined();
    }
    for (const position of ['0'.repeat(32), (await log.readTexts({ limit: 1 })).next as string, 'f'.repeat(32)])
      await expect(auditor.receiptProof(position)).rejects.toMatchObject({ code: 'audit-position-unknown' });
    tree.close();
  });

  it('is kept by two processes at the same time', async () => {
    await fill(log, 700);
    const [a, b] = [auditorOf(log, folder.at('tree.db')), auditorOf(log, folder.at('tree.db'))];
    await Promise.all([a.auditor.follow(), b.auditor.follow()]);
    await fill(log, 300);
    await b.auditor.follow();
    await fill(log, 50);
    await Promise.all([a.auditor.follow(), b.auditor.follow()]);
    expect([a.tree.size, b.tree.size]).toEqual([1_050, 1_050]);
    const { tree, auditor } = auditorOf(log, folder.at('alone.db'));
    await auditor.follow();
    expect([a.tree.root(), b.tree.root()]).toEqual([tree.root(), tree.root()]);
    for (const one of [a.tree, b.tree, tree]) one.close();
  });

  it('says that its disk is full, and goes on where it was once there is room', async () => {
    await fill(log, 3);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const exec = Reflect.get(DatabaseSync.prototype, 'exec');
    const full = jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
      if (sql !== 'COMMIT') return exec.call(this, sql);
      exec.call(this, 'ROLLBACK');
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    });
    await expect(auditor.follow()).rejects.toMatchObject({ code: 'audit-storage-full', details: { path: folder.at('tree.db') } });
    full.mockRestore();
    await auditor.follow();
    auditor.check();
    expect(tree.size).toBe(3);
    tree.close();
  });

  it('is of one log, and its file lets nobody change what it has', async () => {
    await fill(log, 300);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    await auditor.checkpoint();
    tree.close();
    expect(() => TreeStore.open(folder.at('tree.db'), 'another')).toThrow('audit-tree-of-another-log');
    const db = new DatabaseSync(folder.at('tree.db'));
    for (const change of [
      'UPDATE tiles SET hashes = zeroblob(8192) WHERE level = 0 AND number = 0',
      'UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0 AND number = 1',
      'UPDATE tiles SET number = 9 WHERE number = 1',
      'DELETE FROM tiles',
      "UPDATE checkpoints SET note = ''",
      'DELETE FROM checkpoints',
    ])
      expect(() => db.exec(change)).toThrow(/only grows|stays|not changed/);
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(() => TreeStore.open(folder.at('tree.db'), log.id)).toThrow('audit-tree-of-newer-version');
  });
});
