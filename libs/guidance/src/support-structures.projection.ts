import { only } from '#kernel/chosen-events';
import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Projection } from '#kernel/projection';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { guidanceEvents } from './guidance.events.js';

const events = only(guidanceEvents, 'SupportStructureDrafted', 'SupportStructureAdopted');
type Events = typeof events;

/** What the agency and others develop together, as it was drafted and as it was adopted. */
export interface SupportStructureRow {
  readonly draft: Dated<EventData<Events, 'SupportStructureDrafted'>>;
  /** Whether the draft was adopted. */
  readonly isDraftAdopted: boolean;
  readonly versions: Timeline<EventData<Events, 'SupportStructureAdopted'>>;
}

export const supportStructures: Projection<SupportStructureRow, Events, never, 'SupportStructureDrafted'> = {
  name: 'support-structures',
  version: 1,
  events,
  key: (event: EventOf<Events>) => streamKey(event.stream),
  upserts: {
    SupportStructureDrafted: (row, event) => ({ versions: row?.versions ?? [], draft: datedBy(event, event.data), isDraftAdopted: false }),
  },
  on: {
    SupportStructureAdopted: (row, event) => ({
      ...row,
      isDraftAdopted: true,
      versions: withEntry(row.versions, datedBy(event, event.data)),
    }),
  },
};
