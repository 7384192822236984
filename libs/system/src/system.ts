import { setTimeout as sleep } from 'node:timers/promises';
import { DocumentLibrary } from '#documents/document-library';
import type { AuditClient } from '#audit/audit-calls';
import { failAudit } from '#audit/audit.failures';
import type { CheckedState } from '#audit/audit-state';
import { RotateCheckpointKey } from '#audit/checkpoint-keys.commands';
import { openedRotation } from '#audit/checkpoint-keys';
import { operator, processRole } from '#access/policy';
import type { ControlCalls } from '#controls/control-calls';
import type { ControlReport } from '#controls/control-pass';
import type { Controls } from '#controls/controls.resolver';
import { decidedAgain } from '#controls/decided-again';
import type { Decisions } from '#controls/decided-again.resolver';
import type { KeyStore } from '#keys/key-store';
import { DevelopmentIssuer, remoteIssuer, Tokens, type Caller } from '#access/tokens';
import type { Forbidden } from '#edge/asked';
import { saidOf, type CommandClass } from '#edge/commands';
import type { RunningService } from '#edge/context-edge';
import { ErrorMessages } from '#edge/errors';
import { Events } from '#edge/events';
import { validated } from '#edge/validation';
import { Views, type Staleness } from '#edge/views';
import { VisibleEvents } from '#edge/visible-events';
import { UnreadableEvent, type Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import { DecideAgain } from '#event-store/decide-again';
import { CommandHandler, type Receipt } from '#event-store/handle';
import type { AlarmClock } from '#kernel/clock';
import { inContext, type Belongs, type Command } from '#kernel/decider';
import type { Source } from '#kernel/envelope';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import { BankFolder } from '#engines/bank-folder';
import type { BankPort } from '#engines/bank-port';
import type { Messenger } from '#engines/messenger';
import { messengerOf } from '#engines/messengers';
import type { AnyProcess } from '#kernel/process';
import type { AnyProjection } from '#kernel/projection';
import { CodedError, Failed } from '#kernel/refused';
import { importPublicRecord, type ImportProgress, type ImportResult } from '#public-record/import';
import { History } from '#subscriptions/history';
import { ProcessRunner, type ProcessCommand } from '#processes/process-runner';
import { ProjectionRunner, type ProjectionStatus } from '#views/run/projection-runner';
import { SkipEvent } from '#views/skip/skipping.commands';
import { fail as failSkip } from '#views/skip/skipping.failures';
import { LogClock } from '#event-store/log-clock';
import { Successions } from './successions.js';
import { systemClock } from '#engines/system-clock';
import { ViewChanges } from '#views/run/view-changes';
import type { Trail } from '#trail/trail';
import { ReadRecord } from '#trail/read-record';
import { trailOver, type TrailCalls } from '#trail/trail-calls';
import type { ThreadCalls } from '#engines/thread-calls';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { auditThread } from './audit-thread.js';
import { CheckRounds } from './check-rounds.js';
import { controlQuestions } from './control-questions.js';
import { controlCheck } from './control-check.js';
import { controlsThread } from './controls-thread.js';
import { trailBy } from './open-trail.js';
import { trailCheck } from './trail-check.js';
import { trailThread } from './trail-thread.js';
import { audiences, deciders, documents, processes, projections, successors } from './contexts.js';
import type { DataFolder } from './data-folder.js';
import { commandNamed, deciderOf, errorTexts, services } from './edges.js';
import { Engines } from './engines.js';
import { EngineWatch } from './engine-watch.js';
import { rulesVersion } from './rules-version.js';
import { CannotStart, type Settings } from './settings.js';
import { refusedBy } from './usable.js';
import { viewCheck } from './view-check.js';

/** What a system tells of itself beside its answers. */
export interface Reporter {
  warn(message: string, details?: object): void;
}

export interface Parts {
  readonly settings: Settings;
  readonly reporter: Reporter;
  readonly telemetry?: Telemetry;
  readonly clock?: AlarmClock;
  readonly projections?: readonly AnyProjection[];
  readonly processes?: readonly AnyProcess[];
  readonly messenger?: Messenger;
  readonly bank?: BankPort;
  /** What all that is recorded comes from, where that is not life: a demonstration. */
  readonly source?: Source;
  /** Whether the log is followed by an auditor from its opening on, beside all else that a start takes, where the settings want one. */
  readonly audits?: boolean;
  /** Aborts the start: it stops waiting for views that cannot be opened. */
  readonly signal?: AbortSignal;
}

/** What is made of the parts once the engines are open. */
interface Opened {
  readonly settings: Settings;
  readonly engines: Engines;
  readonly watch: EngineWatch;
  readonly handler: CommandHandler;
  readonly visible: VisibleEvents;
  readonly documents: DocumentLibrary;
  readonly runner: ProjectionRunner;
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly reporter: Reporter;
  readonly clock: LogClock;
  readonly processes: readonly AnyProcess[];
  readonly messenger: Messenger;
  readonly bank: BankPort | undefined;
}

/** How long ago a view may have been brought up to date before answers say so. */
const freshMs = 5_000;

/** An installation, opened: the log, the keys, the views, and the way of a command. */
export class System {
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly codec: Codec;
  readonly handler: CommandHandler;
  readonly documents: DocumentLibrary;
  readonly runner: ProjectionRunner;
  readonly views: Views;
  readonly events: Events;
  /** Who may see which events. */
  readonly visible: VisibleEvents;
  readonly trail: Trail;
  /** Which restricted files officials have read. */
  readonly reads: ReadRecord;
  readonly changes: ViewChanges;
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly clock: LogClock;
  readonly watch: EngineWatch;
  readonly controls: Controls;
  readonly decisions: Decisions;
  private running: ProcessRunner | undefined;
  private serving: readonly RunningService[] = [];
  private auditing: AuditClient | undefined;
  private held: Promise<unknown> | undefined;
  private checks: readonly CheckRounds[] = [];
  private readonly controlsThread: ThreadCalls<ControlCalls>;
  private wholePass: Promise<ControlReport> | undefined;
  private readonly trailThread: ThreadCalls<TrailCalls>;

  private constructor(private readonly opened: Opened) {
    const { engines } = opened;
    ({ folder: this.folder, log: this.log, keys: this.keys, codec: this.codec } = engines);
    ({
      settings: this.settings,
      handler: this.handler,
      visible: this.visible,
      documents: this.documents,
      runner: this.runner,
      tokens: this.tokens,
      messages: this.messages,
      clock: this.clock,
      watch: this.watch,
    } = opened);
    this.views = new Views(this.runner, engines.scans, this.codec, this.clock);
    this.events = new Events(new History(this.log, this.codec, this.runner, this.visible), this.visible, this.codec);
    const { log, codec } = this;
    this.trailThread = trailThread({ log: engines.address, index: this.folder.trailIndex }, this.settings);
    this.trail = trailBy({ calls: trailOver(this.trailThread), log, codec, scans: engines.scans });
    this.reads = new ReadRecord(this.folder.reads, this.settings.readsKeptDays, this.clock, (what, details) =>
      opened.reporter.warn(what, details),
    );
    this.changes = new ViewChanges(this.runner);
    const again = new DecideAgain({
      log: this.log,
      codec: this.codec,
      deciders: deciders.map(({ decider }) => decider),
      rules: rulesVersion(),
    });
    this.decisions = { decidedAgain: (wanted) => decidedAgain(wanted, this.log, again) };
    this.controlsThread = controlsThread(engines.address, this.settings);
    this.controls = { questions: controlQuestions, report: () => this.controlReport() };
  }

  /** Opens the engines (makes in the data folder what is not there) and brings the views that are folded here up to the log. @throws CannotStart, and what the engines fail with */
  static async open({
    settings,
    reporter,
    telemetry = noTelemetry,
    clock: machine = systemClock,
    projections: shown = projections,
    processes: acting = processes,
    messenger,
    bank,
    source,
    audits = false,
    signal,
  }: Parts): Promise<System> {
    const report = (what: string, details: object) => reporter.warn(what, details);
    const clock = new LogClock(machine, { report, ...(machine === systemClock && { passed: () => performance.now() }) });
    const onRecorded = (at: Instant) => clock.recorded(at);
    let [engines, runner, auditing]: [Engines?, ProjectionRunner?, Promise<AuditClient | undefined>?] = [];
    try {
      engines = await Engines.open(settings, report);
      auditing = audits ? auditOf(settings, engines, reporter) : undefined;
      // It is waited for below.
      auditing?.catch(() => undefined);
      const { log, codec, store, scans, keys, kept, folder } = engines;
      const latest = await log.latest();
      if (latest !== undefined) clock.recorded(latest);
      const visible = new VisibleEvents(log, codec, audiences);
      const library = new DocumentLibrary(log, codec, documents);
      const handler = new CommandHandler({
        log,
        codec,
        clock,
        onRecorded,
        sight: visible,
        hashKey: await keys.systemKey('command-hash'),
        telemetry,
        rules: rulesVersion(),
        personalIn: ({ constructor }) => saidOf(constructor as CommandClass)?.personal ?? [],
        documents: (matter) => library.notified(matter),
        ...(source && { source }),
      });
      const all = [...shown, ...acting];
      await kept?.check(all);
      const sharing = { runs: settings.runsProjections, seconds: settings.leaseSeconds, together: services.map(({ views }) => views) };
      runner = await ProjectionRunner.start({
        log,
        codec,
        store,
        scans,
        clock,
        projections: all,
        report,
        onRecorded,
        telemetry,
        sharing,
        ...(signal && { abortStart: signal }),
      });
      kept?.start();
      const { identityProvider: provider } = settings;
      const issuer = provider
        ? remoteIssuer(provider.issuer, provider.audience, provider.jwks)
        : (await DevelopmentIssuer.open(folder.path)).asIssuer;
      const successions = new Successions(runner, clock);
      const tokens = new Tokens(issuer, await keys.systemKey('caller-pseudonym'), Date.now, (one) => successions.of(one));
      const messages = new ErrorMessages(errorTexts, (error) => {
        const id = crypto.randomUUID();
        reporter.warn('an error that is not the caller’s', { id, stack: error instanceof Error ? error.stack : String(error) });
        return id;
      });
      const watch = new EngineWatch(engines.watched, report);
      watch.start();
      const system = new System({
        settings,
        engines,
        watch,
        visible,
        handler,
        documents: library,
        runner,
        tokens,
        messages,
        reporter,
        clock,
        processes: acting,
        messenger: messenger ?? (await messengerOf(settings.mail, report)),
        bank: bank ?? (await bankOf(settings)),
      });
      system.follow(await auditing);
      return system;
    } catch (error) {
      await auditing?.then((auditor) => auditor?.close()).catch(() => undefined);
      await runner?.stop();
      await engines?.close();
      throw error;
    }
  }

  /** Handles a command of any context. */
  async execute(command: Command): Promise<Receipt> {
    const decider = deciderOf.get(command.constructor as CommandClass);
    if (!decider) throw new TypeError(`no decider takes ${command.constructor.name}`);
    await this.checkSound();
    return this.handler.handle(decider, command);
  }

  /** Whether the log is what was proven, as far as is known once commands are taken. */
  async isSound(): Promise<boolean> {
    await this.held;
    return (this.auditing?.findings.length ?? 0) === 0;
  }

  /** Puts on record what a caller tried and may not. Where that cannot be written, it is reported, and the caller is answered all the same. */
  async forbidden({ id, roles, organisation, region }: Caller, correlationId: string, attempts: readonly Forbidden[]): Promise<void> {
    const actor = { id, ...(organisation && { organisation }), ...(region && { region }) };
    for (const { what, command } of attempts) {
      const commandId = command?.id ?? crypto.randomUUID();
      const belongs = command && belongsOf(command);
      try {
        await this.checkSound();
        await this.handler.forbidden({ what, commandId, correlationId, actor, roles, ...(belongs && { belongs }) });
      } catch (error) {
        this.opened.reporter.warn('an attempt that is not permitted could not be put on record', { what, reason: String(error) });
      }
    }
  }

  /**
   * Has every projection that is paused at the event leave it out, and go on. Recorded as an event of its own for each.
   * @throws Failed `event-not-paused-at`, `reason-needed`
   */
  async skip(event: string, reason: string): Promise<readonly ProjectionStatus[]> {
    if (reason.trim() === '') throw failSkip('reason-needed');
    const paused = this.runner.status().flatMap(({ name, paused: at }) => (at?.event === event ? [{ projection: name, at }] : []));
    if (paused.length === 0) throw failSkip('event-not-paused-at', { event });
    for (const { projection, at } of paused) {
      const content: Omit<SkipEvent, 'context'> = { projection, event, stream: at.stream, revision: at.revision, reason };
      const { position } = await this.execute(inContext(Object.assign(new SkipEvent(), content), operatorContext()));
      // It may be paused again, at a later event.
      await this.runner.reached(position, [projection]).catch((error: unknown) => {
        if (!(error instanceof Failed)) throw error;
      });
    }
    return this.runner.status().filter(({ name }) => paused.some(({ projection }) => projection === name));
  }

  async *importPublicRecord(): AsyncGenerator<ImportProgress, ImportResult> {
    return yield* importPublicRecord(await this.log.head(), (command) => this.execute(command));
  }

  /** Lets the processes act from now on, where they are folded here: after the import, which closes past calls itself. */
  async startProcesses(): Promise<void> {
    const { runner, clock, codec } = this;
    const { processes: acting, reporter, messenger, bank } = this.opened;
    const parts = {
      runner,
      clock,
      send: (command: ProcessCommand) => this.sendFor(command),
      report: (what: string, details: object) => reporter.warn(what, details),
    };
    this.running = await ProcessRunner.start({ ...parts, processes: acting, refusalOf: (commandId) => this.handler.refusalOf(commandId) });
    const stepped = async (organisation: string, at: Instant) =>
      (await Promise.all(successors.map((by) => by(organisation, runner, at)))).flat();
    this.serving = await Promise.all(
      services.map((service) =>
        service.start({ ...parts, codec, messenger, address: this.settings.address, bank, processes, successors: stepped }),
      ),
    );
  }

  /** Has the log followed by an auditor from now on, where the settings want it. @throws Failed where its tree cannot be used */
  async startAudit(): Promise<void> {
    this.follow(await auditOf(this.settings, this.opened.engines, this.opened.reporter));
  }

  private follow(auditor: AuditClient | undefined): void {
    const { audit } = this.settings;
    if (!auditor || !audit) return;
    this.auditing = auditor;
    const isCleared = auditor.cleared.then(() => true);
    const late = sleep(audit.holdSeconds * 1_000, false, { ref: false });
    this.held = Promise.race([isCleared, late]).then((cleared) => {
      this.held = undefined;
      if (!cleared) this.opened.reporter.warn('commands are taken before the whole log was verified: it goes on', auditor.state);
    });
    const { reporter } = this.opened;
    const report = (what: string, details: object) => reporter.warn(what, details);
    const wholeEveryMs = audit.verifyHours * 3_600_000;
    this.checks = [
      new CheckRounds(viewCheck(this.runner, shownVersions(projections), wholeEveryMs, report), report),
      new CheckRounds(
        controlCheck(this.controlsThread, () => this.log.head(), wholeEveryMs),
        report,
      ),
      new CheckRounds(trailCheck(this.trailThread, this.folder.trailIndex, wholeEveryMs), report),
    ];
    void auditor.cleared.then(() => this.checks.forEach((rounds) => rounds.start()));
  }

  /** One pass over the whole log: who asks while it is under way is told what that one finds. */
  private controlReport(): Promise<ControlReport> {
    return (this.wholePass ??= this.controlsThread.call('whole', 'at-once').finally(() => (this.wholePass = undefined)));
  }

  /**
   * Has another key sign the checkpoints of the log from now on, as a statement says that both keys signed.
   * @throws Failed `checkpoint-key-unproven`; Refused `checkpoint-key-signs-no-more`, `checkpoint-key-known`
   */
  async rotateCheckpointKey(statement: string): Promise<Receipt> {
    const rotation = openedRotation(statement);
    if (!rotation) throw failAudit('checkpoint-key-unproven');
    const content: Omit<RotateCheckpointKey, 'context'> = { from: rotation.from.key, to: rotation.to.key, statement };
    return this.execute(inContext(Object.assign(new RotateCheckpointKey(), content), operatorContext()));
  }

  /** What proves that the log is what it was; undefined where nothing does. */
  get auditor(): AuditClient | undefined {
    return this.auditing;
  }

  /** How the proof of the log stands, and what else is asked of it; undefined where nothing proves it. */
  auditState(): CheckedState | undefined {
    const state = this.auditing?.state;
    return state && { ...state, checks: this.checks.flatMap(({ result }) => result ?? []) };
  }

  /** The processes; undefined before they were started. */
  get acting(): ProcessRunner | undefined {
    return this.running;
  }

  /** Resolves once the services have tried everything that is due by now. */
  async servicesIdle(): Promise<void> {
    for (const service of this.serving) await service.idle();
  }

  /**
   * How old answers from the views may be; undefined where they are of now. While the log is down nobody knows what was
   * recorded elsewhere; where views lag, what was recorded is not in them.
   */
  staleness(): Staleness | undefined {
    const { clock, runner, watch } = this;
    if (runner.isUpToDate && watch.downSince('log') === undefined) return undefined;
    const lag = Math.max(0, ...runner.status().map(({ state, lagSeconds }) => (state === 'paused' ? 0 : lagSeconds * 1_000)));
    const [logDown, behind] = [watch.downSince('log'), lag > freshMs ? clock.now() - lag : undefined];
    const since = Math.min(logDown ?? Infinity, behind ?? Infinity);
    if (since === Infinity) return undefined;
    return {
      since: instantOf(since),
      because: [...(logDown === undefined ? [] : ['log-down']), ...(behind === undefined ? [] : ['views-behind'])],
    };
  }

  /** How often anything has changed that answers are made of; undefined where other processes change it, too. */
  get changeCount(): number | undefined {
    const [log, views] = [this.log.changeCount, this.runner.changeCount];
    return log === undefined || views === undefined ? undefined : log + views + this.keys.changeCount;
  }

  /** Gives back what it runs, waits for the appends under way and lets go of the engines. */
  async close(): Promise<void> {
    const { engines, watch } = this.opened;
    watch.stop();
    this.checks.forEach((rounds) => rounds.stop());
    this.reads.close();
    // Side by side: each may wait for an engine that is down.
    await Promise.all([
      this.running?.stop(),
      ...this.serving.map((service) => service.stop()),
      this.auditing?.close(),
      this.trailThread.close(),
      this.controlsThread.close(),
      this.runner.stop(),
      this.documents.stop(),
    ]);
    await engines.kept?.stop();
    await engines.close();
  }

  /** Waits, after a start, for the whole log to be verified, as long as the settings have it. @throws Failed `log-altered` */
  private async checkSound(): Promise<void> {
    if (this.settings.audit?.writesToAltered) return;
    await this.held;
    this.auditing?.check();
  }

  private async sendFor({ process, commandId, command: { type, content }, because }: ProcessCommand): Promise<Receipt> {
    const commandClass = commandNamed.get(type);
    if (!commandClass) throw new TypeError(`no command ${type}, which the process ${process} wants`);
    const command = await validated(commandClass, content);
    return this.execute(
      inContext(command, {
        commandId,
        correlationId: because,
        causationId: because,
        caller: `process|${process}`,
        actor: { id: `process-${process}`, role: processRole },
      }),
    );
  }
}

/** An auditor in a thread of its own; undefined where the settings want none. */
async function auditOf({ audit }: Settings, { folder, address }: Engines, reporter: Reporter): Promise<AuditClient | undefined> {
  if (!audit) return undefined;
  const signingKey = audit.signingKey ?? (await folder.developmentAuditKey());
  return auditThread(
    { ...audit, signingKey, log: address, tree: folder.auditTree },
    {
      onFindings: (findings) => reporter.warn('the log is not the one that was proven', { findings }),
      onTrouble: (trouble, details) => reporter.warn(trouble, details),
    },
  );
}

/** What operators do on the machine itself. */
function operatorContext() {
  const id = crypto.randomUUID();
  return { commandId: id, correlationId: id, caller: operator, actor: { id: operator, role: operator } };
}

function shownVersions(all: readonly AnyProjection[]): ReadonlyMap<string, number> {
  return new Map(all.map(({ name, version }) => [name, version]));
}

/** Where payments leave by the settings, where this process acts at all. @throws CannotStart where the folder cannot be used */
async function bankOf({ payments, runsProjections }: Settings): Promise<BankPort | undefined> {
  if (!payments || !runsProjections) return undefined;
  try {
    return await BankFolder.open(payments);
  } catch (error) {
    throw new CannotStart(
      `PAYMENTS_FOLDER cannot be used: ${payments.folder} (${(error as Error).message}). Give a folder that is there and that this user may write to.`,
      { cause: error },
    );
  }
}

/** What the command would have belonged to; undefined where its input does not say. */
function belongsOf({ type, input }: NonNullable<Forbidden['command']>): Belongs | undefined {
  try {
    return deciderOf.get(type)?.belongs?.(input as never);
  } catch {
    // Whoever may not send it may have sent anything.
    return undefined;
  }
}

/** A failure in the words of its text; any other error as it is. */
export function explained(error: unknown): unknown {
  if (error instanceof UnreadableEvent)
    return new CannotStart(
      `The log holds an event that this version cannot read (${error.message}): start the version that wrote it, or restore a backup.`,
      { cause: error },
    );
  if (!(error instanceof CodedError)) return error;
  return refusedBy(error) ?? new CannotStart(new ErrorMessages(errorTexts, String).text(error, 'en'), { cause: error });
}
