import { datedBy, effectiveAt, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { forEver, type Instant } from '#kernel/helsinki-time';
import { only } from '#kernel/chosen-events';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { planEvents } from './plan.events.js';

type Data<Type extends keyof typeof planEvents> = EventData<typeof planEvents, Type>;

/** Which comments were made on plans, and what came of each. The names are sealed. */
export interface PlanCommentRow {
  /** The id of the plan. */
  readonly plan: string;
  readonly call?: string;
  readonly region?: string;
  /** The revision of the plan at which it was made. */
  readonly madeAtRevision: number;
  readonly made: Dated<Data<'PlanCommented'>>;
  readonly answer?: Dated<Data<'PlanCommentAnswered'>>;
  readonly withdrawal?: Dated<Data<'PlanCommentWithdrawn'>>;
  /** It waits for its answer from this instant … */
  readonly since: Instant;
  /** … up to this one, which no more belongs to it. */
  readonly waitsUntil: Instant;
}

const events = only(planEvents, 'PlanCommented', 'PlanCommentAnswered', 'PlanCommentWithdrawn');

export const planComments: Projection<PlanCommentRow, typeof events, 'PlanCommented'> = {
  name: 'plan-comments',
  version: 3,
  events,
  indexes: ['plan', 'since', 'waitsUntil'],
  key: ({ stream, data }: EventOf<typeof events>) => `${streamKey(stream)}--${data.comment}`,
  starts: {
    PlanCommented: (event) => ({
      plan: streamKey(event.stream),
      ...belonging(event),
      madeAtRevision: event.revision,
      made: datedBy(event, event.data),
      since: firstInstant(effectiveAt(event)),
      waitsUntil: forEver,
    }),
  },
  on: {
    PlanCommentAnswered: (row, event) => ({ ...row, answer: datedBy(event, event.data), waitsUntil: firstInstant(effectiveAt(event)) }),
    PlanCommentWithdrawn: (row, event) => ({
      ...row,
      withdrawal: datedBy(event, event.data),
      waitsUntil: firstInstant(effectiveAt(event)),
    }),
  },
};

function belonging({ metadata: { call, region } }: Recorded): Pick<PlanCommentRow, 'call' | 'region'> {
  return { ...(call !== undefined && { call }), ...(region !== undefined && { region }) };
}
