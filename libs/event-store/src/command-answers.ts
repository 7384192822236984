import { LRUCache } from 'lru-cache';
import { canonicalJson } from '#kernel/canonical-json';
import type { Belongs, Command } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { Actor, EventMetadata, EventOf, Position, Revision } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { Refused, type Details } from '#kernel/refused';
import type { Codec } from './codec.js';
import { commandEvents } from './command.events.js';
import { EventIdReused, WrongExpectedRevision, type EventLog } from './event-log.js';
import { belonging } from './ours.js';
import { failHandling } from './handle.failures.js';

/** How many recorded refusals and no-effects one actor may cause in a minute; beyond it they are answered, but not recorded. */
const recordedAnswersPerMinute = 120;

/** Another process recorded what came of the same command: reading it again answers. */
export class AnsweredMeanwhile extends Error {}

/** That a command changed nothing, as it was recorded. */
export interface NoEffect {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** What came of a command: a refusal, or no effect. */
export interface Outcome {
  readonly type: 'CommandHadNoEffect' | 'CommandRefused';
  readonly stream: string;
  readonly revision: Revision;
  readonly code?: string;
  readonly details?: Details;
}

/** What somebody tried whose roles do not permit it. */
export interface Attempt {
  /** The mutation, or the field that was asked for: `commentOnPlan`, `Query.trail`. */
  readonly what: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly actor: Omit<Actor, 'role'>;
  /** Those of the token. */
  readonly roles: readonly string[];
  readonly belongs?: Belongs;
}

/** The role in whose place stands that no role permitted what was tried. */
const noRole = 'none';

/** What is written down of commands that recorded nothing in their own streams, in a stream for each, so that they are answered the same again. */
export class CommandAnswers {
  private readonly recent = new LRUCache<string, { count: number }>({ max: 10_000, ttl: 60_000 });

  constructor(
    private readonly log: Pick<EventLog, 'append' | 'readStream'>,
    private readonly codec: Codec,
  ) {}

  /** The code with which a rule refused a command; undefined where none did, or it was not recorded. */
  async refusalOf(commandId: string): Promise<string | undefined> {
    const [event] = await this.log.readStream(streamOf(commandId), { limit: 1 });
    return event?.type === 'CommandRefused' ? (event.data as { code: string }).code : undefined;
  }

  /** That the command had no effect before, if that was so. @throws Refused as before, Failed `command-id-reused` */
  async of(commandId: string, hash: string): Promise<NoEffect | undefined> {
    const [event] = await this.log.readStream(streamOf(commandId), { limit: 1 });
    if (!event) return undefined;
    const answer = this.codec.decode(event) as EventOf<typeof commandEvents, Outcome['type']>;
    if (answer.metadata.commandHash !== hash) throw failHandling('command-id-reused', { commandId });
    if (answer.type === 'CommandRefused') throw new Refused(answer.data.code, answer.data.details);
    return { ...answer.data, position: answer.position };
  }

  /** Returns where it is recorded; undefined where its actor caused too many lately. @throws AnsweredMeanwhile */
  async record(
    command: Command,
    common: Omit<EventMetadata, 'schemaVersion'>,
    { type, ...outcome }: Outcome,
  ): Promise<Position | undefined> {
    const actor = common.actor.id;
    if (this.isTooMuch(actor)) return undefined;
    const data = { command: command.constructor.name, actor, payload: canonicalJson(command), ...outcome };
    try {
      // The id that its first event would have: where ids are unique in the whole log, so is the command's.
      return await this.append(common.commandId, { type, data }, common);
    } catch (error) {
      // The same command was answered at the same time through another server: that answer counts.
      if (error instanceof WrongExpectedRevision) throw new AnsweredMeanwhile();
      throw error;
    }
  }

  /** Nothing where its actor caused too many lately. The same command of the same actor is recorded once. */
  async recordForbidden(
    { what, commandId, correlationId, actor, roles, belongs }: Attempt,
    commandHash: string,
    recordedAt: Instant,
  ): Promise<void> {
    if (this.isTooMuch(actor.id)) return;
    const common = {
      commandId,
      commandHash,
      correlationId,
      causationId: commandId,
      actor: { ...actor, role: noRole },
      ...(belonging.Check(belongs) && belongs),
    };
    try {
      // Of an id of its own: who may not send the command must not answer it for those who may.
      await this.append(
        derivedId(commandId, actor.id),
        { type: 'AttemptForbidden', data: { what, roles } },
        { ...common, recordedAt, seen: {} },
      );
    } catch (error) {
      const isThereAlready = error instanceof WrongExpectedRevision || error instanceof EventIdReused;
      if (!isThereAlready) throw error;
    }
  }

  private isTooMuch(actor: string): boolean {
    const recent = this.recent.get(actor) ?? { count: 0 };
    if (recent.count === 0) this.recent.set(actor, recent);
    return ++recent.count > recordedAnswersPerMinute;
  }

  private async append(
    id: string,
    { type, data }: { readonly type: keyof typeof commandEvents; readonly data: object },
    common: Omit<EventMetadata, 'schemaVersion'>,
  ): Promise<Position> {
    const encoded = await this.codec.encode(type, data);
    const metadata = this.codec.encodeMetadata({ ...common, schemaVersion: this.codec.versionOf(type) });
    const event = { id: derivedId(id, '0'), type, data: encoded.text, metadata };
    return (await this.log.append(streamOf(id), 'none', [event])).position;
  }
}

function streamOf(commandId: string): string {
  return `command-${commandId}`;
}
