import DataLoader from 'dataloader';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '#access/tokens';
import type { Prefix } from '#event-store/event-log';
import { languages, type Language } from '#kernel/localized-text';
import type { Revision } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Stored } from '#kernel/projection';
import type { When } from '#kernel/when';
import type { Rows } from '#view-store/view-store';
import type { StreamRevision } from './stream-revision.js';
import type { VisibleEvents } from './visible-events.js';

/** The beginning of a log that was known at the time asked for. */
interface KnownPrefix extends Prefix {
  readonly knownAt: When;
  /** What was recorded until then is counted. */
  readonly until: Instant;
  readonly log: string;
}

/** What every resolver knows of the request it answers. */
export class RequestContext {
  /** What `knownAt` meant, by its value: the beginning of the log that the answer is of. */
  readonly prefixes = new Map<string, Promise<KnownPrefix>>();
  /** Whether its answer is for this request alone: it waited for a position, or is of another time of knowing. */
  isOfItsOwn = false;
  private readonly loaders = new Map<Rows<object>, DataLoader<string, object | undefined>>();

  constructor(
    readonly request: Pick<FastifyRequest, 'id'>,
    /** Who asks; undefined without a token. */
    readonly caller: Caller | undefined,
    /** In the order of Accept-Language. */
    readonly languages: readonly Language[],
    private readonly visible?: Pick<VisibleEvents, 'revisionFor' | 'sees'>,
  ) {}

  /** The revision as the caller is told it. */
  async revisionOf({ stream, revision }: StreamRevision): Promise<Revision> {
    return this.visible ? this.visible.revisionFor(stream, revision, this.caller) : revision;
  }

  /** Whether the caller may know of the event. */
  async sees(event: { readonly stream: string; readonly revision: Revision }): Promise<boolean> {
    return this.visible?.sees(event, this.caller) ?? false;
  }

  /** The row of that id, read together with all others that the request asks for at the same time. */
  load<Row extends object>(rows: Rows<Row>, id: string): Promise<Stored<Row> | undefined> {
    let loader = this.loaders.get(rows);
    if (!loader) this.loaders.set(rows, (loader = new DataLoader((ids) => rows.getMany(ids))));
    return loader.load(id) as Promise<Stored<Row> | undefined>;
  }
}

/** The languages of an Accept-Language header that are ours, best first (RFC 9110, 12.5.4). */
export function acceptedLanguages(header: string | undefined): readonly Language[] {
  if (header === undefined) return [];
  return header
    .split(',')
    .map((range, index) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
      return { language: tag.split('-')[0] as Language, quality: quality === undefined ? 1 : Number(quality), index };
    })
    .filter(({ language, quality }) => languages.includes(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index)
    .map(({ language }) => language);
}
