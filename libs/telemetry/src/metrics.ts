import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is read at the moment of a scrape. */
export interface Readings {
  readonly projections: readonly {
    readonly name: string;
    readonly state: string;
    readonly lagEvents: number;
    readonly lagSeconds: number;
  }[];
  readonly processes: readonly { readonly name: string; readonly waiting: number; readonly refused: number }[];
  readonly engines: readonly { readonly name: string; readonly isUp: boolean }[];
  /** The shares of the work, and whether this process does them. */
  readonly shares: readonly { readonly name: string; readonly isHeld: boolean }[];
  /** Commands that wait for another one of their stream. */
  readonly waitingCommands: number;
  readonly subscriptionConnections: number;
  /** By how much the machine's clock is behind what was recorded. */
  readonly clockBehindSeconds: number;
  /** How the proof of the log stands; undefined where this process keeps none. */
  readonly audit: AuditReadings | undefined;
}

export interface AuditReadings {
  readonly leaves: number;
  /** How many of them were found in the log as they were recorded. */
  readonly verified: number;
  /** When the whole log was last gone through, in seconds since 1970; undefined where it was not since the start. */
  readonly verifiedSeconds: number | undefined;
  readonly findings: number;
  /** Whether something keeps it from being audited. */
  readonly isTroubled: boolean;
  readonly checks: readonly { readonly name: string; readonly findings: number }[];
  readonly witnesses: readonly { readonly url: string; readonly isSigning: boolean }[];
}

/** A request that was answered. */
interface WatchedRequest {
  readonly operation: string;
  readonly status: number;
  /** Whether it was given the answer of another who asked the same. */
  readonly isCached: boolean;
}

