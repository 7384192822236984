import type { Position } from '#kernel/envelope';
import type { EventLog, StoredEvent } from '#event-store/event-log';
import { failAudit } from './audit.failures.js';
import { claimedCheckpoint, proofText, signedCheckpoint, type Checkpoint } from './checkpoint.js';
import { checkpointKeyStream } from './checkpoint-keys.decider.js';
import { acceptedBy, acceptedCheckpoints, recordedRotations, type RecordedRotation } from './checkpoint-keys.js';
import type { ContentCheck } from './contents.js';
import { findingText, nameOf, type Finding } from './findings.js';
import { leafOf } from './leaf.js';
import { leafPages } from './log-leaves.js';
import { hashBytes, inclusionProof, leafHash } from './merkle.js';
import type { Signer } from './signed-note.js';
import { tileWidth, type TileName } from './tiles.js';
import type { TreeStore } from './tree-store.js';
import { Revisions } from './revisions.js';
import { verifyLog, type Verified, type Verifying } from './verify-log.js';

export interface AuditorParts {
  readonly log: EventLog;
  readonly tree: TreeStore;
  readonly signer: Signer;
  /** What events say is looked at before they become leaves. */
  readonly content?: ContentCheck;
  /** Checkpoints that are kept elsewhere: the log is held against them, too. */
  readonly keptElsewhere?: () => readonly string[];
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
  private readonly revisions: Revisions;
  private rotations: readonly RecordedRotation[] = [];

  constructor(private readonly parts: AuditorParts) {
    this.revisions = new Revisions(parts.log);
  }

  /** What is not as it was proven; empty while nothing is known of that. */
  get findings(): readonly Finding[] {
    return this.found;
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.parts.tree.size;
  }

  /** How many leaves were found in the log as they are in the tree. */
  get verified(): number {
    return Math.min(this.parts.tree.verified, this.parts.tree.size);
  }

  /** Whether another key has taken the place of the one that signs here: this one signs no more. */
  get isRetired(): boolean {
    return this.rotations.some(({ from }) => from.key === this.parts.signer.verifier.key);
  }

  /** @throws Failed `log-altered` where something is found */
  check(): void {
    const [first] = this.found;
    if (first) throw failAudit('log-altered', { finding: findingText(first) });
  }

  /** Holds what was not verified before, and the last leaf at least, against the log: one that was cut or put back is not gone on from. */
  async start(): Promise<void> {
    if (this.isStarted) return;
    await this.verifyNew();
    this.isStarted = true;
  }

  /** Holds what came since the last verification against the log. A tree that is not begun has nothing to say. */
  async verifyNew(): Promise<void> {
    if (this.size > 0) for await (const _ of this.verify({ onlyNew: true }));
  }

  /** Whether there is anything to hold the log against. */
  async hasEvidence(): Promise<boolean> {
    return this.size > 0 || (await this.lastEvidence()) !== undefined;
  }

  /** Appends what the log has and the tree has not. */
  follow(): Promise<void> {
    return (this.following ??= this.take().finally(() => (this.following = undefined)));
  }

