import { datedBy, effectiveAt, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import { unchanged } from '#kernel/chosen-events';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant, type When } from '#kernel/when';
import type { Arrival, DraftContent } from './application-content.events.js';
import { figures, missingIn } from './application-content.rules.js';
import { applicationEvents, type InadmissibleGround } from './application.events.js';

export const applicationStages = ['recorded', 'draft', 'submitted', 'withdrawn'] as const;
export type ApplicationStage = (typeof applicationStages)[number];

/** What an application comes to in figures, and which version of its plan it refers to; with gaps while it is a draft, or where nobody has entered them. */
interface Figures {
  readonly planVersion?: number;
  readonly amount?: Cents;
  readonly eligibleCosts?: Cents;
  readonly missing: readonly string[];
}

/** Who applied in a call, how far each application has come, and what it lacks. */
export interface ApplicationRow {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant?: string;
  readonly stages: Timeline<ApplicationStage>;
  readonly effectiveAt: When;
  /** The first instant at which it was public; null while it is a draft. */
  readonly publicSince: Instant | null;
  readonly recordedAt: Instant;
  readonly source: readonly string[];
  readonly arrival?: Arrival;
  readonly isLate: boolean;
  readonly inadmissible?: InadmissibleGround;
  readonly caseNumbers: Timeline<string>;
  readonly figures: Timeline<Figures>;
}

export const applications: Projection<
  ApplicationRow,
  typeof applicationEvents,
  'ApplicationRecordedFromSource' | 'ApplicationStarted',
  'ApplicationReceived'
> = {
  name: 'applications',
  version: 5,
  readableSince: 3,
  events: applicationEvents,
  indexes: ['call', 'region'],
  key: (event: EventOf<typeof applicationEvents>) => streamKey(event.stream),
  starts: {
    ApplicationRecordedFromSource: (event) => ({
      ...begun(event, event.data, 'recorded'),
      publicSince: firstInstant(effectiveAt(event)),
    }),
    ApplicationStarted: (event) => begun(event, event.data, 'draft'),
  },
  upserts: {
    // What was submitted here gets its case number; anything else arrives by this, be there a draft in its place.
    ApplicationReceived: (row, event) => {
      const { call, region, applicant, arrival, caseNumber, inadmissible, content } = event.data;
      const isHere = row?.publicSince != null;
      const here = isHere ? row : arrived(begun(event, { call, region, applicant }, 'submitted'), event, arrival);
      const numbered = {
        ...here,
        ...(inadmissible && { inadmissible }),
        caseNumbers: withEntry(here.caseNumbers, datedBy(event, caseNumber)),
      };
      return isHere ? numbered : said(numbered, event, content ?? {});
    },
  },
  on: {
    ApplicationRevised: (row, event) => said(row, event, event.data.content),
    ApplicationSubmitted: (row, event) => said(arrived(row, event, event.data.arrival), event, event.data.content),
    LateApplicationRecorded: (row) => ({ ...row, isLate: true }),
    EarlierArrivalRecorded: (row, event) => {
      const { arrival, isLate } = event.data;
      return { ...row, arrival, isLate, stages: withEntry(row.stages, datedBy(event, 'submitted')) };
    },
    ApplicationAmended: (row, event) => said(row, event, event.data.content),
    ApplicationWithdrawn: (row, event) => ({ ...row, stages: withEntry(row.stages, datedBy(event, 'withdrawn')) }),
    ApplicationSupplemented: (row, event) => (event.data.content && !event.data.isLate ? said(row, event, event.data.content) : row),
    ...unchanged(
      'SupplementRequested',
      'HearingOpened',
      'StatementGiven',
      'DueDayCorrected',
      'RequestWithdrawn',
      'DisqualificationRecorded',
      'ApplicationAssessed',
      'DecisionProposed',
      'DecisionProposalWithdrawn',
      'ApplicationDecided',
    ),
  },
};

function begun(
  event: Recorded,
  { call, region, applicant }: { call: string; region: RegionCode; applicant?: string },
  stage: ApplicationStage,
): ApplicationRow {
  return {
    call,
    region,
    ...(applicant && { applicant }),
    stages: [datedBy(event, stage)],
    effectiveAt: effectiveAt(event),
    publicSince: null,
    recordedAt: event.metadata.recordedAt,
    source: event.metadata.source?.references ?? [],
    isLate: false,
    caseNumbers: [],
    figures: [],
  };
}

function arrived(row: ApplicationRow, event: Recorded, arrival: Arrival): ApplicationRow {
  const stages = row.stages.at(-1)?.value === 'submitted' ? row.stages : withEntry(row.stages, datedBy(event, 'submitted' as const));
  return { ...row, stages, arrival, publicSince: firstInstant(effectiveAt(event)) };
}

function said(row: ApplicationRow, event: Recorded, content: DraftContent): ApplicationRow {
  const { planVersion, amount, eligibleCosts } = content;
  const figuresNow = {
    ...(planVersion !== undefined && { planVersion }),
    ...(amount !== undefined && { amount }),
    ...(eligibleCosts && { eligibleCosts: eligibleCosts.reduce((sum, line) => sum + line.amount, 0) }),
    missing: missingIn(content, figures),
  };
  return { ...row, figures: withEntry(row.figures, datedBy(event, figuresNow)) };
}
