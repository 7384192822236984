import { LRUCache } from 'lru-cache';
import { setImmediate as turn } from 'node:timers/promises';
import type { AnyFold } from '#kernel/decider';
import type { Position, Recorded, Revision } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import type { Codec } from './codec.js';
import type { EventLog } from './event-log.js';
import { memoryOf } from './memory-size.js';

/** So many events are read and folded in one turn of the event loop: others have theirs in between. */
const pageLength = 200;

/** Events that one command appended to its stream. */
export interface Done {
  readonly hash: string;
  readonly eventIds: readonly string[];
  readonly revision: Revision;
  readonly position: Position;
}

/** What is known of a command beside its stream's state takes about this much memory. */
const bytesOfDone = 400;

/** A stream folded up to a revision. */
export interface Folded {
  state: unknown;
  revision: Revision;
  /** What each command did to it, by command id. */
  readonly commands: Map<string, Done>;
}

/** A fold that is kept. */
interface Kept extends Folded {
  /** How much memory it took when that was measured, and after how many commands that was. */
  measured?: { readonly bytes: number; readonly commands: number };
}

/** What deciders stand on: streams folded, kept in memory, and brought up to their ends whenever they are asked for. */
export class FoldedStreams {
  private readonly folded: LRUCache<string, Kept>;

  constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    /** How many bytes of memory are kept, about. One that is larger is folded again each time. */
    most: number,
    private readonly onRecorded: (at: Instant) => void = () => undefined,
  ) {
    this.folded = new LRUCache({ maxSize: most });
  }

  /** How many bytes are kept, about. */
  get bytes(): number {
    return this.folded.calculatedSize;
  }

  /** The stream's fold, brought up to its end. */
  async load(by: AnyFold, stream: string): Promise<Folded> {
    const cacheKey = `${foldId(by)} ${stream}`;
    const folded: Kept = this.folded.get(cacheKey) ?? { state: by.initial, revision: -1, commands: new Map<string, Done>() };
    for (;;) {
      const events = await this.log.readStream(stream, { from: folded.revision + 1, limit: pageLength });
      // Another command's reading may have folded some of them meanwhile.
      for (const event of events) {
        const decoded = this.codec.decode(event);
        this.onRecorded(decoded.metadata.recordedAt);
        foldNext(by, folded, decoded);
      }
      if (events.length < pageLength) break;
      await turn();
    }
    this.keep(cacheKey, folded);
    return folded;
  }

  private keep(key: string, folded: Kept): void {
    const { measured } = folded;
    const commands = folded.commands.size;
    // Measured again once it is a quarter longer: to walk a long stream's state at each command would take longer than the command.
    if (!measured || commands > 1.25 * measured.commands) {
      folded.measured = { bytes: memoryOf(folded.state) + (commands + 1) * bytesOfDone, commands };
      // To set what is there already does not change its size.
      this.folded.delete(key);
    }
    this.folded.set(key, folded, { size: folded.measured?.bytes as number });
  }
}

/** Folds the event, where it is the next one: another command's reading may have folded it meanwhile. */
export function foldNext(by: AnyFold, folded: Folded, event: Recorded): void {
  if (event.revision !== folded.revision + 1) return;
  folded.state = evolved(by, folded.state, event);
  folded.revision = event.revision;
  const { commandId, commandHash } = event.metadata;
  const earlier = folded.commands.get(commandId);
  folded.commands.set(commandId, {
    hash: commandHash,
    eventIds: [...(earlier?.eventIds ?? []), event.id],
    revision: event.revision,
    position: event.position,
  });
}

/** The state after the event. */
export function evolved(by: AnyFold, state: unknown, event: Recorded): unknown {
  const evolve = entry(by.evolve, event.type);
  if (!evolve) throw new TypeError(`${by.category} does not know the event ${event.type} of its stream ${event.stream}`);
  return evolve(state as never, event as never);
}

const foldIds = new WeakMap<object, number>();
let nextFoldId = 0;
/** A number for each fold: two folds of one category are cached apart. */
function foldId(by: object): number {
  let id = foldIds.get(by);
  if (id === undefined) foldIds.set(by, (id = nextFoldId++));
  return id;
}
