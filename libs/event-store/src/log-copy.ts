import { canonicalJson } from '#kernel/canonical-json';
import type { Position } from '#kernel/envelope';
import { maxAppendBytes, sizeOf, type EventLog, type EventToAppend, type ExpectedRevision, type LoggedEvent } from './event-log.js';
import { contentOf } from './log-content.js';

/** Appends to a log, in the same order and at the same revisions, what another holds after a position. Says how many events it has appended. */
export async function* copyAfter(
  position: Position | undefined,
  from: EventLog,
  to: EventLog,
): AsyncGenerator<{ readonly copied: number }, number> {
  let copied = 0;
  for await (const { stream, expected, events } of appendsOf(contentOf(from, position))) {
    await to.append(stream, expected, events);
    copied += events.length;
    yield { copied };
  }
  return copied;
}

interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: EventToAppend[];
}

/** Neighbours of one stream are appended together, as far as one append may hold them. */
async function* appendsOf(events: AsyncIterable<LoggedEvent>): AsyncGenerator<Append> {
  let append: Append | undefined;
  let bytes = 0;
  for await (const { id, stream, revision, type, data, metadata } of events) {
    const event = { id, type, data: canonicalJson(data), metadata: canonicalJson(metadata) };
    const size = sizeOf(event);
    if (append?.stream === stream && bytes + size <= maxAppendBytes) {
      append.events.push(event);
      bytes += size;
      continue;
    }
    if (append) yield append;
    append = { stream, expected: revision === 0 ? 'none' : revision - 1, events: [event] };
    bytes = size;
  }
  if (append) yield append;
}
