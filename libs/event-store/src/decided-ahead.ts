import type { AnyDecider, Command } from '#kernel/decider';
import type { EventMetadata, Position, Recorded, Revision } from '#kernel/envelope';
import type { Encoded } from './codec.js';
import { maxAppendBytes, sizeOf, type EventToAppend } from './event-log.js';
import { evolved, type Folded } from './folded-streams.js';

/** An event that was decided, ready to be appended. */
export interface DecidedEvent {
  readonly event: Encoded;
  readonly metadata: EventMetadata;
  readonly toAppend: EventToAppend;
}

/** A command, and what it records. */
export interface Decided<Asked> {
  readonly asked: Asked;
  readonly events: readonly DecidedEvent[];
}

/** A stream as it will be once what was decided on it, command upon command, is appended: at once, all or nothing. */
export class DecidedAhead<Asked extends { readonly command: Command }> {
  readonly decided: Decided<Asked>[] = [];
  /** The revision that it is appended at. */
  readonly base: Revision;
  state: unknown;
  revision: Revision;
  private readonly ids = new Set<string>();
  private bytes = 0;

  constructor(
    readonly decider: AnyDecider,
    readonly stream: string,
    { state, revision }: Folded,
  ) {
    this.state = state;
    this.base = this.revision = revision;
  }

  /** Whether anything was decided that is not durable. */
  get isAhead(): boolean {
    return this.decided.length > 0;
  }

  has(commandId: string): boolean {
    return this.ids.has(commandId);
  }

  /** Takes on what a command records. False where there would be more than fits into one append. */
  take(asked: Asked, events: readonly DecidedEvent[]): boolean {
    const bytes = events.reduce((sum, { toAppend }) => sum + sizeOf(toAppend), this.bytes);
    if (this.isAhead && bytes > maxAppendBytes) return false;
    this.bytes = bytes;
    this.decided.push({ asked, events });
    this.ids.add(asked.command.context.commandId);
    for (const event of events) {
      this.revision += 1;
      this.state = evolved(this.decider, this.state, recordedAs(event, this.stream, this.revision, ''));
    }
    return true;
  }
}

/** The event as it will be read. */
export function recordedAs(
  { event, metadata, toAppend: { id } }: DecidedEvent,
  stream: string,
  revision: Revision,
  position: Position,
): Recorded {
  return { id, stream, revision, position, type: event.type, data: event.data, metadata };
}
