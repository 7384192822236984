import { LRUCache } from 'lru-cache';
import type { AnyAudience } from '#access/audience';
import { mayRead, type Claims } from '#access/policy';
import type { Codec } from '#event-store/codec';
import { defaultLimit, type EventLog } from '#event-store/event-log';
import { streamCategory, type Position, type Recorded, type Revision } from '#kernel/envelope';
import type { Sight } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';

/** An event as far as it matters who may see it. */
interface After {
  readonly type: string;
  /** Of its stream, as the audience folds it. */
  readonly state: unknown;
  /** The event, where some who see that it is there see nothing of its data. */
  readonly sparse: Recorded | undefined;
  /** The regions that it concerns though its metadata name none. */
  readonly concerns: readonly string[];
}

/** What is known of a stream after each of its events, as far as somebody asked. */
interface Folded {
  readonly after: After[];
  /** How many of them up to each are seen by readers who asked lately. */
  readonly counts: LRUCache<string, number[]>;
  reading: Promise<void>;
}

/** The event types of a view, and where in the log one looks for them. */
interface Stretch {
  readonly types: readonly string[];
  readonly after: Position;
  readonly upTo: Position;
}

/** More streams than these are folded anew when they are asked about. */
const mostStreams = 5_000;
/** Readers whose counts are kept, of each stream. */
const mostReaders = 50;
/** Stretches of the log that many ask about at the same time. */
const mostStretches = 50;
const anyone: Sight = { fields: 'public', personal: 'public', ofAuthority: false };

/** Who may see which events, and what of them: by the audience of the stream's category, and its state after the event. */
export class VisibleEvents {
  /** The types of the events that may concern regions which their metadata do not name. */
  readonly concerning: readonly string[];
  private readonly audiences: ReadonlyMap<string, AnyAudience>;
  private readonly folded = new LRUCache<string, Folded>({ max: mostStreams });
  private readonly stretches = new LRUCache<string, Promise<readonly Recorded[]>>({ max: mostStretches });

  constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    audiences: readonly AnyAudience[],
  ) {
    this.audiences = new Map(audiences.map((audience) => [audience.fold.category, audience]));
    this.concerning = audiences.flatMap(({ concerns, fold }) => (concerns ? Object.keys(fold.events) : []));
  }

  /** The data that the reader may see of the event; undefined where they may not even know that there is one. */
  async dataFor(event: Recorded, reader: Claims | undefined): Promise<unknown> {
    const sight = await this.sight(event, reader);
    return sight && this.codec.visibleData(event, sight);
  }

  /** Whether the reader may know of the event. */
  async sees(event: Pick<Recorded, 'stream' | 'revision'>, reader: Claims | undefined): Promise<boolean> {
    return (await this.sight(event, reader)) !== undefined;
  }

  /** The regions that the event concerns though its metadata name none. */
  async concerns({ stream, revision }: Pick<Recorded, 'stream' | 'revision'>): Promise<readonly string[]> {
    const audience = this.audienceOf(stream);
    if (!audience?.concerns) return [];
    return (await this.foldedUpTo(stream, revision, audience)).after[revision]?.concerns ?? [];
  }

  /** The revisions up to one of those events of the stream that the reader sees. */
  async seen(stream: string, upTo: Revision, reader: Claims | undefined): Promise<readonly Revision[]> {
    const audience = this.audienceOf(stream);
    if (!audience || audience.isWhole) return Array.from({ length: upTo + 1 }, (_, revision) => revision);
    const { after } = await this.foldedUpTo(stream, upTo, audience);
    return after.slice(0, upTo + 1).flatMap((one, revision) => (this.sightOf(one, audience, reader) ? [revision] : []));
  }

  /** The revision that the reader is told: it counts what they see. */
  async revisionFor(stream: string, revision: Revision, reader: Claims | undefined): Promise<Revision> {
    const audience = this.audienceOf(stream);
    if (!audience || audience.isWhole || revision < 0) return revision;
    const { after, counts } = await this.foldedUpTo(stream, revision, audience);
    const { roles = [], organisation, succeeds, region } = reader ?? {};
    const key = JSON.stringify([reader !== undefined, roles, organisation, succeeds, region]);
    const seen = counts.get(key) ?? [];
    counts.set(key, seen);
    for (let at = seen.length; at <= revision; at++)
      seen.push((seen.at(-1) ?? 0) + (this.sightOf(after[at] as After, audience, reader) ? 1 : 0));
    return (seen[revision] as number) - 1;
  }

  /** Where the last event of a stretch of the log stands that the reader sees; undefined where they see none. */
  async lastSeen(stretch: Stretch, reader: Claims | undefined): Promise<Position | undefined> {
    const events = await this.eventsOf(stretch);
    // From the end: nearly always the reader sees the last one, or none.
    for (let at = events.length - 1; at >= 0; at--) {
      const event = events[at] as Recorded;
      if (await this.sees(event, reader)) return event.position;
    }
    return undefined;
  }

  /** Read once for all who ask about it at the same time. */
  private eventsOf({ types, after, upTo }: Stretch): Promise<readonly Recorded[]> {
    const key = `${types.join()} ${after} ${upTo}`;
    const found = this.stretches.get(key) ?? this.read({ types, after, upTo });
    this.stretches.set(key, found);
    found.catch(() => this.stretches.delete(key));
    return found;
  }

  private async read({ types, after, upTo }: Stretch): Promise<readonly Recorded[]> {
    const events: Recorded[] = [];
    for (let at: Position | undefined = after; ;) {
      const page = await this.log.readAll({ types, upTo, ...(at && { after: at }) });
      events.push(...page.events.map((event) => this.codec.decode(event)));
      if (page.end) return events;
      at = page.next;
    }
  }

  private audienceOf(stream: string): AnyAudience | undefined {
    return this.audiences.get(streamCategory(stream));
  }

  private async sight({ stream, revision }: Pick<Recorded, 'stream' | 'revision'>, reader: Claims | undefined): Promise<Sight | undefined> {
    const audience = this.audienceOf(stream);
    const one = audience && (await this.foldedUpTo(stream, revision, audience)).after[revision];
    return audience && one && this.sightOf(one, audience, reader);
  }

  /** How the reader sees the event; undefined where they may not know that it is there. */
  private sightOf({ type, state, sparse }: After, audience: AnyAudience, reader: Claims | undefined): Sight | undefined {
    const fields = audience.sees(state as never, reader, type);
    if (fields === undefined) return undefined;
    // The audience has found what the reader's region or organisation lets them see: here only the role counts.
    const seesPersons = mayRead('personal texts that are not public', reader, reader);
    const ofAuthority = mayRead('handling of applications', reader);
    const sight: Sight = { fields, personal: seesPersons ? fields : 'public', ofAuthority };
    // Of what is kept from the reader as a whole they do not learn that it happened, either.
    return sparse && !this.codec.isVisible(sparse, sight) ? undefined : sight;
  }

  private async foldedUpTo(stream: string, revision: Revision, audience: AnyAudience): Promise<Folded> {
    let folded = this.folded.get(stream);
    if (!folded) this.folded.set(stream, (folded = { after: [], counts: new LRUCache({ max: mostReaders }), reading: Promise.resolve() }));
    const { after } = folded;
    while (after.length <= revision) {
      const before = after.length;
      // One reading at a time: what many ask about at once is read once.
      folded.reading = folded.reading
        .catch(() => undefined)
        .then(() => (after.length <= revision ? this.readOn(stream, audience, after) : undefined));
      await folded.reading;
      if (after.length === before) throw new RangeError(`${stream} has no revision ${revision}`);
    }
    return folded;
  }

  private async readOn(stream: string, { fold: { initial, evolve }, concerns }: AnyAudience, after: After[]): Promise<void> {
    for (const logged of await this.log.readStream(stream, { from: after.length, limit: defaultLimit })) {
      const event = this.codec.decode(logged);
      const before = (after.length === 0 ? initial : after.at(-1)?.state) as never;
      const state = entry(evolve, event.type)?.(before, event as never);
      after.push({
        type: event.type,
        state,
        sparse: this.codec.isVisible(event, anyone) ? undefined : event,
        concerns: concerns?.(before, event as never) ?? [],
      });
    }
  }
}
