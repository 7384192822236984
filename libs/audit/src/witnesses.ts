import { createPublicKey, hash, verify } from 'node:crypto';
import type { WitnessState } from './audit-state.js';
import { openedCheckpoint } from './checkpoint.js';
import { consistencyProof } from './merkle.js';
import type { Verifier } from './signed-note.js';
import type { TreeStore } from './tree-store.js';

/** Who is asked to sign what they have seen of the log: by C2SP tlog-witness (https://c2sp.org/tlog-witness). */
export interface Witness {
  /** Where it takes checkpoints: what stands before `/add-checkpoint`. */
  readonly url: string;
  /** As a verifier key of the cosignatures of C2SP (https://c2sp.org/tlog-cosignature), with Ed25519. */
  readonly key: string;
}

const cosignature = 4;
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const patienceMs = 5_000;

/** Has each checkpoint signed by witnesses, who sign only what goes on from what they have signed before. One that is away delays nothing. */
export class Witnesses {
  /** How much each of them has signed; 0 where that is not known. */
  private readonly signed = new Map<string, number>();
  private readonly troubles = new Map<string, string>();

  constructor(
    private readonly witnesses: readonly Witness[],
    private readonly tree: TreeStore,
    private readonly verifier: Verifier,
    private readonly onTrouble: (trouble: string) => void,
  ) {}

  /** Sends them the last checkpoint, and keeps what they answer beside it. */
  async round(): Promise<void> {
    const note = this.tree.lastCheckpoint()?.note;
    const checkpoint = note === undefined ? undefined : openedCheckpoint(note, this.verifier);
    if (note === undefined || !checkpoint || checkpoint.size === 0) return;
    await Promise.all(
      this.witnesses.map(async (witness) => {
        if (this.signed.get(witness.url) === checkpoint.size) return;
        try {
          const line = await this.cosigned(witness, note, checkpoint.size);
          if (line !== undefined) this.tree.addCosignature(checkpoint.size, line);
          this.troubles.delete(witness.url);
        } catch (error) {
          const { message } = error as Error;
          if (!this.troubles.has(witness.url)) this.onTrouble(`the witness ${witness.url} does not sign: ${message}`);
          this.troubles.set(witness.url, message);
        }
      }),
    );
  }

  /** How each of them stands. */
  state(): readonly WitnessState[] {
    return this.witnesses.map(({ url }) => ({ url, signed: this.signed.get(url) ?? 0, trouble: this.troubles.get(url) }));
  }

  /** Its signature line; undefined where it has seen more than this, through another server. */
  private async cosigned(witness: Witness, note: string, size: number): Promise<string | undefined> {
    let answer = await this.sent(witness, note, size);
    if (answer.status === 409) {
      const seen = Number(/^(\d{1,15})\n$/.exec(await answer.text())?.[1]);
      if (seen > size) return undefined;
      this.signed.set(witness.url, seen || 0);
      answer = await this.sent(witness, note, size);
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`it answered ${answer.status} (${text.slice(0, 200).trim()})`);
    const line = text.split('\n').find((one) => isCosignature(one, note, witness.key));
    if (line === undefined) throw new Error('its signature is not of its key');
    this.signed.set(witness.url, size);
    return line;
  }

  private sent({ url }: Witness, note: string, size: number): Promise<Response> {
    const old = this.signed.get(url) ?? 0;
    const proof = old === 0 ? [] : consistencyProof(old, size, this.tree.hashAt);
    const body = `old ${old}\n${proof.map((one) => `${one.toString('base64')}\n`).join('')}\n${note}`;
    return fetch(`${url}/add-checkpoint`, { method: 'POST', body, signal: AbortSignal.timeout(patienceMs) });
  }
}

/** Whether it is a key of a witness. */
export function isWitnessKey(key: string): boolean {
  return materialOf(key) !== undefined;
}

/** Whether the line is a cosignature of the note by the key. */
export function isCosignature(line: string, note: string, key: string): boolean {
  const material = materialOf(key);
  const [, by, base64] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  if (!material || by !== material.name) return false;
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (bytes.length !== 4 + 8 + 64 || !bytes.subarray(0, 4).equals(material.id)) return false;
  const body = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const text = `cosignature/v1\ntime ${bytes.readBigUInt64BE(4)}\n${body}`;
  const der = createPublicKey({ key: Buffer.concat([publicPrefix, material.bytes]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), der, bytes.subarray(12));
}

function materialOf(key: string): { readonly name: string; readonly id: Buffer; readonly bytes: Buffer } | undefined {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(key) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || bytes[0] !== cosignature || bytes.length !== 33) return undefined;
  const found = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').subarray(0, 4);
  return found.toString('hex') === id ? { name, id: found, bytes: bytes.subarray(1) } : undefined;
}
