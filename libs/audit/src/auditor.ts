import type { Position } from '#kernel/envelope';
import type { EventLog } from '#event-store/event-log';
import { failAudit } from './audit.failures.js';
import { openedCheckpoint, proofText, signedCheckpoint } from './checkpoint.js';
import { findingText, type Finding } from './findings.js';
import { leafOf } from './leaf.js';
import { leafPages } from './log-leaves.js';
import { hashBytes, inclusionProof, leafHash } from './merkle.js';
import type { Signer, Verifier } from './signed-note.js';
import { tileWidth, type TileName } from './tiles.js';
import type { TreeStore } from './tree-store.js';
import { verifyLog, type Verified } from './verify-log.js';

export interface AuditorParts {
  readonly log: EventLog;
  readonly tree: TreeStore;
  readonly signer: Signer;
}

/** That the event of a receipt stands in the log. */
export interface ReceiptProof {
  /** Of the event among all, from 0. */
  readonly index: number;
  readonly stream: string;
  readonly revision: number;
  /** Of the event's leaf, in base64: what was recorded is bound by it. */
  readonly leafHash: string;
  /** As C2SP tlog-proof, with a signed checkpoint. */
  readonly proof: string;
}

/** Keeps the tree of a log: appends what the log has, signs checkpoints, proves. Once something is found to be altered it appends and signs no more. */
export class Auditor {
  private found: readonly Finding[] = [];
  private following: Promise<void> | undefined;
  private isStarted = false;

  constructor(private readonly parts: AuditorParts) {}

  /** What is not as it was proven; empty while nothing is known of that. */
  get findings(): readonly Finding[] {
    return this.found;
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.parts.tree.size;
  }

  /** @throws Failed `log-altered` where something is found */
  check(): void {
    const [first] = this.found;
    if (first) throw failAudit('log-altered', { finding: findingText(first) });
  }

  /** Holds what was not verified before, and the last leaf at least, against the log: one that was cut or put back is not gone on from. */
  async start(): Promise<void> {
    if (this.isStarted) return;
    for await (const _ of this.verify({ onlyNew: true }));
    this.isStarted = true;
  }

  /** Appends what the log has and the tree has not. */
  follow(): Promise<void> {
    return (this.following ??= this.take().finally(() => (this.following = undefined)));
  }

  /** A signed checkpoint of all that the log has now. The last one where it has nothing new, or was found to be altered. */
  async checkpoint(): Promise<string | undefined> {
    await this.follow();
    const { tree, signer } = this.parts;
    const last = this.lastCheckpoint();
    if (this.found.length > 0 || (last && openedCheckpoint(last, signer.verifier)?.size === tree.size)) return last;
    const note = signedCheckpoint(signer, tree.size, tree.root());
    tree.addCheckpoint({ size: tree.size, note });
    return note;
  }

  lastCheckpoint(): string | undefined {
    return this.parts.tree.lastCheckpoint()?.note;
  }

  /** A tile of the tree; undefined where it is not as wide yet. */
  tile({ level, number, width }: TileName): Buffer | undefined {
    return this.parts.tree.tile(level, number, width)?.subarray(0, width * hashBytes);
  }

  /** That the event at the position is in the log. @throws Failed `audit-position-unknown`, `log-altered` */
  async receiptProof(position: Position): Promise<ReceiptProof> {
    const checkpoint = await this.checkpoint();
    this.check();
    const { log, tree } = this.parts;
    const before = tree.placeBefore(position);
    let index = before?.size ?? 0;
    for await (const events of leafPages(log, before?.place.position)) {
      for (const event of events) {
        if (event.position === position && index < tree.size && checkpoint !== undefined) {
          const size = tree.lastCheckpoint()?.size as number;
          const proof = proofText(index, inclusionProof(index, size, tree.hashAt), checkpoint);
          return { index, stream: event.stream, revision: event.revision, leafHash: leafHash(leafOf(event)).toString('base64'), proof };
        }
        index += 1;
      }
      if (index >= (before?.size ?? 0) + tileWidth) break;
    }
    throw failAudit('audit-position-unknown', { position });
  }

  /** Holds the whole log against the tree and its checkpoints, or what comes after what was verified before. Says how far it is. */
  async *verify({ onlyNew = false } = {}): AsyncGenerator<{ readonly verified: number }, Verified> {
    const { log, tree, signer } = this.parts;
    const checkpoints = ownCheckpoints(tree, signer.verifier).slice(onlyNew ? -1 : 0);
    const from = onlyNew ? Math.max(0, Math.min(tree.verified, tree.size) - 1) : 0;
    const size = tree.size;
    const verified = yield* verifyLog({ log, tree, checkpoints, from });
    // Where it begins is only named by the whole.
    if (verified.findings.length > 0 && from > 0) return yield* this.verify();
    if (verified.findings.length > 0) this.found = verified.findings;
    else if (size > tree.verified) tree.setVerified(size);
    return verified;
  }

  private async take(): Promise<void> {
    await this.start();
    if (this.found.length === 0) while (!(await this.appendNew()));
  }

  /** False where another process appended to the tree, too, and it must be gone on from there. */
  private async appendNew(): Promise<boolean> {
    const { log, tree } = this.parts;
    for await (const events of leafPages(log, tree.lastPlace()?.place.position))
      if (events.length > 0 && !tree.append(events.map((event) => ({ ...event, hash: leafHash(leafOf(event)) })))) return false;
    return true;
  }
}

/** The checkpoints that a tree has with the signature of its own key. */
export function ownCheckpoints(tree: TreeStore, verifier: Verifier): readonly { readonly size: number; readonly root: Buffer }[] {
  return tree.checkpoints().flatMap(({ note }) => openedCheckpoint(note, verifier) ?? []);
}
