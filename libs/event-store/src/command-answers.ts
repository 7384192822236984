import { LRUCache } from 'lru-cache';
import { canonicalJson } from '#kernel/canonical-json';
import type { Command } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { EventMetadata, EventOf, Position, Revision } from '#kernel/envelope';
import { Refused, type Details } from '#kernel/refused';
import type { Codec } from './codec.js';
import { commandEvents } from './command.events.js';
import { WrongExpectedRevision, type EventLog } from './event-log.js';
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
  readonly type: keyof typeof commandEvents;
  readonly stream: string;
  readonly revision: Revision;
  readonly code?: string;
  readonly details?: Details;
}

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
    const answer = this.codec.decode(event) as EventOf<typeof commandEvents>;
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
    const recent = this.recent.get(actor) ?? { count: 0 };
    if (recent.count === 0) this.recent.set(actor, recent);
    if (++recent.count > recordedAnswersPerMinute) return undefined;
    const data = { command: command.constructor.name, actor, payload: canonicalJson(command), ...outcome };
    const encoded = await this.codec.encode(type, data);
    const metadata = this.codec.encodeMetadata({ ...common, schemaVersion: this.codec.versionOf(type) });
    try {
      // The id that its first event would have: where ids are unique in the whole log, so is the command's.
      const event = { id: derivedId(common.commandId, '0'), type, data: encoded.text, metadata };
      return (await this.log.append(streamOf(common.commandId), 'none', [event])).position;
    } catch (error) {
      // The same command was answered at the same time through another server: that answer counts.
      if (error instanceof WrongExpectedRevision) throw new AnsweredMeanwhile();
      throw error;
    }
  }
}

function streamOf(commandId: string): string {
  return `command-${commandId}`;
}
