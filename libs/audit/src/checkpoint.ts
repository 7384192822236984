import { isIncluded, leafHash } from './merkle.js';
import type { Signer, Verifier } from './signed-note.js';

/** How a log was at a size: what a signed checkpoint says (https://c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export function signedCheckpoint(signer: Signer, size: number, root: Buffer): string {
  return signer.sign(`${signer.name}\n${size}\n${root.toString('base64')}\n`);
}

/** What a checkpoint says; undefined where it is not signed by whom it should be, or is no checkpoint of their log. */
export function openedCheckpoint(note: string, verifier: Verifier): Checkpoint | undefined {
  const checkpoint = claimedCheckpoint(verifier.open(note) ?? '');
  return checkpoint?.origin === verifier.name ? checkpoint : undefined;
}

/** What the text of a checkpoint claims, whoever signed it. */
export function claimedCheckpoint(text: string): Checkpoint | undefined {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  if (origin === undefined || size === undefined || root === undefined) return undefined;
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

/** That a leaf stands in a log, in one text (https://c2sp.org/tlog-proof). */
export function proofText(index: number, proof: readonly Buffer[], checkpoint: string): string {
  return `${header}\nindex ${index}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${checkpoint}`;
}

export interface Proof {
  readonly index: number;
  readonly proof: readonly Buffer[];
  /** The signed checkpoint, as it is in the text. */
  readonly checkpoint: string;
}

/** Undefined for what is no proof. */
export function parsedProof(text: string): Proof | undefined {
  const pattern = /^c2sp\.org\/tlog-proof@v1\n(?:extra [A-Za-z0-9+/=]*\n)?index (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([^]+)$/;
  const [, index, hashes, checkpoint] = pattern.exec(text) ?? [];
  if (index === undefined || hashes === undefined || checkpoint === undefined) return undefined;
  const proof = hashes
    .split('\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line, 'base64'));
  return { index: Number(index), proof, checkpoint };
}

/** The checkpoint that a proof shows a leaf to stand under; undefined where it shows nothing. */
export function provenBy(leaf: string, text: string, verifier: Verifier): Checkpoint | undefined {
  const found = parsedProof(text);
  const checkpoint = found && openedCheckpoint(found.checkpoint, verifier);
  if (!checkpoint) return undefined;
  return isIncluded(leafHash(leaf), found.index, checkpoint.size, found.proof, checkpoint.root) ? checkpoint : undefined;
}

const header = 'c2sp.org/tlog-proof@v1';
