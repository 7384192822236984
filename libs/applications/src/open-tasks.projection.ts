import { effectiveAt, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { Day, Instant } from '#kernel/helsinki-time';
import { allBut, unchanged } from '#kernel/chosen-events';
import type { Projection } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { firstInstant } from '#kernel/when';
import { applicationEvents, type AskedKind } from './application.events.js';

/** What is to be done: by the applicant's side, the registrar and the presenter. */
export const taskKinds = ['start-application', 'submit-draft', 'answer-supplement', 'give-statement', 'register', 'handle'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Something to be done from `since` on, until it was done. */
export interface Task {
  readonly kind: TaskKind;
  /** The request or hearing that it answers. */
  readonly of?: string;
  readonly due?: Day;
  readonly since: Instant;
  readonly until?: Instant;
}

/** Who must do what next on an application, and by when. */
export interface OpenTasksRow {
  readonly call: string;
  readonly region: RegionCode;
  readonly applicant: string;
  readonly tasks: readonly Task[];
  /** By which criteria it was assessed, and since when. */
  readonly assessed: readonly { readonly criterion: string; readonly since: Instant }[];
}

/** What answers what was asked. */
const taskOf = { supplement: 'answer-supplement', hearing: 'give-statement' } as const satisfies Record<AskedKind, TaskKind>;

const events = allBut(
  applicationEvents,
  'ApplicationRecordedFromSource',
  'ApplicationRevised',
  'LateApplicationRecorded',
  'ApplicationAmended',
  'EarlierArrivalRecorded',
  'DisqualificationRecorded',
);

export const openTasks: Projection<OpenTasksRow, typeof events, 'ApplicationStarted', 'ApplicationReceived'> = {
  name: 'open-tasks',
  version: 4,
  readableSince: 2,
  events,
  indexes: ['call', 'region', 'applicant'],
  key: (event: EventOf<typeof events>) => streamKey(event.stream),
  starts: {
    ApplicationStarted: (event) => opened({ ...event.data, tasks: [], assessed: [] }, event, 'submit-draft'),
  },
  upserts: {
    ApplicationReceived: (row, event) => {
      const { call, region, applicant } = event.data;
      if (row?.tasks.some(({ kind }) => kind === 'handle')) return done(row, event, 'register');
      // Whose draft was in its place is not told to them.
      const mine = row?.applicant === applicant ? row : { call, region, applicant, tasks: [], assessed: [] };
      return opened(done(mine, event, 'submit-draft'), event, 'handle');
    },
  },
  on: {
    ApplicationSubmitted: (row, event) => opened(opened(done(row, event, 'submit-draft'), event, 'register'), event, 'handle'),
    ApplicationWithdrawn: (row, event) => taskKinds.reduce((rest, kind) => done(rest, event, kind), row),
    SupplementRequested: (row, event) => opened(row, event, 'answer-supplement', { of: event.data.supplement, due: event.data.due }),
    ApplicationSupplemented: (row, event) => done(row, event, 'answer-supplement', event.data.supplement),
    HearingOpened: (row, event) => opened(row, event, 'give-statement', { of: event.data.hearing, due: event.data.due }),
    StatementGiven: (row, event) => done(row, event, 'give-statement', event.data.hearing),
    DueDayCorrected: (row, { data: { asked, id, due } }) => ({
      ...row,
      tasks: row.tasks.map((task) => (task.kind === taskOf[asked] && task.of === id && task.until === undefined ? { ...task, due } : task)),
    }),
    RequestWithdrawn: (row, event) => done(row, event, taskOf[event.data.asked], event.data.id),
    ApplicationAssessed: (row, event) => ({ ...row, assessed: [...row.assessed, { criterion: event.data.criterion, since: at(event) }] }),
    // What was asked and not answered by then is not waited for any more.
    DecisionProposed: (row, event) => taskKinds.reduce((rest, kind) => (kind === 'register' ? rest : done(rest, event, kind)), row),
    DecisionProposalWithdrawn: (row, event) => opened(row, event, 'handle'),
    ...unchanged('ApplicationDecided'),
  },
};

/** The tasks of these kinds that were to be done at the instant. */
export function tasksAt({ tasks }: OpenTasksRow, asOf: Instant, kinds: readonly TaskKind[]): readonly Task[] {
  return tasks.filter(({ kind, since, until }) => kinds.includes(kind) && since <= asOf && (until === undefined || asOf < until));
}

function opened(row: OpenTasksRow, event: Recorded, kind: TaskKind, more: Pick<Task, 'of' | 'due'> = {}): OpenTasksRow {
  return { ...row, tasks: [...row.tasks, { kind, ...more, since: at(event) }] };
}

/** Whatever of the kind is open is done; with an id, that one only. */
function done(row: OpenTasksRow, event: Recorded, kind: TaskKind, of?: string): OpenTasksRow {
  const isDone = (task: Task) => task.kind === kind && task.until === undefined && (of === undefined || task.of === of);
  return { ...row, tasks: row.tasks.map((task) => (isDone(task) ? { ...task, until: at(event) } : task)) };
}

function at(event: Recorded): Instant {
  return firstInstant(effectiveAt(event));
}
