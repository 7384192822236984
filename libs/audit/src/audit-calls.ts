import { instantOf, type Instant } from '#kernel/helsinki-time';
import { CodedError, Failed, type Details } from '#kernel/refused';
import { failAudit } from './audit.failures.js';
import { unknownState, type AuditState } from './audit-state.js';
import type { Auditor, ReceiptProof } from './auditor.js';
import { claimedCheckpoint } from './checkpoint.js';
import type { CheckpointFolder } from './checkpoint-folder.js';
import { findingText } from './findings.js';
import type { TileName } from './tiles.js';
import type { Witnesses } from './witnesses.js';

/** What is asked of an auditor that runs in a thread of its own. */
export interface AuditCalls {
  /** A signed checkpoint of all that the log has now. */
  checkpoint(): Promise<string | undefined>;
  lastCheckpoint(): Promise<string | undefined>;
  tile(name: TileName): Promise<Uint8Array | undefined>;
  /** @throws Failed `audit-position-unknown`, `log-altered` */
  receiptProof(position: string): Promise<ReceiptProof>;
}

export interface Asked {
  readonly id: number;
  readonly call: keyof AuditCalls;
  readonly args: readonly unknown[];
}

/** Answers to what was asked, and what is told without being asked: that it is open, that the whole log was gone through once, how it stands, what is in the way. */
export type Told =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: Fault }
  | { readonly opened: true }
  | { readonly cannotOpen: Fault }
  | { readonly cleared: true }
  | { readonly state: AuditState }
  | { readonly trouble: string; readonly reason: string };

interface Fault {
  readonly code?: string;
  readonly details?: Details;
  readonly message: string;
}

/** One end of the channel between an auditor and who asks it. */
export interface Port {
  on(event: 'message', take: (message: unknown) => void): unknown;
  postMessage(message: unknown): void;
}

const followEveryMs = 1_000;
/** How long a round that failed waits to be tried again. */
const againMs = 60_000;
/** After so many pages of a verification its progress is told. */
const pagesATelling = 25;

/** How an auditor goes about its work. */
export interface AuditRounds {
  readonly checkpointSeconds: number;
  readonly verifyHours: number;
}

/** Who else has a part in it. */
export interface Beside {
  readonly witnesses?: Witnesses;
  readonly folder?: CheckpointFolder | undefined;
}

/** Has an auditor follow its log, sign and verify at intervals, and answer. What it fails at is told once, and tried again. */
export class AuditServer {
  /** By what was tried. */
  private readonly troubles = new Map<string, string>();
  private told = '';
  private isVerifying = false;
  private verifying: number | undefined;
  private verifiedAt: Instant | undefined;

  private constructor(
    private readonly port: Port,
    private readonly auditor: Auditor,
    { checkpointSeconds, verifyHours }: AuditRounds,
    private readonly beside: Beside,
  ) {
    port.on('message', (asked) => void this.answer(asked as Asked));
    this.tell();
    port.postMessage({ opened: true } satisfies Told);
    void this.begin(verifyHours).then(() => {
      void this.checkpoint();
      setInterval(() => void this.checkpoint(), checkpointSeconds * 1_000);
    });
    setInterval(() => void this.attempt('follow', () => auditor.follow()), followEveryMs);
  }

  /** Serves once the end of the log is known to be where the tree has it. */
  static async start(port: Port, auditor: Auditor, rounds: AuditRounds, beside: Beside = {}): Promise<AuditServer> {
    await auditor.start();
    return new AuditServer(port, auditor, rounds, beside);
  }

  /** Goes through the whole log once, before anything more is signed, and at intervals from then on. */
  private async begin(verifyHours: number): Promise<void> {
    if (await this.auditor.hasEvidence()) await this.round();
    this.port.postMessage({ cleared: true } satisfies Told);
    setInterval(() => void this.round(), verifyHours * 3_600_000);
  }

