import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { unchanged } from '#kernel/chosen-events';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { firstInstant, type When } from '#kernel/when';
import { planEvents } from './plan.events.js';

type Data<Type extends keyof typeof planEvents> = EventData<typeof planEvents, Type>;

/** A version by what it changed of the one before, and what became of it. */
export interface PlanVersionRow {
  readonly version: number;
  readonly change: Dated<Pick<Data<'PlanRevised'>, 'sections' | 'removed'>>;
  readonly submitted?: When;
  readonly finalised?: When;
}

/** What a region plans to do: the versions of its plan in a call, and its goals. */
export interface PlanRow {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant?: string;
  readonly versions: readonly PlanVersionRow[];
  readonly goals: Timeline<Data<'GoalSet'>>;
  readonly assessments: Timeline<Data<'GoalProgressAssessed'>>;
  /** The first instant at which there was something of it. */
  readonly since: Instant;
  /** The first instant at which somebody else than its owners saw it; null before. */
  readonly sharedSince: Instant | null;
}

export const plans: Projection<PlanRow, typeof planEvents, 'PlanDrafted'> = {
  name: 'plans',
  version: 1,
  events: planEvents,
  indexes: ['call', 'region', 'applicant', 'since', 'sharedSince'],
  key: (event: EventOf<typeof planEvents>) => streamKey(event.stream),
  starts: {
    PlanDrafted: (event) => {
      const { sections, ...whose } = event.data;
      return {
        ...whose,
        versions: [{ version: 1, change: datedBy(event, { sections, removed: [] }) }],
        goals: [],
        assessments: [],
        since: firstInstant(effectiveAt(event)),
        sharedSince: null,
      };
    },
  },
  on: {
    PlanRevised: (row, event) => {
      const { version, ...change } = event.data;
      return { ...row, versions: [...row.versions, { version, change: datedBy(event, change) }] };
    },
    PlanSubmittedForComment: (row, event) => shared(row, event, { submitted: effectiveAt(event) }),
    PlanFinalised: (row, event) => shared(row, event, { finalised: effectiveAt(event) }),
    GoalSet: (row, event) => ({ ...row, goals: withEntry(row.goals, datedBy(event, event.data)) }),
    GoalProgressAssessed: (row, event) => ({ ...row, assessments: withEntry(row.assessments, datedBy(event, event.data)) }),
    ...unchanged('PlanCommented', 'PlanCommentAnswered', 'PlanCommentWithdrawn'),
  },
};

function shared(
  row: PlanRow,
  event: EventOf<typeof planEvents, 'PlanSubmittedForComment' | 'PlanFinalised'>,
  became: Partial<PlanVersionRow>,
): PlanRow {
  return {
    ...row,
    versions: row.versions.map((one) => (one.version === event.data.version ? { ...one, ...became } : one)),
    sharedSince: row.sharedSince ?? firstInstant(effectiveAt(event)),
  };
}
