import type { Position } from '#kernel/envelope';
import type { EventLog, StoredEvent } from '#event-store/event-log';
import { isContent } from '#event-store/log-content';
import type { TreeStore } from './tree-store.js';

/** The events that are leaves, page by page in the order of the log. What the log records of itself is none. */
export async function* leafPages(log: EventLog, after?: Position): AsyncGenerator<readonly StoredEvent[]> {
  for (let at = after; ;) {
    const page = await log.readTexts(at === undefined ? {} : { after: at });
    yield page.events.filter(isContent);
    if (page.end) return;
    at = page.next;
  }
}

/** The pages of a log from a leaf of its tree on. */
export async function* leafPagesFrom(from: number, log: EventLog, tree: TreeStore | undefined): AsyncGenerator<readonly StoredEvent[]> {
  const before = tree?.lastPlace(from);
  let skip = from - (before?.size ?? 0);
  for await (const page of leafPages(log, before?.place.position)) {
    yield skip === 0 ? page : page.slice(skip);
    skip = Math.max(0, skip - page.length);
  }
}
