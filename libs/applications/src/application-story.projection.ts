import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Projection } from '#kernel/projection';
import type { Dated } from '#kernel/timeline';
import { applicationEvents } from './application.events.js';

type ApplicationEvent = EventOf<typeof applicationEvents>;
type ToldOf<Event extends ApplicationEvent> = Event extends ApplicationEvent
  ? { readonly type: Event['type']; readonly data: Event['data']; readonly role: string }
  : never;
/** What happened, and in which role somebody did it; personal texts sealed. */
export type Told = ToldOf<ApplicationEvent>;

/** An application's whole story, in the order in which it was recorded. */
export interface ApplicationStoryRow {
  readonly told: readonly Dated<Told>[];
}

export const applicationStory: Projection<ApplicationStoryRow, typeof applicationEvents> = {
  name: 'application-story',
  version: 1,
  events: applicationEvents,
  key: (event: ApplicationEvent) => streamKey(event.stream),
  on: {
    ApplicationRecordedFromSource: tell,
    ApplicationStarted: tell,
    ApplicationRevised: tell,
    ApplicationSubmitted: tell,
    ApplicationReceived: tell,
    LateApplicationRecorded: tell,
    ApplicationAmended: tell,
    ApplicationWithdrawn: tell,
    SupplementRequested: tell,
    ApplicationSupplemented: tell,
    HearingOpened: tell,
    StatementGiven: tell,
    DisqualificationRecorded: tell,
    ApplicationAssessed: tell,
    DecisionProposed: tell,
    DecisionProposalWithdrawn: tell,
  },
};

function tell(row: ApplicationStoryRow | undefined, event: ApplicationEvent): ApplicationStoryRow {
  const { type, data, metadata } = event;
  return { told: [...(row?.told ?? []), datedBy(event, { type, data, role: metadata.actor.role } as Told)] };
}
