import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import { developmentEvents } from './development.events.js';

type Data<Type extends keyof typeof developmentEvents> = EventData<typeof developmentEvents, Type>;

/** What a region agreed to do, and what came of it. */
export interface DevelopmentActionRow {
  readonly agreed: Dated<Data<'DevelopmentActionAgreed'>>;
  readonly completed?: Dated<Data<'DevelopmentActionCompleted'>>;
}

/** What a region does so that its support matches the need. */
export interface DevelopmentActionsRow {
  readonly actions: Readonly<Record<string, DevelopmentActionRow>>;
}

export const developmentActions: Projection<DevelopmentActionsRow, typeof developmentEvents, never, 'DevelopmentActionAgreed'> = {
  name: 'development-actions',
  version: 1,
  events: developmentEvents,
  key: (event: EventOf<typeof developmentEvents>) => streamKey(event.stream),
  upserts: {
    DevelopmentActionAgreed: (row, event) => ({
      actions: { ...row?.actions, [event.data.action]: { agreed: datedBy(event, event.data) } },
    }),
  },
  on: {
    DevelopmentActionCompleted: ({ actions }, event) => {
      const known = entry(actions, event.data.action) as DevelopmentActionRow;
      return { actions: { ...actions, [event.data.action]: { ...known, completed: datedBy(event, event.data) } } };
    },
  },
};
