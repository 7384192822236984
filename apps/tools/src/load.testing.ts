import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { plan } from '../../api/src/call-plan.testing.js';
import { Subscriber, type Told } from '../../api/src/subscriber.testing.js';
import { commandOf, NoReceipt, type Cluster, type Member, type Receipt, type Sent } from './cluster.testing.js';

/** A call whose times all lie ahead, whatever the time is. */
export const callAhead = (call: string) =>
  JSON.parse(
    JSON.stringify({ ...plan(call), isFarDayMeant: true })
      .replaceAll('2026-', '2126-')
      .replaceAll('2027-', '2127-'),
  ) as object;

/** A command that nothing stands in the way of. */
export const anyOrganisation = (): Sent =>
  commandOf('registerOrganisation', { organisation: `o-${randomUUID()}`, kind: 'COMPANY', names: { fi: 'Kuvitteellinen' } });

/** What a client does not repeat the sooner for: a server says to wait five seconds. */
const pauseMs = 100;
/** Failures at which a client sends the same command again. */
const passing = ['log-unavailable', 'log-uncertain', 'receipt-unavailable', 'keys-unavailable', 'too-much-at-once', 'not-ready'];

/** Clients that send commands until they are told to stop, each command as often as it takes to get its receipt. */
export class Load {
  /** Every command that was begun, with its receipt. */
  readonly acknowledged = new Map<Sent, Receipt>();
  /** How often a command had to be sent again. */
  repeats = 0;
  /** The longest time in which no command was acknowledged. */
  longestSilenceMs = 0;
  private last = performance.now();
  private isStopping = false;
  private readonly running: Promise<unknown>;
  private wake: () => void = () => undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly token: string,
    clients: number,
    next: () => Sent,
    restMs = 0,
  ) {
    this.running = Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        for (; !this.isStopping && !cluster.isOver; await sleep(restMs)) await this.acknowledge(next(), client);
      }),
    );
    // Whoever waits is told.
    this.running.catch(() => this.wake());
  }

  /** Resolves once so many more commands were acknowledged. */
  async goesOn(commands: number): Promise<void> {
    const enough = this.acknowledged.size + commands;
    while (this.acknowledged.size < enough) await Promise.race([new Promise<void>((resolve) => (this.wake = resolve)), this.running]);
  }

  /** Resolves once every command that was begun has its receipt. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  private async acknowledge(sent: Sent, client: number): Promise<void> {
    for (let tries = 0; !this.cluster.isOver; tries++) {
      // Each time by another server than before.
      const api = this.cluster.apis[(client + tries) % 2] as Member;
      try {
        this.acknowledged.set(sent, await this.cluster.send(sent, api, this.token));
        const now = performance.now();
        this.longestSilenceMs = Math.max(this.longestSilenceMs, now - this.last);
        this.last = now;
        return this.wake();
      } catch (error) {
        const codes = error instanceof NoReceipt ? error.answer.errors.map(({ extensions }) => extensions.code) : [];
        if (!codes.every((code) => passing.includes(code))) throw error;
        this.repeats += 1;
        await sleep(pauseMs);
      }
    }
  }
}

/** The events of a call as a client collects them that goes on after the last one whenever it is cut off, with the other server. */
export class Follower {
  readonly got: { readonly position: string; readonly revision: string; readonly type: string }[] = [];
  cuts = 0;
  private isStopping = false;
  private readonly running: Promise<void>;
  private current: Subscriber | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly call: string,
  ) {
    this.running = this.follow();
  }

  /** Resolves once so many events were told, or more. */
  async until(events: number): Promise<void> {
    while (this.got.length < events) await Promise.race([sleep(50), this.running]);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.current?.cut();
    await this.running;
  }

  private async follow(): Promise<void> {
    for (; !this.isStopping && !this.cluster.isOver; this.cuts++) {
      const { url } = this.cluster.apis[this.cuts % 2] as Member;
      this.current = await Subscriber.connect(url).catch(() => undefined);
      this.current?.subscribe(
        'subscription ($call: Key, $after: Position) { events(call: $call, after: $after) { type revision position } }',
        { call: this.call, after: this.got.at(-1)?.position },
      );
      for (let told = await this.current?.next(); told?.type === 'next'; told = await this.current?.next()) this.got.push(eventOf(told));
      this.current?.cut();
      await sleep(pauseMs);
    }
  }
}

function eventOf({ payload }: Told): Follower['got'][number] {
  const { errors, data } = payload as { errors?: object; data: { events: Follower['got'][number] } };
  if (errors) throw new Error(JSON.stringify(errors));
  return data.events;
}
