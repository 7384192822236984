import type { Position } from '#kernel/envelope';
import type { Page } from '../event-log.js';

/** Reads a page of what is asked for, after a position. */
export type ReadPage<Event> = (after: Position | undefined) => Promise<Page<Event>>;

/**
 * For who reads page after page: the next page is asked for while the one before is worked on. It is given only where it is
 * full and not the last, so that nothing can have come into it since.
 */
export class ReadAhead<Event> {
  /** What was asked for last, and where its next page begins. */
  private given: { readonly question: string; readonly next: Position } | undefined;
  private ahead: Promise<Page<Event> | undefined> | undefined;

  /** @param question names what is asked for but for the position */
  async page(question: string, after: Position | undefined, read: ReadPage<Event>): Promise<Page<Event>> {
    const isNext = after !== undefined && this.given?.question === question && this.given.next === after;
    const ahead = isNext ? this.ahead : undefined;
    this.given = this.ahead = undefined;
    const page = (await ahead) ?? (await read(after));
    const { next, end } = page;
    if (end || next === undefined) return page;
    this.given = { question, next };
    if (isNext) this.ahead = read(next).then(unlessLast, () => undefined);
    return page;
  }
}

function unlessLast<Event>(page: Page<Event>): Page<Event> | undefined {
  return page.end ? undefined : page;
}
