import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { communicationEvents } from './communication.events.js';

type Data<Type extends keyof typeof communicationEvents> = EventData<typeof communicationEvents, Type>;

/** A communication as it was planned and told, through time. */
export interface CommunicationRow {
  readonly planned: Timeline<Data<'CommunicationPlanned'>>;
  /** The first tells that it was published, later ones whom it reached. */
  readonly published: Timeline<Data<'CommunicationPublished'>>;
}

/** How it was told of digital support in a region. */
export interface CommunicationsRow {
  readonly communications: Readonly<Record<string, CommunicationRow>>;
}

export const communications: Projection<
  CommunicationsRow,
  typeof communicationEvents,
  never,
  'CommunicationPlanned' | 'CommunicationPublished'
> = {
  name: 'communications',
  version: 1,
  events: communicationEvents,
  key: (event: EventOf<typeof communicationEvents>) => streamKey(event.stream),
  upserts: {
    CommunicationPlanned: (row, event) =>
      changed(row, event, (one) => ({ ...one, planned: withEntry(one.planned, datedBy(event, event.data)) })),
    CommunicationPublished: (row, event) =>
      changed(row, event, (one) => ({ ...one, published: withEntry(one.published, datedBy(event, event.data)) })),
  },
};

function changed(
  { communications: all }: CommunicationsRow = { communications: {} },
  { data }: EventOf<typeof communicationEvents>,
  change: (one: CommunicationRow) => CommunicationRow,
): CommunicationsRow {
  const id = data.communication;
  return { communications: { ...all, [id]: change(entry(all, id) ?? { planned: [], published: [] }) } };
}
