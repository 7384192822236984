import { operator, processRole } from '#access/policy';
import { KeyStore } from '#access/key-store';
import { bindKeys } from '#access/log-keys';
import { SqliteWrappedKeys } from '#access/sqlite-wrapped-keys';
import { DevelopmentIssuer, remoteIssuer, Tokens } from '#access/tokens';
import type { CommandClass } from '#edge/command-mutations';
import { ErrorMessages } from '#edge/errors';
import { Events } from '#edge/events';
import { validated } from '#edge/validation';
import { Views } from '#edge/views';
import { VisibleEvents } from '#edge/visible-events';
import { Codec, UnreadableEvent } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import { CommandHandler, type Receipt } from '#event-store/handle';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import type { AlarmClock } from '#kernel/clock';
import { inContext, type Command } from '#kernel/decider';
import type { Source } from '#kernel/envelope';
import type { Messenger } from '#kernel/messenger';
import type { AnyProcess } from '#kernel/process';
import type { AnyProjection } from '#kernel/projection';
import { CodedError, Failed } from '#kernel/refused';
import { importPublicRecord, type ImportProgress, type ImportResult } from '#public-record/import';
import { EmbeddedReadStore } from '#read-store/embedded/embedded-read-store';
import { Snapshots } from '#read-store/embedded/snapshots';
import { History } from '#read-store/history';
import { ProcessRunner, type ProcessCommand } from '#read-store/process-runner';
import { ProjectionRunner, type ProjectionStatus } from '#read-store/projection-runner';
import { SkipEvent } from '#read-store/skipping.commands';
import { fail as failSkip } from '#read-store/skipping.failures';
import { systemClock } from '#read-store/system-clock';
import { ViewChanges } from '#read-store/view-changes';
import { noTelemetry, type Telemetry } from '#telemetry/telemetry';
import { audiences, commandNamed, deciderOf, Delivery, errorTexts, eventDefinitions, messengerOf, processes, projections } from './contexts.js';
import { DataFolder } from './data-folder.js';
import { scanThread } from './scan-thread.js';
import { CannotStart, type Settings } from './settings.js';

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
  /** What all that is recorded comes from, where that is not life: a demonstration. */
  readonly source?: Source;
}

/** An embedded installation, opened: the log, the keys, the views, and the way of a command. */
export class System {
  private running: ProcessRunner | undefined;
  private delivery: Delivery | undefined;

  private constructor(
    readonly settings: Settings,
    readonly folder: DataFolder,
    readonly log: EventLog,
    readonly keys: KeyStore,
    readonly codec: Codec,
    readonly handler: CommandHandler,
    readonly runner: ProjectionRunner,
    private readonly snapshots: Snapshots,
    readonly views: Views,
    readonly events: Events,
    readonly changes: ViewChanges,
    readonly tokens: Tokens,
    readonly messages: ErrorMessages,
    private readonly reporter: Reporter,
    readonly clock: AlarmClock,
    private readonly processes: readonly AnyProcess[],
    private readonly messenger: Messenger,
  ) {}

  /** Takes the data folder, opens what is in it (or makes it) and brings the views up to the log. @throws CannotStart */
  static async open({ settings, reporter, telemetry = noTelemetry, clock = systemClock, projections: shown = projections, processes: acting = processes, messenger, source }: Parts): Promise<System> {
    const folder = new DataFolder(settings.dataFolder);
    folder.take();
    const opened: { close(): unknown }[] = [{ close: () => folder.release() }];
    try {
      folder.checkComplete();
      const keys = await KeyStore.open(SqliteWrappedKeys.open(folder.keys), masterKeyOf(settings, folder, reporter));
      opened.unshift(keys);
      const log = SqliteEventLog.open(folder.log);
      opened.unshift(log);
      await bindKeys(log, await keys.fingerprint());
      const codec = new Codec(eventDefinitions, keys);
      const handler = new CommandHandler({ log, codec, clock, hashKey: await keys.systemKey('command-hash'), telemetry, ...(source && { source }) });
      const scans = scanThread(folder.log, settings);
      const onTrouble = (trouble: string, details: object) => reporter.warn(trouble, details);
      const all = [...shown, ...acting];
      const store = new EmbeddedReadStore();
      const snapshots = new Snapshots({ folder: folder.snapshots, store, log, onTrouble });
      await snapshots.load(all);
      const runner = await ProjectionRunner.start({ log, codec, store, scans, clock, projections: all, onTrouble, telemetry });
      snapshots.schedule(clock, settings.snapshotMinutes, runner.names);
      const { identityProvider: provider } = settings;
      const issuer = provider ? remoteIssuer(provider.issuer, provider.audience, provider.jwks) : (await DevelopmentIssuer.open(folder.path)).asIssuer;
      const tokens = new Tokens(issuer, await keys.systemKey('caller-pseudonym'));
      const messages = new ErrorMessages(errorTexts, (error) => {
        const id = crypto.randomUUID();
        reporter.warn('an error that is not the caller’s', { id, stack: error instanceof Error ? error.stack : String(error) });
        return id;
      });
      const events = new Events(new History(log, codec, runner), new VisibleEvents(log, codec, audiences), codec);
      return new System(settings, folder, log, keys, codec, handler, runner, snapshots, new Views(runner, scans, codec, clock), events, new ViewChanges(runner), tokens, messages, reporter, clock, acting, messenger ?? (await messengerOf(settings.mail, onTrouble)));
    } catch (error) {
      for (const part of opened) await part.close();
      throw explained(error);
    }
  }

