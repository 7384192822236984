import type { DecisionOutcome } from '#applications/application.events';
import { allBut } from '#kernel/chosen-events';
import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import type { Dated } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { allocationEvents } from './allocation.events.js';

const events = allBut(allocationEvents, 'AppropriationSet', 'AppropriationAdjusted');
type DecisionEvent = EventOf<typeof events>;
type ToldOf<Event extends DecisionEvent> = Event extends DecisionEvent
  ? { readonly type: Event['type']; readonly data: Event['data'] }
  : never;
/** What was decided, or became of it; personal texts sealed. */
export type Told = ToldOf<DecisionEvent>;

/** A decision and all that changed it, so that what was decided first stays readable beside it. */
export interface DecisionRow {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant: string;
  readonly outcome: DecisionOutcome;
  readonly decidedAt: Instant;
  readonly told: readonly Dated<Told>[];
}

export const decisions: Projection<DecisionRow, typeof events, 'GrantDecided'> = {
  name: 'decisions',
  version: 1,
  events,
  indexes: ['call', 'region', 'outcome', 'decidedAt'],
  key: (event: DecisionEvent) => event.data.application,
  starts: {
    GrantDecided: (event) => {
      const { region, applicant, outcome } = event.data;
      const about = { call: streamKey(event.stream), region, applicant, outcome, decidedAt: firstInstant(effectiveAt(event)) };
      return tell({ ...about, told: [] }, event);
    },
  },
  on: {
    DecisionCorrected: (row, event) => ({ ...tell(row, event), outcome: event.data.outcome ?? row.outcome }),
    PresenterDissented: tell,
    GrantReduced: tell,
    GrantReleased: tell,
  },
};

function tell(row: DecisionRow, event: DecisionEvent): DecisionRow {
  return { ...row, told: [...row.told, datedBy(event, { type: event.type, data: event.data } as Told)] };
}
