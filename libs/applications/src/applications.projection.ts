import { effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { firstInstant, type When } from '#kernel/when';
import { applicationEvents } from './application.events.js';

/** Who applied in a call. */
export interface ApplicationRow {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant?: string;
  readonly effectiveAt: When;
  /** The first instant of `effectiveAt`. */
  readonly since: Instant;
  readonly recordedAt: Instant;
  readonly source: readonly string[];
  readonly revision: number;
}

export const applications: Projection<ApplicationRow, typeof applicationEvents> = {
  name: 'applications',
  version: 1,
  events: applicationEvents,
  indexes: ['call', 'region'],
  key: (event: EventOf<typeof applicationEvents>) => streamKey(event.stream),
  on: {
    ApplicationRecordedFromSource: (_, event) => ({
      ...event.data,
      effectiveAt: effectiveAt(event),
      since: firstInstant(effectiveAt(event)),
      recordedAt: event.metadata.recordedAt,
      source: event.metadata.source?.references ?? [],
      revision: event.revision,
    }),
  },
};
