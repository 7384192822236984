import type { Claims } from '#access/policy';
import type { Codec } from '#event-store/codec';
import type { About } from '#event-store/event-log';
import type { Position, Recorded } from '#kernel/envelope';
import { spelledMatter } from '#kernel/matter';
import { CodedError, Failed, failures } from '#kernel/refused';
import type { History } from '#subscriptions/history';
import type { Room } from '#subscriptions/inbox';
import { backoff } from '#views/share/backoff';
import { pageSizeOf } from './connection.js';
import { eventFor, type EventPageArgs, type EventPageType, type EventsArgs, type EventType } from './event.types.js';
import type { VisibleEvents } from './visible-events.js';

export const { texts: eventsFailures, fail } = failures({
  'call-or-matter': {
    fi: 'Anna yksi näistä: call (haun tunnus), matter (asian tunnus) tai region (maakunta).',
    sv: 'Ange ett av dessa: call (utlysningens id), matter (ärendets id) eller region (landskap).',
    en: 'Give one of these: call (the id of a call), matter (the id of a matter) or region (a region).',
  },
});

/** The events of calls, matters and regions, as each reader may see them. */
export class Events {
  constructor(
    private readonly history: History,
    private readonly visible: VisibleEvents,
    private readonly codec: Codec,
  ) {}

  /** A page of what the reader may see. What they may not is not even counted. */
  async page({ call, matter, region, after, first, afterPosition }: EventPageArgs, reader: Claims | undefined): Promise<EventPageType> {
    const about = aboutOf({ call, matter, region });
    const size = pageSizeOf(first);
    await this.known(afterPosition);
    await this.known(after);
    const events: EventType[] = [];
    for (let at = after ?? undefined; ;) {
      const page = await this.history.page(about, at);
      for (const event of page.events) {
        const shown = await this.shown(event, reader);
        if (!shown) continue;
        if (events.length === size) return { events, end: false, ...withNext(events.at(-1)?.position) };
        events.push(shown);
      }
      // Not the end of the log: that moves with what the reader may not know of.
      if (page.end) return { events, end: true, ...withNext(events.at(-1)?.position ?? after ?? undefined) };
      at = page.next;
    }
  }

  /** What the reader may see of it, from after the position on, as it is recorded. Ended by the signal, it says up to where it went. */
  async *follow(
    { call, matter, region, after }: EventsArgs,
    reader: Claims | undefined,
    room: Room,
    signal: AbortSignal,
  ): AsyncGenerator<EventType> {
    let at = after ?? undefined;
    /** Up to where it has read: what the reader may not see is read, too. */
    let read = at;
    try {
      const about = aboutOf({ call, matter, region });
      await throughOutages(() => this.known(after), signal);
      for (let failures = 0; ;) {
        try {
          for await (const event of this.history.follow(about, read, room, signal)) {
            const shown = await this.shown(event, reader);
            failures = 0;
            if (shown) yield shown;
            read = event.position;
            // The reader asks for the next one when it has sent this one.
            if (shown) at = event.position;
          }
          return;
        } catch (error) {
          await outlasted(error, failures++, signal);
        }
      }
    } catch (error) {
      throw signal.aborted && error instanceof CodedError && at !== undefined
        ? new Failed(error.code, { ...error.details, position: at }, { cause: error })
        : error;
    }
  }

  /** Where the last change of a view between two positions stands of which the reader may know; undefined where there is none. */
  changeSeen(
    types: readonly string[],
    after: Position,
    upTo: Position,
    reader: Claims | undefined,
    signal: AbortSignal,
  ): Promise<Position | undefined> {
    return throughOutages(() => this.visible.lastSeen({ types, after, upTo }, reader), signal);
  }

  private async known(position: Position | null | undefined): Promise<void> {
    if (position != null) await this.history.reached(position);
  }

  private async shown(event: Recorded, reader: Claims | undefined): Promise<EventType | undefined> {
    const data = await this.visible.dataFor(event, reader);
    if (data === undefined) return undefined;
    const revision = await this.visible.revisionFor(event.stream, event.revision, reader);
    return eventFor({ ...event, revision }, this.codec.descriptionOf(event.type), data, reader);
  }
}

/** Whether it passes: the log, the keys or the views cannot be reached just now. */
function isOutage(error: unknown): boolean {
  return error instanceof Failed && ['log-unavailable', 'keys-unavailable', 'views-unavailable'].includes(error.code);
}

/** Tries again for as long as an engine is down, until the signal ends it. */
export async function throughOutages<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let failures = 0; ;) {
    try {
      return await work();
    } catch (error) {
      await outlasted(error, failures++, signal);
    }
  }
}

/** Waits a while, longer after each failure, where an engine is down. @throws the error where it is another, or the signal ends it */
async function outlasted(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
  if (!isOutage(error) || signal.aborted) throw error;
  await backoff(failures, signal);
  signal.throwIfAborted();
}

/** A client may send null for what it leaves out. */
function aboutOf({ call, matter, region }: Pick<EventsArgs, 'call' | 'matter' | 'region'>): About {
  const told = [
    ...(call == null ? [] : [{ call }]),
    ...(matter == null ? [] : [{ matter: spelledMatter(matter) }]),
    ...(region == null ? [] : [{ region }]),
  ];
  const [about] = told;
  if (!about || told.length > 1) throw fail('call-or-matter');
  return about;
}

function withNext(position: Position | undefined): { next?: Position } {
  return position === undefined ? {} : { next: position };
}
