import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { AuditClient, AuditServer, type Beside } from './audit-calls.js';
import { auditorOf, fill, resultOf, signer, specFolder } from './audit.testing.js';
import { CheckpointFolder } from './checkpoint-folder.js';
import { openedCheckpoint } from './checkpoint.js';

describe('an auditor that is always on', () => {
  let folder: ReturnType<typeof specFolder>;
  let log: SqliteEventLog;
  let channel: MessageChannel;
  let timers: NodeJS.Timeout[];
  const found: (readonly string[])[] = [];
  const troubles: object[] = [];

  beforeEach(async () => {
    folder = specFolder();
    log = SqliteEventLog.open(folder.at('log.db'));
    await fill(log, 600);
    timers = [];
    const { setInterval: set } = globalThis;
    jest.spyOn(globalThis, 'setInterval').mockImplementation(((...args: Parameters<typeof set>) => {
      const timer = set(...args);
      timers.push(timer);
      return timer;
    }) as typeof set);
    found.length = 0;
    troubles.length = 0;
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    timers.forEach(clearInterval);
    channel.port1.close();
    await log.close();
    folder.remove();
  });

  async function started(beside: Beside = {}, keptElsewhere?: () => readonly string[]): Promise<AuditClient> {
    channel = new MessageChannel();
    const { auditor } = auditorOf(log, folder.at('tree.db'), keptElsewhere && { keptElsewhere });
    const client = AuditClient.connect(channel.port2, async () => undefined, {
      onFindings: (findings) => found.push(findings),
      onTrouble: (trouble, details) => troubles.push({ trouble, ...details }),
    });
    await AuditServer.start(channel.port1, auditor, { checkpointSeconds: 3_600, verifyHours: 24 }, beside);
    return client;
  }

  const until = async (holds: () => boolean) => {
    while (!holds()) await once(channel.port2, 'message');
  };

  it('tells how the proof stands, and puts its checkpoints into a folder of the operator’s', async () => {
    mkdirSync(folder.at('elsewhere'));
    const elsewhere = new CheckpointFolder(folder.at('elsewhere'));
    const first = await started({ folder: elsewhere });
    await first.cleared;
    await until(() => first.state.checkpoint !== undefined);
    channel.port1.close();
    const client = await started({ folder: elsewhere });
    await client.cleared;
    await until(() => client.state.verifiedAt !== undefined);
    expect(client.state).toMatchObject({ leaves: 600, verified: 600, findings: [] });
    expect(client.state.verifiedAt).toMatch(/Z$/);
    expect(readdirSync(folder.at('elsewhere'))).toEqual(['000000000600.checkpoint']);
    const note = readFileSync(folder.at('elsewhere/000000000600.checkpoint'), 'utf8');
    expect(openedCheckpoint(note, signer.verifier)?.size).toBe(600);
  });

  it('finds shortly after a start that an old event was altered, and says so before it is named', async () => {
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    await auditor.checkpoint();
    await resultOf(auditor.verify());
    tree.close();
    // Reads of one turn share what they see.
    await setImmediate();
    const db = new DatabaseSync(folder.at('log.db'));
    db.exec("UPDATE events SET data = replace(data, '77', '97') WHERE position = 5");
    db.close();
    const client = await started();
    await client.cleared;
    expect(() => client.check()).toThrow('log-altered');
    expect(found.map(([finding]) => finding)).toEqual([
      expect.stringMatching(/^from leaf 3 on the log is not as it was recorded/),
      expect.stringMatching(/^leaf 3 was altered/),
    ]);
  });

  it('holds the log against what is kept elsewhere, where log and tree were put back together', async () => {
    mkdirSync(folder.at('elsewhere'));
    const elsewhere = new CheckpointFolder(folder.at('elsewhere'));
    await log.close();
    copyFileSync(folder.at('log.db'), folder.at('older.db'));
    log = SqliteEventLog.open(folder.at('log.db'));
    await fill(log, 50);
    const first = await started({ folder: elsewhere });
    await until(() => readdirSync(folder.at('elsewhere')).length > 0 && first.state.leaves === 650);
    channel.port1.close();
    await log.close();
    for (const name of ['log.db', 'log.db-wal', 'log.db-shm', 'tree.db', 'tree.db-wal', 'tree.db-shm'])
      rmSync(folder.at(name), { force: true });
    copyFileSync(folder.at('older.db'), folder.at('log.db'));
    log = SqliteEventLog.open(folder.at('log.db'));
    const client = await started({ folder: elsewhere }, () => elsewhere.notes());
    await until(() => client.findings.length > 0);
    expect(client.findings).toEqual([expect.stringMatching(/^the end was cut: the leaves 600 to 649 are missing/)]);
  });
});
