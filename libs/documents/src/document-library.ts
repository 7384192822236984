import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { DocumentHash } from '#kernel/decider';
import type { Recorded } from '#kernel/envelope';
import type { Sealed } from '#kernel/event-schema';
import { languages, type Language } from '#kernel/localized-text';
import type { Content } from './content.js';
import type { DocumentSource, Draft } from './document-source.js';
import type { Standard } from './pdf-renderer.js';
import { PdfThread } from './pdf-thread.js';

/** Events of a stream that are read at once. */
const pageSize = 1_000;
/** What is kept of rendered PDFs, in bytes: one of two pages has about 40,000. */
const keptBytes = 32_000_000;

/** Finds the documents of matters in the log, and makes them: nothing of them is stored but their hashes. */
export class DocumentLibrary {
  private readonly thread = new PdfThread();
  private readonly rendered = new LRUCache<string, Buffer>({ maxSize: keptBytes, sizeCalculation: ({ length }) => Math.max(1, length) });

  constructor(
    private readonly log: Pick<EventLog, 'readStream'>,
    private readonly codec: Pick<Codec, 'decode' | 'open'>,
    private readonly sources: readonly DocumentSource[],
  ) {}

  /** All documents of the matter, in the order in which they were made. */
  async of(matter: string): Promise<readonly Draft[]> {
    const found = await Promise.all(this.sources.map(async (source) => source.drafts(matter, await this.eventsOf(source, matter))));
    return found.flat();
  }

  /** What the document says. */
  async content(draft: Draft, language: Language): Promise<Content> {
    const opened = new Map<Sealed, string | undefined>();
    for (const text of draft.sealed) opened.set(text, await this.codec.open(text));
    return draft.content(language, (text) => text && opened.get(text));
  }

  /** The document as a PDF: the same bytes whenever it is made. */
  async pdf(draft: Draft, language: Language, standard: Standard): Promise<Buffer> {
    const content = await this.content(draft, language);
    const key = createHash('sha256')
      .update(JSON.stringify([draft.layout, draft.at, standard, content]))
      .digest('base64');
    const known = this.rendered.get(key);
    if (known) return known;
    const pdf = await this.thread.render({ content, layout: draft.layout, at: draft.at, standard });
    this.rendered.set(key, pdf);
    return pdf;
  }

  /** The hash of the PDF, for those who hold it against what the log says. */
  async sha256(draft: Draft, language: Language, standard: Standard): Promise<string> {
    return createHash('sha256')
      .update(await this.pdf(draft, language, standard))
      .digest('hex');
  }

  /** The hashes of what a notice of the matter’s decision is of, now; the authentic language first. */
  async notified(matter: string): Promise<readonly DocumentHash[]> {
    const drafts = await this.of(matter);
    const draft = drafts.findLast(({ isNotified }) => isNotified);
    if (!draft) return [];
    const hashes: DocumentHash[] = [];
    for (const language of new Set([draft.language, ...languages]))
      hashes.push({ document: draft.document, language, sha256: await this.sha256(draft, language, 'ua-1') });
    return hashes;
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }

  private async eventsOf(source: DocumentSource, matter: string): Promise<ReadonlyMap<string, readonly Recorded[]>> {
    const events = new Map<string, readonly Recorded[]>();
    for (;;) {
      const wanted = source.streams(matter, events).filter((stream) => !events.has(stream));
      if (wanted.length === 0) return events;
      for (const stream of wanted) events.set(stream, await this.read(stream));
    }
  }

  private async read(stream: string): Promise<readonly Recorded[]> {
    const read: Recorded[] = [];
    for (;;) {
      const page = await this.log.readStream(stream, { from: read.length, limit: pageSize });
      read.push(...page.map((event) => this.codec.decode(event)));
      if (page.length < pageSize) return read;
    }
  }
}
