import { canonicalJson } from '#kernel/canonical-json';
import { failLog, type EventToAppend, type LoggedEvent } from './event-log.js';

/** @throws Failed `log-text-altered` where an event's stored texts are not the canonical ones that are written */
export function checkTexts(stored: Pick<EventToAppend, 'data' | 'metadata'>, event: LoggedEvent, path: string): void {
  const { id, stream, revision, data, metadata } = event;
  if (!isCanonical(stored.data, data) || !isCanonical(stored.metadata, metadata))
    throw failLog('log-text-altered', { path, event: id, stream, revision });
}

function isCanonical(text: string, parsed: unknown): boolean {
  try {
    return canonicalJson(parsed) === text;
  } catch {
    // JSON of what canonical JSON cannot carry, such as half a surrogate pair.
    return false;
  }
}
