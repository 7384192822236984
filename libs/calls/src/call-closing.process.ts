import { streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Process } from '#kernel/process';
import { lastInstant } from '#kernel/when';
import { callEvents, type CallTerms } from './call.events.js';

/** When a call is to be closed; no deadline where it is not to be, or not known. */
interface CallClosingRow {
  readonly isPublished: boolean;
  readonly closes?: Instant;
  /** The event that set the deadline, or published the call. */
  readonly because: string;
}

/** Closes each published call at its deadline, the one of its latest terms. */
export const callClosing: Process<CallClosingRow, typeof callEvents> = {
  name: 'call-closing',
  version: 1,
  events: callEvents,
  key: (event: EventOf<typeof callEvents>) => streamKey(event.stream),
  on: {
    CallPlanned: (_, event) => withTerms({ isPublished: false }, event, event.data.terms),
    CallPublished: (row, { id }) => row && { ...row, isPublished: true, because: id },
    CallTermsAmended: (row, event) => row && withTerms(row, event, event.data.terms),
    CallDeadlineExtended: (row, event) => row && withTerms(row, event, event.data),
    CallClosed: (row, { id }) => row && { isPublished: false, because: id },
    CallCancelled: (row, { id }) => row && { isPublished: false, because: id },
    CallMaterialPublished: (row) => row,
    CallContactNamed: (row) => row,
    SelectionRecordedFromSource: (row) => row,
    SourceStatementRecorded: (row) => row,
  },
  due: ({ isPublished, closes, because }, call) =>
    isPublished && closes !== undefined
      ? [{ id: `close at ${closes}`, at: closes, because, command: { type: 'CloseCall', content: { call } } }]
      : [],
};

function withTerms(
  { isPublished }: Pick<CallClosingRow, 'isPublished'>,
  { id }: Recorded,
  { closes }: Pick<CallTerms, 'closes'>,
): CallClosingRow {
  return { isPublished, because: id, ...(closes !== undefined && { closes: lastInstant(closes) }) };
}
