import { CodedError, Failed, type Details } from '#kernel/refused';
import { failAudit } from './audit.failures.js';
import type { Auditor, ReceiptProof } from './auditor.js';
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

/** Answers to what was asked, and what is told without being asked: that it is open, what was found, what is in the way. */
export type Told =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: Fault }
  | { readonly opened: true }
  | { readonly cannotOpen: Fault }
  | { readonly findings: readonly string[] }
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

/** How an auditor goes about its work. */
export interface AuditRounds {
  readonly checkpointSeconds: number;
  readonly verifyHours: number;
}

/** Has an auditor follow its log, sign and verify at intervals, and answer. What it fails at is told once, and tried again. */
export class AuditServer {
  private told = '';
  private foundBefore = 0;
  private isVerifying = false;

  private constructor(
    private readonly port: Port,
    private readonly auditor: Auditor,
    { checkpointSeconds, verifyHours }: AuditRounds,
    witnesses: Witnesses | undefined,
  ) {
    port.on('message', (asked) => void this.answer(asked as Asked));
    this.tell();
    const verifyWhole = () => void this.attempt(() => this.verify());
    setInterval(() => void this.attempt(() => auditor.follow()), followEveryMs);
    const checkpoint = () => this.attempt(() => auditor.checkpoint()).then(() => void this.attempt(async () => witnesses?.round()));
    setInterval(() => void checkpoint(), checkpointSeconds * 1_000);
    setInterval(verifyWhole, verifyHours * 3_600_000);
    port.postMessage({ opened: true } satisfies Told);
    void checkpoint().then(verifyWhole);
  }

  /** Serves once the end of the log is known to be where the tree has it. */
  static async start(port: Port, auditor: Auditor, rounds: AuditRounds, witnesses?: Witnesses): Promise<AuditServer> {
    await auditor.start();
    return new AuditServer(port, auditor, rounds, witnesses);
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

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.told = '';
    } catch (error) {
      const { message } = faultOf(error);
      if (message !== this.told) this.port.postMessage({ trouble: 'the log cannot be audited', reason: message } satisfies Told);
      this.told = message;
    }
    this.tell();
  }

  private async verify(): Promise<void> {
    if (this.isVerifying) return;
    this.isVerifying = true;
    try {
      for await (const _ of this.auditor.verify());
    } finally {
      this.isVerifying = false;
    }
  }

  private tell(): void {
    const { findings } = this.auditor;
    if (findings.length === this.foundBefore) return;
    this.foundBefore = findings.length;
    this.port.postMessage({ findings: findings.map(findingText) } satisfies Told);
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
  private found: readonly string[] = [];

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
        else if ('findings' in told) listener.onFindings((client.found = told.findings));
        else client.answered(told);
      }),
    );
  }

  /** What is not as it was proven, in words; empty while nothing is known of that. */
  get findings(): readonly string[] {
    return this.found;
  }

  /** @throws Failed `log-altered` where something is found */
  check(): void {
    const [finding] = this.found;
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
    for (const { reject } of this.waiting.values()) reject(failAudit('audit-off'));
    this.waiting.clear();
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
