import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DevelopmentIssuer } from '#access/tokens';
import type { EventLog, LoggedEvent } from '#event-store/event-log';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-event-log';
import { StandInProcess } from '#event-store/eventstoredb/stand-in-process.testing';
import { output, runBuilt } from '../../api/src/process.testing.js';
import { freePort } from './free-port.js';
import { Secantus } from './secantus.js';

const longestWaitMs = 60_000;

/** What a question or a command was answered. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly data?: Record<string, never> | null;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly details?: object } }[];
}

/** A process of ours on a port of its own, which it keeps when it is started again. */
export class Member {
  private child: ChildProcess | undefined;
  /** What it wrote to its standard error, of all its lives. */
  readonly said: string[] = [];
  /** How it ended where nobody ended it. */
  readonly ownEnds: (number | null)[] = [];

  constructor(
    private readonly program: string,
    private readonly environment: Record<string, string>,
    readonly port: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child?.pid as number;
  }

  start(): void {
    const child = runBuilt(this.program, [], { ...this.environment, PORT: String(this.port) });
    this.child = child;
    child.stdout?.resume();
    createInterface({ input: child.stderr as Readable }).on('line', (line) => this.said.push(line));
    child.once('exit', (code) => {
      if (this.child === child) this.ownEnds.push(code);
    });
  }

  /** What it answers on being asked how it is; undefined while nobody answers. */
  async health(): Promise<{ readonly status: string; readonly down: readonly string[] } | undefined> {
    try {
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      return (await response.json()) as { status: string; down: string[] };
    } catch {
      return undefined;
    }
  }

  /** Resolves once it is as said. */
  async until(isSo: (health: Awaited<ReturnType<Member['health']>>) => boolean): Promise<void> {
    let health = await this.health();
    for (const end = Date.now() + longestWaitMs; !isSo(health); health = await this.health()) {
      if (Date.now() > end || this.ownEnds.length > 0)
        throw new Error(
          `${this.program} does not come to where it should: ${JSON.stringify({ health, ends: this.ownEnds, said: this.said.slice(-10) })}`,
        );
      await sleep(50);
    }
  }

  ready(): Promise<void> {
    return this.until((health) => health?.status === 'ready');
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await ended)[0];
  }

  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Asks, or commands. @throws where nobody answers */
  async ask(
    query: string,
    { variables, token, patienceMs = 10_000 }: { variables?: object; token?: string; patienceMs?: number } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const { data, errors = [] } = (await response.json()) as Pick<Answer, 'data'> & { errors?: Answer['errors'] };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...(data !== undefined && { data }), errors };
  }
}

/** A command under the id that it keeps, however often it is sent. */
export interface Sent {
  readonly commandId: string;
  readonly mutation: string;
  readonly input: object;
}

export interface Receipt {
  readonly commandId: string;
  readonly effect: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly eventIds: readonly string[];
}

export function commandOf(mutation: string, input: object): Sent {
  return { commandId: randomUUID(), mutation, input };
}

/** A log server, a server of views and keys in a folder, two apis that fold nothing, two workers. All on this machine, each a process. */
export class Cluster implements AsyncDisposable {
  readonly apis: readonly [Member, Member];
  readonly workers: readonly [Member, Member];
  private issuer: DevelopmentIssuer | undefined;
  /** Whether it was taken down: nobody waits for it any more. */
  isOver = false;

  private constructor(
    readonly folder: string,
    readonly environment: Record<string, string>,
    readonly log: StandInProcess,
    readonly views: Secantus,
    ports: readonly number[],
  ) {
    const member = (program: string, index: number, more: Record<string, string>) =>
      new Member(program, { ...environment, ...more }, ports[index] as number);
    const api = (index: number) => member('apps/api/src/main.js', index, { PROJECTIONS: 'off' });
    this.apis = [api(0), api(1)];
    this.workers = [member('apps/worker/src/main.js', 2, {}), member('apps/worker/src/main.js', 3, {})];
  }

  /** Nothing runs yet. */
  static async prepare(python: string, more: Record<string, string> = {}): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
    const [data, store] = [join(folder, 'data'), join(folder, 'views')];
    for (const path of [data, store]) mkdirSync(path);
    const [logPort, ...ports] = (await Promise.all(Array.from({ length: 5 }, freePort))) as [number, ...number[]];
    const log = new StandInProcess(join(folder, 'log.db'), String(logPort));
    const views = await Secantus.in(store, python);
    const environment = {
      DATA_DIR: data,
      EVENTSTORE_URL: log.url,
      MONGODB_URL: views.url,
      LEASE_SECONDS: '2',
      ENGINE_TIMEOUT_SECONDS: '2',
      ...more,
    };
    return new Cluster(folder, environment, log, views, ports);
  }

  get members(): readonly Member[] {
    return [...this.apis, ...this.workers];
  }

  /** All of it. Resolves once all are ready. */
  async start(): Promise<this> {
    await Promise.all([this.log.start(), this.views.start()]);
    for (const member of this.members) member.start();
    await Promise.all(this.members.map((member) => member.ready()));
    return this;
  }

  async token(role: string): Promise<string> {
    this.issuer ??= await DevelopmentIssuer.open(this.environment['DATA_DIR'] as string);
    return this.issuer.token('aino', { roles: [role] }, '1y');
  }

  /** Sends a command once. @throws where nobody answers, or what it is answered with is no receipt */
  async send({ commandId, mutation, input }: Sent, to: Member, token: string): Promise<Receipt> {
    const answer = await this.tell({ commandId, mutation, input }, to, token);
    const receipt = answer.data?.[mutation] as Receipt | undefined;
    if (!receipt) throw new NoReceipt(answer);
    return receipt;
  }

  tell({ commandId, mutation, input }: Sent, to: Member, token: string): Promise<Answer> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($commandId: UUID!, $input: ${type}!) { ${mutation}(commandId: $commandId, input: $input) { commandId effect log stream revision position eventIds } }`;
    return to.ask(query, { variables: { commandId, input }, token });
  }

  /** All events of the log, read from its server. */
  async events(): Promise<readonly LoggedEvent[]> {
    const log = await EventStoreDbLog.open({ url: this.log.url });
    try {
      return await allOf(log);
    } finally {
      await log.close();
    }
  }

  /** What `projections verify` says of each view that is not as the log has it. */
  async differences(): Promise<{ readonly code: number | null; readonly views: number; readonly differing: readonly string[] }> {
    const { code, out } = await output('apps/cli/src/main.js', ['projections', 'verify'], this.environment);
    const lines = out.trim().split('\n');
    const isRight = (line: string) => line.endsWith('no difference') || line.endsWith('all can be opened');
    return { code, views: lines.length - 1, differing: lines.filter((line) => !isRight(line)) };
  }

  /** What the processes wrote to their standard error other than the lines of their log, and the lines that tell of a fault of ours. */
  get faults(): readonly string[] {
    return this.members.flatMap(({ said }) => said.filter((line) => !line.startsWith('{') || 'stack' in (JSON.parse(line) as object)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isOver = true;
    await Promise.all(this.members.map((member) => member.end('SIGKILL')));
    await Promise.all([this.log.kill(), this.views.kill()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A command was answered with errors. */
export class NoReceipt extends Error {
  override readonly name = 'NoReceipt';
  constructor(readonly answer: Answer) {
    super(JSON.stringify(answer));
  }
}

async function allOf(log: EventLog): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (let after: string | undefined; ;) {
    const page = await log.readAll(after === undefined ? {} : { after });
    events.push(...page.events);
    if (page.end) return events;
    after = page.next;
  }
}
