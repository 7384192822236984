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

export const applicationStory: Projection<
  ApplicationStoryRow,
  typeof applicationEvents,
  'ApplicationRecordedFromSource' | 'ApplicationStarted',
  'ApplicationReceived'
> = {
  name: 'application-story',
  version: 3,
  readableSince: 1,
  events: applicationEvents,
  key: (event: ApplicationEvent) => streamKey(event.stream),
  starts: { ApplicationRecordedFromSource: begin, ApplicationStarted: begin },
  // It brings what comes another way, or gives a case number to what was submitted here.
  upserts: { ApplicationReceived: (row, event) => (row ? tell(row, event) : begin(event)) },
  on: {
    ApplicationRevised: tell,
    ApplicationSubmitted: tell,
    LateApplicationRecorded: tell,
    ApplicationAmended: tell,
    ApplicationWithdrawn: tell,
    SupplementRequested: tell,
    ApplicationSupplemented: tell,
    HearingOpened: tell,
    StatementGiven: tell,
    DueDayCorrected: tell,
    RequestWithdrawn: tell,
    EarlierArrivalRecorded: tell,
    DisqualificationRecorded: tell,
    ApplicationAssessed: tell,
    DecisionProposed: tell,
    DecisionProposalWithdrawn: tell,
    ApplicationDecided: tell,
  },
};

function begin(event: ApplicationEvent): ApplicationStoryRow {
  return tell({ told: [] }, event);
}

function tell({ told }: ApplicationStoryRow, event: ApplicationEvent): ApplicationStoryRow {
  const { type, data, metadata } = event;
  return { told: [...told, datedBy(event, { type, data, role: metadata.actor.role } as Told)] };
}
