import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { programmeEvents } from './programme.events.js';

interface Participation {
  readonly takesPart: boolean;
  /** Why it left. */
  readonly reason?: string;
}

/** In which programmes a region takes part, through time. */
export interface ProgrammeRegionRow {
  readonly programmes: Readonly<Record<string, Timeline<Participation>>>;
}

export const programmeRegions: Projection<
  ProgrammeRegionRow,
  typeof programmeEvents,
  never,
  'RegionJoinedProgramme' | 'RegionLeftProgramme'
> = {
  name: 'programme-regions',
  version: 1,
  events: programmeEvents,
  key: (event: EventOf<typeof programmeEvents>) => event.data.region,
  upserts: {
    RegionJoinedProgramme: (row, event) => withPart(row, event, datedBy(event, { takesPart: true })),
    RegionLeftProgramme: (row, event) => {
      const { reason } = event.data;
      return withPart(row, event, datedBy(event, { takesPart: false, ...(reason && { reason }) }));
    },
  },
};

function withPart(
  { programmes }: ProgrammeRegionRow = { programmes: {} },
  { stream }: EventOf<typeof programmeEvents>,
  participation: Dated<Participation>,
): ProgrammeRegionRow {
  const programme = streamKey(stream);
  return { programmes: { ...programmes, [programme]: withEntry(entry(programmes, programme) ?? [], participation) } };
}
