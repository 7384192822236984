import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { Codec } from '#event-store/codec';
import type { EventToAppend } from '#event-store/event-log';
import { field, v1 } from '#kernel/event-schema';
import { streamKey, type Recorded } from '#kernel/envelope';
import { removed, type Projection } from '#kernel/projection';
import { skippingEvents } from '#views/skip/skipping.events';

/** What two processes fold that fight: piles that numbers are put on, and that are cleared away. */

const text = { fi: 'f', sv: 's', en: 'e' };
const pileEvents = { Put: v1(text, { n: field(Type.Integer(), text) }), Cleared: v1(text, { n: field(Type.Integer(), text) }) };

/** All that was put somewhere, in its order: nothing can be left out, twice or in another order without its being seen. */
export interface PileRow {
  readonly count: number;
  readonly hash: number;
  /** The version of the projection that folded it, all of it. */
  readonly of: number;
}
type Pile = Projection<PileRow, typeof pileEvents, never, 'Put' | 'Cleared'>;

export const pileStreams = Array.from({ length: 12 }, (_, n) => `pile-${n}`);

const pile = (name: string, version: number, key: Pile['key']): Pile => ({
  name,
  version,
  readableSince: 1,
  events: pileEvents,
  indexes: ['count'],
  key,
  upserts: {
    Put: (row = { count: 0, hash: version, of: version }, { data: { n } }) => {
      if (row.of !== version) throw new Error(`a row of version ${row.of} is folded on by version ${version}`);
      return { ...row, count: row.count + 1, hash: (Math.imul(row.hash, 31) + n) | 0 };
    },
    Cleared: () => removed,
  },
});

/** Two with a row for each stream, two with several rows for each event. */
export const piles = (version: number): readonly Pile[] => {
  const several: Pile['key'] = ({ data: { n }, type }) => (type === 'Put' ? [`of-${n % 5}`, 'total'] : [`of-${n % 5}`]);
  return [
    pile('streams', version, ({ stream }) => streamKey(stream)),
    pile('numbers', version, several),
    pile('streams-again', version, ({ stream }) => streamKey(stream)),
    pile('numbers-again', version, several),
  ];
};

export const pileCodec = new Codec([pileEvents, skippingEvents], {
  keyFor: () => Promise.reject(new TypeError('nothing is sealed')),
  existingKey: async () => undefined,
});

export function pileEvent(type: keyof typeof pileEvents, n: number): EventToAppend {
  const metadata = {
    schemaVersion: 1,
    commandId: randomUUID(),
    commandHash: '0'.repeat(64),
    correlationId: 'fight',
    causationId: 'fight',
    actor: { id: 'spec', role: 'spec' },
    recordedAt: new Date().toISOString(),
    seen: {},
  };
  return { id: randomUUID(), type, data: JSON.stringify({ n }), metadata: JSON.stringify(metadata) };
}

/** What the runner keeps in a row. */
interface Place {
  readonly position: string;
  readonly revision: number;
}

/** A view as the events make it. Written without the runner and its helpers. */
export function foldedPile(projection: Pile, events: readonly Recorded[]): ReadonlyMap<string, (PileRow & Place) | undefined> {
  const rows = new Map<string, (PileRow & Place) | undefined>();
  for (const event of events) {
    const keys = projection.key(event as never);
    for (const key of typeof keys === 'string' ? [keys] : keys) {
      const row = rows.get(key);
      const { position: _, revision: __, ...before } = row ?? { position: undefined, revision: undefined };
      const next = projection.upserts[event.type as 'Put'](row && (before as PileRow), event as never, key);
      if (next !== removed) rows.set(key, { ...next, position: event.position, revision: event.revision });
      else if (row) rows.set(key, undefined);
    }
  }
  return rows;
}