  /** A signed checkpoint of all that the log has now. The last one where it has nothing new, was found to be altered, or another key signs. */
  async checkpoint(): Promise<string | undefined> {
    await this.follow();
    const { tree, signer } = this.parts;
    await this.readRotations();
    const last = this.lastCheckpoint();
    if (this.found.length > 0 || this.isRetired || tree.lastCheckpoint()?.size === tree.size) return last;
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
  async *verify({ onlyNew = false } = {}): AsyncGenerator<Verifying, Verified> {
    const { log, tree } = this.parts;
    const checkpoints = onlyNew ? [(await this.lastEvidence()) ?? []].flat() : await this.checkpoints();
    const from = onlyNew ? Math.max(0, this.verified - 1) : 0;
    const size = tree.size;
    const steps = verifyLog({ log, tree, checkpoints, from });
    let verified: Verified | undefined;
    while (!verified) {
      const step = await steps.next();
      if (step.done) verified = step.value;
      else {
        // Nothing more is written from here on, though it takes a while to name what happened.
        const { stranger } = step.value;
        if (stranger !== undefined && this.found.length === 0) this.found = [{ kind: 'unlike-tree', leaf: stranger }];
        yield step.value;
      }
    }
    // Where it begins is only named by the whole.
    if (verified.findings.length > 0 && from > 0) return yield* this.verify();
    if (verified.findings.length > 0) this.found = verified.findings;
    else if (size > tree.verified) tree.setVerified(size);
    return verified;
  }

  /** The checkpoints that the log is held against: each signed by the key of its time. */
  private async checkpoints(): Promise<readonly Checkpoint[]> {
    const { tree, signer, keptElsewhere } = this.parts;
    await this.readRotations();
    const notes = [...tree.checkpoints().map(({ note }) => note), ...(keptElsewhere?.() ?? [])];
    return acceptedCheckpoints(notes, signer.verifier, this.rotations);
  }

  /** The last of them, and of one size the one that is kept elsewhere: found from the end, for there are ever more. */
  private async lastEvidence(): Promise<Checkpoint | undefined> {
    const { tree, signer, keptElsewhere } = this.parts;
    await this.readRotations();
    const accepted = acceptedBy(signer.verifier, this.rotations);
    const own = firstOf(tree.notesFromEnd(), accepted);
    const other = firstOf(fromLargest(keptElsewhere?.() ?? []), accepted);
    return other && other.size >= (own?.size ?? 0) ? other : own;
  }

  private async readRotations(): Promise<void> {
    const { log, tree } = this.parts;
    const { length } = await log.readStream(checkpointKeyStream);
    if (length > this.rotations.length) this.rotations = await recordedRotations(log, tree);
  }

  private async take(): Promise<void> {
    await this.start();
    if (this.found.length === 0) while (!(await this.appendNew()));
  }

  /** False where another process appended to the tree, too, and it must be gone on from there. */
  private async appendNew(): Promise<boolean> {
    const { log, tree } = this.parts;
    const last = tree.lastPlace();
    // Its last tile ends elsewhere by now.
    if ((last?.size ?? 0) < tree.size && !this.append([])) return false;
    for await (const page of leafPages(log, last?.place.position)) {
      const events = await this.sound(page);
      if (events.length > 0 && !this.append(events)) return false;
      if (events.length < page.length) return true;
    }
    return true;
  }

  private append(events: readonly StoredEvent[]): boolean {
    let isOurs = false;
    try {
      return (isOurs = this.parts.tree.append(events.map((event) => ({ ...event, hash: leafHash(leafOf(event)) }))));
    } finally {
      // The same events come again.
      if (!isOurs) this.revisions.forget();
    }
  }

  /** The events of a page up to the first one that is not as events are written, or out of its turn: that one is told of. */
  private async sound(page: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    for (const [index, event] of page.entries()) {
      const about = { leaf: this.parts.tree.size + index, event: nameOf(event) };
      const due = await this.revisions.due(event);
      const reason = this.parts.content?.(event);
      if (due === event.revision && reason === undefined) continue;
      this.found = [
        due === event.revision ? { kind: 'unreadable', ...about, reason: reason as string } : { kind: 'out-of-turn', ...about, due },
      ];
      return page.slice(0, index);
    }
    return page;
  }
}

function firstOf(notes: Iterable<string>, accepted: (note: string) => Checkpoint | undefined): Checkpoint | undefined {
  for (const note of notes) {
    const found = accepted(note);
    if (found) return found;
  }
  return undefined;
}

/** By what the notes claim, the largest first; of one size the last one first. */
function fromLargest(notes: readonly string[]): readonly string[] {
  const claimed = notes.map((note) => ({ note, size: claimedCheckpoint(note)?.size ?? -1 }));
  return claimed
    .sort((a, b) => a.size - b.size)
    .reverse()
    .map(({ note }) => note);
}
