import { setTimeout as sleep } from 'node:timers/promises';
import { troubleText } from '#engines/outage';

/** What an installation stands on: where events, rows and keys are kept. */
export type EngineName = 'log' | 'views' | 'keys';

export interface Watched {
  readonly name: EngineName;
  /** @throws whatever stands in the way */
  readonly probe: () => Promise<void>;
}

const pauseMs = 2_000;

/** Asks the engines again and again whether they can be reached, and tells when that changes. */
export class EngineWatch {
  /** Since when each has been down; milliseconds since 1970. */
  private readonly down = new Map<EngineName, number>();
  private readonly stopping = new AbortController();
  private looking: Promise<unknown> | undefined;
  private readonly asking = new Set<EngineName>();

  constructor(
    private readonly engines: readonly Watched[],
    private readonly report: (what: string, details: object) => void,
  ) {}

  start(): void {
    void this.goOn();
  }

  get names(): readonly EngineName[] {
    return this.engines.map(({ name }) => name);
  }

  /** Since when the engine has been down; undefined where it is not. */
  downSince(name: EngineName): number | undefined {
    return this.down.get(name);
  }

  /**
   * Asks all of them now, once for all who want to know at the same time. Resolves to those that are down; with a patience
   * to those, too, that have not answered by then: whether they are down shows later.
   */
  async look(patienceMs?: number): Promise<readonly EngineName[]> {
    this.looking ??= Promise.all(this.engines.map((engine) => this.ask(engine))).finally(() => (this.looking = undefined));
    const isPatient = patienceMs === undefined;
    const over = new AbortController();
    await (isPatient
      ? this.looking
      : Promise.race([this.looking, sleep(patienceMs, undefined, { signal: over.signal, ref: false }).catch(() => undefined)]));
    over.abort();
    return this.names.filter((name) => this.down.has(name) || (!isPatient && this.asking.has(name)));
  }

  /** Waits for no engine that does not answer. */
  stop(): void {
    this.stopping.abort();
  }

  private async goOn(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look();
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async ask({ name, probe }: Watched): Promise<void> {
    const since = this.down.get(name);
    this.asking.add(name);
    try {
      await probe().finally(() => this.asking.delete(name));
      this.down.delete(name);
      if (since !== undefined && !this.stopping.signal.aborted)
        this.report('an engine is back', { engine: name, seconds: Math.round((Date.now() - since) / 1_000) });
    } catch (error) {
      if (since !== undefined) return;
      this.down.set(name, Date.now());
      if (!this.stopping.signal.aborted)
        this.report('an engine is down: what needs it fails until it is back', { engine: name, reason: troubleText(error) });
    }
  }
}
