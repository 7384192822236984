import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, fill, resultOf, signer, specFolder } from './audit.testing.js';
import { openedCheckpoint, signedCheckpoint } from './checkpoint.js';
import { checkpointKeys, checkpointKeyStream } from './checkpoint-keys.decider.js';
import { acceptedCheckpoints, openedRotation, recordedRotations, rotationStatement } from './checkpoint-keys.js';
import { Contradiction, LogWatch } from './log-watch.js';
import { newSigningKey, signerOf, type Signer } from './signed-note.js';
import { tileNamed } from './tiles.js';
import type { Auditor } from './auditor.js';

const next = signerOf(newSigningKey(signer.name));
const third = signerOf(newSigningKey(signer.name));

describe('the key that signs checkpoints', () => {
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

  const rotate = async (statement: string) => {
    const [, from, to] = statement.split('\n');
    const event = { id: randomUUID(), type: 'CheckpointKeyRotated', data: canonicalJson({ from, to, statement }), metadata: '{}' };
    const at = (await log.readStream(checkpointKeyStream)).length;
    await log.append(checkpointKeyStream, at === 0 ? 'none' : at - 1, [event]);
  };
  const auditorBy = (by: Signer) => auditorOf(log, folder.at('tree.db'), { signer: by });

  it('is rotated by what both keys sign, and by nothing else', () => {
    const statement = rotationStatement(signer, next);
    expect(openedRotation(statement)).toMatchObject({ from: { key: signer.verifier.key }, to: { key: next.verifier.key } });
    expect(openedRotation(statement.replace(next.verifier.key, third.verifier.key))).toBeUndefined();
    const lines = statement.trimEnd().split('\n');
    for (const line of [lines.at(-1), lines.at(-2)]) expect(openedRotation(statement.replace(`${line}\n`, ''))).toBeUndefined();
    expect(openedRotation(rotationStatement(signer, signerOf(newSigningKey('other.example/log'))))).toBeUndefined();
    expect(openedCheckpoint(statement, signer.verifier)).toBeUndefined();
  });

  it('follows the last one on the record', () => {
    const { RotateCheckpointKey: decide } = checkpointKeys.decide;
    const command = (from: string, to: string) => decide({ from, to, statement: 's' }, ['a', 'b'] as never, {}, {} as never);
    expect(command('b', 'c')).toHaveLength(1);
    expect(command('a', 'b')).toEqual([]);
    expect(() => command('a', 'c')).toThrow('checkpoint-key-signs-no-more');
    expect(() => command('b', 'a')).toThrow('checkpoint-key-known');
  });

  it('signs no more once another has taken its place, whose checkpoints go on from its own', async () => {
    await fill(log, 300);
    const before = auditorBy(signer);
    const old = (await before.auditor.checkpoint()) as string;
    await rotate(rotationStatement(signer, next));
    await fill(log, 5);
    expect(await before.auditor.checkpoint()).toBe(old);
    expect(before.auditor.isRetired).toBe(true);
    before.tree.close();

    const { auditor, tree } = auditorBy(next);
    const note = (await auditor.checkpoint()) as string;
    expect(openedCheckpoint(note, next.verifier)?.size).toBe(306);
    const rotations = await recordedRotations(log, tree);
    expect(rotations).toMatchObject([{ leaf: 300 }]);
    expect(await recordedRotations(log)).toMatchObject([{ leaf: 300 }]);
    for (const believed of [signer.verifier, next.verifier])
      expect(acceptedCheckpoints([note, old], believed, rotations).map(({ size }) => size)).toEqual([300, 306]);
    // Who got hold of the old key, and signs with it what came later, is not believed.
    const forged = signedCheckpoint(signer, 306, Buffer.alloc(32));
    expect(acceptedCheckpoints([forged], next.verifier, rotations)).toEqual([]);
    expect(acceptedCheckpoints([signedCheckpoint(next, 300, Buffer.alloc(32))], next.verifier, rotations)).toEqual([]);
    expect((await resultOf(auditor.verify())).findings).toEqual([]);
    tree.addCheckpoint({ size: 299, note: signedCheckpoint(signer, 299, Buffer.alloc(32)) });
    expect((await resultOf(auditor.verify())).findings).toMatchObject([{ kind: 'unlike-checkpoint', to: 299 }]);
    tree.close();
  });

  it('cannot be gone on from by who holds one that signs no more', async () => {
    await rotate(rotationStatement(signer, next));
    await rotate(rotationStatement(signer, third));
    expect((await recordedRotations(log)).map(({ to }) => to.key)).toEqual([next.verifier.key]);
  });

  it('is followed by who watches from outside, from the key that they believe', async () => {
    await fill(log, 300);
    let serving: Auditor = auditorBy(signer).auditor;
    const ask = async (path: string) => {
      if (path === 'checkpoint') return Buffer.from(serving.lastCheckpoint() ?? '');
      if (path === 'keys') return Buffer.from(JSON.stringify((await recordedRotations(log)).map(({ statement }) => statement)));
      const name = tileNamed(path.slice('tile/'.length));
      return name && serving.tile(name);
    };
    await serving.checkpoint();
    const watch = new LogWatch(ask, signer.verifier);
    const first = await watch.look();
    expect(first).toMatchObject({ before: 0, checkpoint: { size: 300 } });
    await rotate(rotationStatement(signer, next));
    await fill(log, 700);
    serving = auditorBy(next).auditor;
    await serving.checkpoint();
    expect(await watch.look()).toMatchObject({ before: 300, key: next.verifier.key, checkpoint: { size: 1_001 } });
    expect(await new LogWatch(ask, next.verifier, first?.note).look()).toMatchObject({ before: 300 });
    await expect(new LogWatch(ask, third.verifier, first?.note).look()).rejects.toThrow(Contradiction);
    await expect(new LogWatch(ask, third.verifier).look()).rejects.toThrow(/not signed by/);
    const other = signedCheckpoint(signer, 300, Buffer.alloc(32, 7));
    await expect(new LogWatch(ask, next.verifier, other).look()).rejects.toThrow(/does not go on/);
  });
});
