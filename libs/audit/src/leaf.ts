import type { StoredEvent } from '#event-store/event-log';

/**
 * The leaf of an event: the canonical JSON of id, stream, revision, type, data and metadata, put together from the texts
 * as they are stored. Its position is not part of it: the same events have the same leaves in every log. Where bytes were
 * shifted between data and metadata the leaf stays the same, and no reader finds JSON in them any more.
 */
export function leafOf({ id, stream, revision, type, data, metadata }: StoredEvent): string {
  return `{"data":${data},"id":${quoted(id)},"metadata":${metadata},"revision":${revision},"stream":${quoted(stream)},"type":${quoted(type)}}`;
}

/** What a leaf says of its event beside data and metadata. @throws SyntaxError where it is none */
export function parsedLeaf(leaf: string): LeafContent {
  return JSON.parse(leaf) as LeafContent;
}

export interface LeafContent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const quoted = (text: string) => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
