import { streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import { justAfter, type Instant } from '#kernel/helsinki-time';
import type { CommandsOf } from '#kernel/decider';
import type { Process } from '#kernel/process';
import { allBut } from '#kernel/chosen-events';
import { lastInstant } from '#kernel/when';
import { callEvents, type CallTerms } from './call.events.js';

const events = allBut(
  callEvents,
  'CallPlanRevised',
  'CallMaterialPublished',
  'CallContactNamed',
  'SelectionRecordedFromSource',
  'SourceStatementRecorded',
);
type Commands = Pick<CommandsOf<typeof import('./call.commands.js')>, 'CloseCall'>;

/** When a call is to be closed; no deadline where it is not to be, or not known. */
interface CallClosingRow {
  readonly isPublished: boolean;
  readonly closes?: Instant;
  /** The event that set the deadline, or published the call. */
  readonly because: string;
}

/** Closes each published call once the deadline of its latest terms has passed: what arrives at that instant is still in time. */
export const callClosing: Process<CallClosingRow, typeof events, 'CallPlanned', Commands> = {
  name: 'call-closing',
  version: 2,
  readableSince: 1,
  events,
  key: (event: EventOf<typeof events>) => streamKey(event.stream),
  starts: { CallPlanned: (event) => withTerms({ isPublished: false }, event, event.data.terms) },
  on: {
    CallPublished: (row, { id }) => ({ ...row, isPublished: true, because: id }),
    CallTermsAmended: (row, event) => withTerms(row, event, event.data.terms),
    CallDeadlineExtended: (row, event) => withTerms(row, event, event.data),
    CallClosed: (_, { id }) => ({ isPublished: false, because: id }),
    CallCancelled: (_, { id }) => ({ isPublished: false, because: id }),
  },
  due: ({ isPublished, closes, because }, call) =>
    isPublished && closes !== undefined
      ? [{ id: `close at ${closes}`, at: justAfter(closes), because, command: { type: 'CloseCall', content: { call } } }]
      : [],
};

function withTerms(
  { isPublished }: Pick<CallClosingRow, 'isPublished'>,
  { id }: Recorded,
  { closes }: Pick<CallTerms, 'closes'>,
): CallClosingRow {
  return { isPublished, because: id, ...(closes !== undefined && { closes: lastInstant(closes) }) };
}
