import { canonicalJson } from '#kernel/canonical-json';
import { UnreadableEvent, type Codec } from '#event-store/codec';
import type { StoredEvent } from '#event-store/event-log';

/** What is wrong with what an event says, as it is stored; undefined where nothing is. Never with what it says. */
export type ContentCheck = (event: StoredEvent) => string | undefined;

/**
 * Whether texts are canonical, metadata fit the envelope and data their schema. What a newer version of the program
 * recorded is taken as it is: during an upgrade older servers meet it.
 */
export function contentCheck(codec: Codec): ContentCheck {
  return (event) => {
    const [data, metadata] = [parsed(event.data), parsed(event.metadata)];
    if (data === undefined || metadata === undefined) return 'its text is not the canonical one of any content';
    const { schemaVersion } = metadata as { schemaVersion?: number };
    if (!codec.knows(event.type) || Number(schemaVersion) > codec.versionOf(event.type)) return undefined;
    try {
      codec.decode({ ...event, data, metadata });
      return undefined;
    } catch (error) {
      if (error instanceof UnreadableEvent) return error.message;
      throw error;
    }
  };
}

/** Undefined where the text is no JSON, or not written as canonical JSON is. */
function parsed(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as object | null;
    return value !== null && typeof value === 'object' && canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