  /** Handles a command of any context. */
  async execute(command: Command): Promise<Receipt> {
    const decider = deciderOf.get(command.constructor as CommandClass);
    if (!decider) throw new TypeError(`no decider takes ${command.constructor.name}`);
    return this.handler.handle(decider, command);
  }

  /**
   * Has every projection that stands still at the event leave it out, and go on. Recorded as an event of its own for each.
   * @throws Failed `event-not-paused-at`, `reason-needed`
   */
  async skip(event: string, reason: string): Promise<readonly ProjectionStatus[]> {
    if (reason.trim() === '') throw failSkip('reason-needed');
    const paused = this.runner.status().flatMap(({ name, paused: at }) => (at?.event === event ? [{ projection: name, at }] : []));
    if (paused.length === 0) throw failSkip('event-not-paused-at', { event });
    for (const { projection, at } of paused) {
      const content: Omit<SkipEvent, 'context'> = { projection, event, stream: at.stream, revision: at.revision, reason };
      const id = crypto.randomUUID();
      const context = { commandId: id, correlationId: id, caller: operator, actor: { id: operator, role: operator } };
      const { position } = await this.execute(inContext(Object.assign(new SkipEvent(), content), context));
      // It may stand still again, at a later event.
      await this.runner.reached(position, [projection]).catch((error: unknown) => {
        if (!(error instanceof Failed)) throw error;
      });
    }
    return this.runner.status().filter(({ name }) => paused.some(({ projection }) => projection === name));
  }

  async *importPublicRecord(): AsyncGenerator<ImportProgress, ImportResult> {
    return yield* importPublicRecord(await this.log.head(), (command) => this.execute(command));
  }

  /** Lets the processes act from now on: after the import, which closes past calls itself. */
  async startProcesses(): Promise<void> {
    const { runner, clock, processes: acting, reporter, codec, messenger } = this;
    const parts = { runner, clock, send: (command: ProcessCommand) => this.sendFor(command), onTrouble: (trouble: string, details: object) => reporter.warn(trouble, details) };
    this.running = await ProcessRunner.start({ ...parts, processes: acting });
    this.delivery = await Delivery.start({ ...parts, codec, messenger });
  }

  /** The processes; undefined before they were started. */
  get acting(): ProcessRunner | undefined {
    return this.running;
  }

  /** What delivers notifications; undefined before the processes were started. */
  get delivering(): Delivery | undefined {
    return this.delivery;
  }

  /** Waits for the appends under way and lets go of the folder. */
  async close(): Promise<void> {
    await this.running?.stop();
    await this.delivery?.stop();
    await this.runner.stop();
    await this.snapshots.stop(this.runner.names);
    await this.log.close();
    await this.keys.close();
    this.folder.release();
  }

  private async sendFor({ process, commandId, command: { type, content }, because }: ProcessCommand): Promise<Receipt> {
    const commandClass = commandNamed.get(type);
    if (!commandClass) throw new TypeError(`no command ${type}, which the process ${process} wants`);
    const command = await validated(commandClass, content);
    return this.execute(
      inContext(command, { commandId, correlationId: because, causationId: because, caller: `process|${process}`, actor: { id: `process-${process}`, role: processRole } }),
    );
  }
}

/** A failure in the words of its text; any other error as it is. */
export function explained(error: unknown): unknown {
  if (error instanceof UnreadableEvent)
    return new CannotStart(`The log holds an event that this version cannot read (${error.message}): start the version that wrote it, or restore a backup.`, { cause: error });
  if (!(error instanceof CodedError)) return error;
  return new CannotStart(new ErrorMessages(errorTexts, String).text(error, 'en'), { cause: error });
}

function masterKeyOf({ masterKey }: Settings, folder: DataFolder, reporter: Reporter): Buffer {
  if (masterKey) return masterKey;
  reporter.warn('DIGITUKI_MASTER_KEY is not set: personal data is encrypted under a development key that lies beside it in the data folder.');
  return folder.developmentMasterKey();
}
