import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import { ethicalPrinciplesEvents } from './ethical-principles.events.js';
import type { EthicalPrinciplesVersion } from './ethical-principles.facts.js';

/** Which principles providers of digital support follow, version by version. */
export interface EthicalPrinciplesRow {
  /** In the order in which they were published: version 1 first. */
  readonly versions: readonly Dated<EthicalPrinciplesVersion>[];
}

export const ethicalPrinciplesView: Projection<EthicalPrinciplesRow, typeof ethicalPrinciplesEvents, never, 'EthicalPrinciplesPublished'> =
  {
    name: 'ethical-principles',
    version: 1,
    events: ethicalPrinciplesEvents,
    key: (event: EventOf<typeof ethicalPrinciplesEvents>) => streamKey(event.stream),
    upserts: {
      EthicalPrinciplesPublished: (row, event) => ({ versions: [...(row?.versions ?? []), datedBy(event, event.data)] }),
    },
  };