const projectionStates = ['catching-up', 'live', 'followed', 'unattended', 'rebuilding', 'paused', 'stopped'];
const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The metrics of one process, for Prometheus. Labels are words of the program alone (commands, codes, projections,
 * processes, kinds of operations), never a client's: there are only so many.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly in = { registers: [this.registry] };
  private readings: () => Readings | undefined = () => undefined;

  private readonly requests = new Histogram({
    ...this.in,
    name: 'digituki_request_duration_seconds',
    help: 'Requests other than probes, from their arrival to their answer.',
    labelNames: ['operation', 'status', 'answer'],
    buckets: seconds,
  });
  private readonly requestErrors = new Counter({
    ...this.in,
    name: 'digituki_request_errors_total',
    help: 'Errors that clients were told, by their code.',
    labelNames: ['code'],
  });
  private readonly commands = new Histogram({
    ...this.in,
    name: 'digituki_command_duration_seconds',
    help: 'Commands, from their arrival at the decider’s queue to their answer.',
    labelNames: ['command', 'outcome'],
    buckets: seconds,
  });
  private readonly refusals = new Counter({
    ...this.in,
    name: 'digituki_command_refusals_total',
    help: 'Commands that a rule refused, by its code.',
    labelNames: ['code'],
  });
  private readonly failures = new Counter({
    ...this.in,
    name: 'digituki_command_failures_total',
    help: 'Commands that could not be answered, by the code of the failure.',
    labelNames: ['code'],
  });
  private readonly underWay = new Gauge({
    ...this.in,
    name: 'digituki_commands_under_way',
    help: 'Commands that have not been answered yet.',
  });
  private readonly appends = new Histogram({
    ...this.in,
    name: 'digituki_append_duration_seconds',
    help: 'Appends to the log, until they are durable.',
    buckets: seconds,
  });
  private readonly appendFailures = new Counter({
    ...this.in,
    name: 'digituki_append_failures_total',
    help: 'Appends that wrote nothing, conflicts among them.',
  });
  private readonly appendedEvents = new Counter({
    ...this.in,
    name: 'digituki_appended_events_total',
    help: 'Events appended to the log.',
  });
  private readonly appendsUnderWay = new Gauge({
    ...this.in,
    name: 'digituki_appends_under_way',
    help: 'Appends that wait for their commit.',
  });
  private readonly conflicts = new Counter({
    ...this.in,
    name: 'digituki_append_conflicts_total',
    help: 'Commands decided again because another writer was faster.',
  });
  private readonly folds = new Histogram({
    ...this.in,
    name: 'digituki_fold_duration_seconds',
    help: 'Pages of the log, folded by all projections.',
    buckets: seconds,
  });
  private readonly foldedEvents = new Counter({
    ...this.in,
    name: 'digituki_folded_events_total',
    help: 'Events of the log that a projection has passed.',
    labelNames: ['projection'],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    // What alerts ask for is told from the start: to Prometheus a counter that begins at 1 has not risen.
    this.requestErrors.inc({ code: 'internal' }, 0);
    this.failures.inc({ code: 'log-uncertain' }, 0);
    this.read(
      'digituki_projection_lag_events',
      'Events that the tail has read and the projection has not folded.',
      ['projection'],
      ({ projections }) => projections.map(({ name, lagEvents }) => [{ projection: name }, lagEvents]),
    );
    this.read('digituki_projection_lag_seconds', 'Since the oldest of them was recorded.', ['projection'], ({ projections }) =>
      projections.map(({ name, lagSeconds }) => [{ projection: name }, lagSeconds]),
    );
    this.read('digituki_projection_state', '1 for the state that the projection is in.', ['projection', 'state'], ({ projections }) =>
      projections.flatMap(({ name, state }) =>
        projectionStates.map((one): [Record<string, string>, number] => [{ projection: name, state: one }, one === state ? 1 : 0]),
      ),
    );
    this.read('digituki_engine_up', '1 where the log, the views and the keys can be reached, else 0.', ['engine'], ({ engines }) =>
      engines.map(({ name, isUp }) => [{ engine: name }, isUp ? 1 : 0]),
    );
    this.read(
      'digituki_clock_behind_seconds',
      'By how much the machine’s clock is behind what was recorded last.',
      [],
      ({ clockBehindSeconds }) => [[{}, clockBehindSeconds]],
    );
    this.read(
      'digituki_lease_held',
      '1 where this process runs the projection, 0 where that is another one’s part.',
      ['share'],
      ({ shares }) => shares.map(({ name, isHeld }) => [{ share: name }, isHeld ? 1 : 0]),
    );
    this.read('digituki_process_waiting_commands', 'Commands that a process will send, or try again.', ['process'], ({ processes }) =>
      processes.map(({ name, waiting }) => [{ process: name }, waiting]),
    );
    this.read(
      'digituki_process_refused_commands',
      'Commands of a process that a rule has refused since the start.',
      ['process'],
      ({ processes }) => processes.map(({ name, refused }) => [{ process: name }, refused]),
    );
    this.read('digituki_commands_waiting', 'Commands that wait for another one of their stream.', [], ({ waitingCommands }) => [
      [{}, waitingCommands],
    ]);
    this.readAudit();
    this.read('digituki_subscription_connections', 'Clients that subscribe.', [], ({ subscriptionConnections }) => [
      [{}, subscriptionConnections],
    ]);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Where the readings come from, once the system is open. */
  readFrom(readings: () => Readings): void {
    this.readings = readings;
  }

  request({ operation, status, isCached }: WatchedRequest, codes: readonly string[], duration: number): void {
    const answer = isCached ? 'cached' : 'made';
    this.requests.observe({ operation, status: `${Math.floor(status / 100)}xx`, answer }, duration);
    for (const code of codes) this.requestErrors.inc({ code });
  }

  commandBegun(): void {
    this.underWay.inc();
  }

  commandAnswered(command: string, outcome: string, code: string | undefined, duration: number): void {
    this.underWay.dec();
    this.commands.observe({ command, outcome }, duration);
    if (code !== undefined) (outcome === 'refused' ? this.refusals : this.failures).inc({ code });
  }

  async append<Result>(events: number, work: () => Promise<Result>): Promise<Result> {
    this.appendsUnderWay.inc();
    const end = this.appends.startTimer();
    try {
      const result = await work();
      end();
      this.appendedEvents.inc(events);
      return result;
    } catch (error) {
      this.appendFailures.inc();
      throw error;
    } finally {
      this.appendsUnderWay.dec();
    }
  }

  conflict(): void {
    this.conflicts.inc();
  }

  async fold<Result>(work: () => Promise<Result>): Promise<Result> {
    const end = this.folds.startTimer();
    try {
      return await work();
    } finally {
      end();
    }
  }

  folded(projection: string, events: number): void {
    this.foldedEvents.inc({ projection }, events);
  }

  private readAudit(): void {
    const numbers: readonly (readonly [string, string, (audit: AuditReadings) => number | undefined])[] = [
      ['digituki_audit_leaves', 'Events that the tree of the log has.', ({ leaves }) => leaves],
      ['digituki_audit_verified_leaves', 'Those of them that were found in the log as they were recorded.', ({ verified }) => verified],
      [
        'digituki_audit_verified_time_seconds',
        'When the whole log was last verified to its end.',
        ({ verifiedSeconds }) => verifiedSeconds,
      ],
      ['digituki_audit_findings', 'What is not as it was proven: nothing is written any more.', ({ findings }) => findings],
      ['digituki_audit_troubled', '1 where something keeps the log from being audited.', ({ isTroubled }) => (isTroubled ? 1 : 0)],
    ];
    for (const [name, help, valueOf] of numbers)
      this.read(name, help, [], ({ audit }) => {
        const value = audit && valueOf(audit);
        return value === undefined ? [] : [[{}, value]];
      });
    this.read('digituki_audit_check_findings', 'What other questions to the whole log found.', ['check'], ({ audit }) =>
      (audit?.checks ?? []).map(({ name, findings }) => [{ check: name }, findings]),
    );
    this.read('digituki_audit_witness_signing', '1 where a witness signs, 0 where it does not.', ['witness'], ({ audit }) =>
      (audit?.witnesses ?? []).map(({ url, isSigning }) => [{ witness: url }, isSigning ? 1 : 0]),
    );
  }

  private read(
    name: string,
    help: string,
    labelNames: readonly string[],
    values: (readings: Readings) => readonly (readonly [Record<string, string>, number])[],
  ): void {
    const readings = () => this.readings();
    new Gauge({
      ...this.in,
      name,
      help,
      labelNames: [...labelNames],
      collect() {
        this.reset();
        const now = readings();
        for (const [labels, value] of now ? values(now) : []) this.set(labels, value);
      },
    });
  }
}
