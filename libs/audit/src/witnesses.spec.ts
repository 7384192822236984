import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, fill, signer, specFolder } from './audit.testing.js';
import { openedCheckpoint, type Checkpoint } from './checkpoint.js';
import { isConsistent } from './merkle.js';
import { isCosignature, isWitnessKey, Witnesses } from './witnesses.js';

/** A witness as C2SP has it, in memory. */
class FakeWitness {
  readonly name = 'witness.example';
  readonly key: string;
  last: Checkpoint | undefined;
  readonly refused: number[] = [];
  private readonly id: Buffer;
  private readonly pair = generateKeyPairSync('ed25519');
  private constructor(readonly server: Server) {
    const bytes = Buffer.concat([Buffer.of(4), this.pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(12)]);
    this.id = hash('sha256', Buffer.concat([Buffer.from(`${this.name}\n`), bytes]), 'buffer').subarray(0, 4);
    this.key = `${this.name}+${this.id.toString('hex')}+${bytes.toString('base64')}`;
  }

  static async start(): Promise<FakeWitness> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const { status, text } = witness.answer(body);
        if (status !== 200) witness.refused.push(status);
        response.writeHead(status).end(text);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const witness = new FakeWitness(server);
    return witness;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  private answer(body: string): { status: number; text: string } {
    const [head = '', note = ''] = [body.slice(0, body.indexOf('\n\n')), body.slice(body.indexOf('\n\n') + 2)];
    const [old, ...proof] = head.split('\n');
    const checkpoint = openedCheckpoint(note, signer.verifier);
    if (!checkpoint) return { status: 403, text: '' };
    const seen = this.last?.size ?? 0;
    if (old !== `old ${seen}`) return { status: 409, text: `${seen}\n` };
    if (
      this.last &&
      !isConsistent(
        this.last,
        checkpoint,
        proof.map((one) => Buffer.from(one, 'base64')),
      )
    )
      return { status: 422, text: 'no proof' };
    this.last = checkpoint;
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(1_700_000_000n);
    const text = `cosignature/v1\ntime 1700000000\n${note.slice(0, note.lastIndexOf('\n\n') + 1)}`;
    const bytes = Buffer.concat([this.id, time, sign(null, Buffer.from(text), this.pair.privateKey)]);
    return { status: 200, text: `— ${this.name} ${bytes.toString('base64')}\n` };
  }
}

describe('the witnesses of a log', () => {
  let folder: ReturnType<typeof specFolder>;
  let log: SqliteEventLog;
  let witness: FakeWitness;
  beforeEach(async () => {
    folder = specFolder();
    log = SqliteEventLog.open(folder.at('log.db'));
    witness = await FakeWitness.start();
  });
  afterEach(async () => {
    witness.server.closeAllConnections();
    witness.server.close();
    await log.close();
    folder.remove();
  });

  it('sign what goes on from what they have seen, and their signatures are kept beside the checkpoint', async () => {
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const troubles: string[] = [];
    const witnesses = () => new Witnesses([witness], tree, signer.verifier, (trouble) => troubles.push(trouble));
    const first = witnesses();
    // The third one does not know what was signed before, and asks.
    for (const [events, one] of [
      [300, first],
      [5, first],
      [400, witnesses()],
    ] as const) {
      await fill(log, events);
      await auditor.checkpoint();
      await one.round();
      await one.round();
      const note = auditor.lastCheckpoint() as string;
      expect(openedCheckpoint(note, signer.verifier)?.size).toBe(tree.size);
      const line = note.trimEnd().split('\n').at(-1) as string;
      expect(isCosignature(line, note, witness.key)).toBe(true);
      expect(isCosignature(line, note.replace('register', 'registry'), witness.key)).toBe(false);
    }
    expect([witness.last?.size, witness.refused, troubles]).toEqual([705, [409], []]);
    tree.close();
  });

  it('that do not sign, or not with their key, are told of once, and hold nothing up', async () => {
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    await fill(log, 5);
    await auditor.checkpoint();
    const troubles: string[] = [];
    const other = await FakeWitness.start();
    const away = { url: 'http://127.0.0.1:1', key: witness.key };
    const witnesses = new Witnesses([away, { url: other.url, key: witness.key }], tree, signer.verifier, (trouble) =>
      troubles.push(trouble),
    );
    await witnesses.round();
    await witnesses.round();
    other.server.closeAllConnections();
    other.server.close();
    expect(troubles).toHaveLength(2);
    expect(auditor.lastCheckpoint()?.match(/^— /gm)).toHaveLength(1);
    expect([isWitnessKey(witness.key), isWitnessKey(signer.verifier.key)]).toEqual([true, false]);
    tree.close();
  });
});