  private async answer({ id, call, args }: Asked): Promise<void> {
    const { auditor, port } = this;
    const calls: AuditCalls = {
      checkpoint: () => auditor.checkpoint(),
      lastCheckpoint: async () => auditor.lastCheckpoint(),
      tile: async (name) => auditor.tile(name),
      receiptProof: (position) => auditor.receiptProof(position),
    };
    try {
      const value = await (calls[call] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
      port.postMessage({ id, value } satisfies Told);
    } catch (error) {
      port.postMessage({ id, failed: faultOf(error) } satisfies Told);
    }
    this.tell();
  }

  /** Gives whether it came to its end. What it fails at again is told once. */
  private async attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.troubles.delete(what);
      return true;
    } catch (error) {
      const { message } = faultOf(error);
      const isKnown = [...this.troubles.values()].includes(message);
      if (!isKnown) this.port.postMessage({ trouble: 'the log cannot be audited', reason: message } satisfies Told);
      this.troubles.set(what, message);
      return false;
    } finally {
      this.tell();
    }
  }

  /** What came since is held against the tree, signed, and shown to those who keep it elsewhere. */
  private async checkpoint(): Promise<void> {
    const { auditor, beside } = this;
    await this.attempt('checkpoint', async () => {
      await auditor.verifyNew();
      await auditor.checkpoint();
    });
    await this.attempt('elsewhere', async () => {
      await beside.witnesses?.round();
      const note = auditor.lastCheckpoint();
      const size = note === undefined ? 0 : (claimedCheckpoint(note)?.size ?? 0);
      if (note !== undefined && size > 0) beside.folder?.put(size, note);
    });
  }

  /** Goes through the whole log. */
  private async round(): Promise<void> {
    if (this.isVerifying) return;
    this.isVerifying = true;
    const isDone = await this.attempt('verify', () => this.verify());
    this.isVerifying = false;
    this.verifying = undefined;
    if (isDone) this.verifiedAt = instantOf(Date.now());
    else setTimeout(() => void this.round(), againMs);
    this.tell();
  }

  private async verify(): Promise<void> {
    let pages = 0;
    for await (const { verified } of this.auditor.verify()) {
      this.verifying = verified;
      if (pages++ % pagesATelling === 0 || this.auditor.findings.length > 0) this.tell();
    }
  }

  private tell(): void {
    const { auditor, beside } = this;
    const state: AuditState = {
      leaves: auditor.size,
      verified: auditor.verified,
      verifiedAt: this.verifiedAt,
      verifying: this.verifying,
      checkpoint: auditor.lastCheckpoint(),
      isRetired: auditor.isRetired,
      witnesses: beside.witnesses?.state() ?? [],
      findings: auditor.findings.map(findingText),
      trouble: [...this.troubles.values()][0],
    };
    const text = JSON.stringify(state);
    if (text !== this.told) this.port.postMessage({ state } satisfies Told);
    this.told = text;
  }
}

export function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof CodedError ? { code: error.code, details: error.details, message } : { message };
}

function errorOf({ code, details, message }: Fault): Error {
  return code === undefined ? new Error(`the auditor failed: ${message}`) : new Failed(code, details);
}

/** What listens to an auditor in another thread. */
export interface AuditListener {
  readonly onFindings: (findings: readonly string[]) => void;
  readonly onTrouble: (trouble: string, details: object) => void;
}

/** Asks an auditor in another thread. */
export class AuditClient implements AuditCalls {
  private readonly waiting = new Map<number, { readonly resolve: (value: never) => void; readonly reject: (error: unknown) => void }>();
  private nextId = 0;
  private known = unknownState;
  private clear: () => void = () => undefined;
  /** Resolves once the whole log was gone through since the start. */
  readonly cleared = new Promise<void>((resolve) => (this.clear = resolve));

  private constructor(
    private readonly port: Port,
    private readonly end: () => Promise<unknown>,
  ) {}

  /** Resolves once the auditor has opened what it works on. @throws what keeps it from that */
  static connect(port: Port, end: () => Promise<unknown>, listener: AuditListener): Promise<AuditClient> {
    const client = new AuditClient(port, end);
    return new Promise((resolve, reject) =>
      port.on('message', (message) => {
        const told = message as Told;
        if ('opened' in told) resolve(client);
        else if ('cannotOpen' in told) reject(errorOf(told.cannotOpen));
        else if ('trouble' in told) listener.onTrouble(told.trouble, { reason: told.reason });
        else if ('state' in told) client.stands(told.state, listener);
        else if ('cleared' in told) client.clear();
        else client.answered(told);
      }),
    );
  }

  /** How the proof stood when its thread last told. */
  get state(): AuditState {
    return this.known;
  }

  /** What is not as it was proven, in words; empty while nothing is known of that. */
  get findings(): readonly string[] {
    return this.known.findings;
  }

  /** @throws Failed `log-altered` where something is found */
  check(): void {
    const [finding] = this.findings;
    if (finding !== undefined) throw failAudit('log-altered', { finding });
  }

  checkpoint(): Promise<string | undefined> {
    return this.ask('checkpoint');
  }

  lastCheckpoint(): Promise<string | undefined> {
    return this.ask('lastCheckpoint');
  }

  tile(name: TileName): Promise<Uint8Array | undefined> {
    return this.ask('tile', name);
  }

  receiptProof(position: string): Promise<ReceiptProof> {
    return this.ask('receiptProof', position);
  }

  /** Ends the thread. What is still asked is answered with `audit-off`. */
  async close(): Promise<void> {
    await this.end();
    this.lost('it was closed');
  }

  /** The thread is there no more. */
  lost(trouble: string): void {
    this.known = { ...this.known, trouble };
    this.clear();
    for (const { reject } of this.waiting.values()) reject(failAudit('audit-off'));
    this.waiting.clear();
  }

  private stands(state: AuditState, { onFindings }: AuditListener): void {
    const isNew = JSON.stringify(state.findings) !== JSON.stringify(this.findings);
    this.known = state;
    if (isNew && state.findings.length > 0) onFindings(state.findings);
  }

  private ask<Value>(call: keyof AuditCalls, ...args: readonly unknown[]): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const id = this.nextId++;
      this.waiting.set(id, { resolve, reject });
      this.port.postMessage({ id, call, args } satisfies Asked);
    });
  }

  private answered(told: Extract<Told, { readonly id: number }>): void {
    const waiting = this.waiting.get(told.id);
    this.waiting.delete(told.id);
    if ('value' in told) waiting?.resolve(told.value as never);
    else waiting?.reject(errorOf(told.failed));
  }
}
