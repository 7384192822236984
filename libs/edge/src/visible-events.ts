import { LRUCache } from 'lru-cache';
import type { AnyAudience } from '#access/audience';
import { mayRead, type Claims } from '#access/policy';
import type { Codec } from '#event-store/codec';
import { defaultLimit, type EventLog } from '#event-store/event-log';
import type { Recorded } from '#kernel/envelope';
import type { Publicity } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';

/** The states of a stream after each of its events, as far as somebody asked. */
interface Folded {
  readonly states: unknown[];
  reading: Promise<void>;
}

/** More streams than these are folded anew when they are asked about. */
const mostStreams = 5_000;

/** Who may see which events, and what of them: by the audience of the stream's category, and its state after the event. */
export class VisibleEvents {
  private readonly audiences: ReadonlyMap<string, AnyAudience>;
  private readonly folded = new LRUCache<string, Folded>({ max: mostStreams });

  constructor(
    private readonly log: EventLog,
    private readonly codec: Codec,
    audiences: readonly AnyAudience[],
  ) {
    this.audiences = new Map(audiences.map((audience) => [audience.fold.category, audience]));
  }

  /** The data that the reader may see of the event; undefined where they may not even know that there is one. */
  async dataFor(event: Recorded, reader: Claims | undefined): Promise<unknown> {
    const fields = await this.levelFor(event, reader);
    if (fields === undefined) return undefined;
    // The audience has found what the reader's region or organisation lets them see: here only the role counts.
    const seesPersons = mayRead('personal texts that are not public', reader, reader);
    const data = await this.codec.visibleData(event, { fields, personal: seesPersons ? fields : 'public' });
    // Of what is kept from the reader as a whole they do not learn that it happened, either.
    return isEmpty(data) && !isEmpty(event.data) ? undefined : data;
  }

  private async levelFor(event: Recorded, reader: Claims | undefined): Promise<Publicity | undefined> {
    const audience = this.audiences.get(event.stream.slice(0, event.stream.indexOf('-')));
    return audience?.sees((await this.stateAfter(event, audience)) as never, reader, event.type);
  }

  private async stateAfter({ stream, revision }: Recorded, { fold }: AnyAudience): Promise<unknown> {
    let folded = this.folded.get(stream);
    if (!folded) this.folded.set(stream, (folded = { states: [], reading: Promise.resolve() }));
    const { states } = folded;
    while (states.length <= revision) {
      // One reading at a time: what many ask about at once is read once.
      folded.reading = folded.reading
        .catch(() => undefined)
        .then(() => (states.length <= revision ? this.readOn(stream, fold, states) : undefined));
      await folded.reading;
    }
    return states[revision];
  }

  private async readOn(stream: string, { initial, evolve }: AnyAudience['fold'], states: unknown[]): Promise<void> {
    for (const logged of await this.log.readStream(stream, { from: states.length, limit: defaultLimit })) {
      const event = this.codec.decode(logged);
      states.push(entry(evolve, event.type)?.((states.length === 0 ? initial : states.at(-1)) as never, event as never));
    }
  }
}

function isEmpty(data: unknown): boolean {
  return Object.keys(data as object).length === 0;
}
