import { only } from '#kernel/chosen-events';
import type { CommandsOf } from '#kernel/decider';
import { streamKey, type EventOf } from '#kernel/envelope';
import { dayEnd, justAfter, type Day, type Instant } from '#kernel/helsinki-time';
import type { Process } from '#kernel/process';
import { grantEvents } from './grant.events.js';

const events = only(
  grantEvents,
  'DecisionNotified',
  'RectificationRequested',
  'RectificationDecided',
  'AppealLodged',
  'CourtDecisionRecorded',
  'DecisionBecameFinal',
);
type Event = EventOf<typeof events>;
type Commands = Pick<CommandsOf<typeof import('./grant.commands.js')>, 'RecordFinality'>;

/** When a decision becomes final, unless it is contested until then. */
interface FinalityRow {
  /** From this instant on nobody can contest it any more; undefined while somebody does, and once it is final. */
  readonly at?: Instant;
  readonly because: string;
  /** How many requests and appeals are not decided. */
  readonly open: number;
}

/** Records that a decision became final: once the time to contest it is over, or a court has decided. */
export const finality: Process<FinalityRow, typeof events, 'DecisionNotified', Commands> = {
  name: 'finality',
  version: 1,
  events,
  key: (event: Event) => streamKey(event.stream),
  starts: { DecisionNotified: ({ id, data: { rectifyBy } }) => ({ open: 0, because: id, at: endOf(rectifyBy) }) },
  on: {
    // What comes late does not keep a decision from becoming final, but is decided first.
    RectificationRequested: ({ open }, { id }) => ({ open: open + 1, because: id }),
    RectificationDecided: ({ open }, { id, data: { appealBy } }) => decided(open - 1, id, endOf(appealBy)),
    AppealLodged: ({ open }, { id }) => ({ open: open + 1, because: id }),
    CourtDecisionRecorded: ({ open }, { id, metadata }) => decided(open - 1, id, metadata.recordedAt),
    DecisionBecameFinal: ({ open }, { id }) => ({ open, because: id }),
  },
  due: ({ at, because }, grant) =>
    at === undefined ? [] : [{ id: `final from ${at}`, at, because, command: { type: 'RecordFinality', content: { grant } } }],
};

function decided(open: number, because: string, at: Instant): FinalityRow {
  return { open, because, ...(open === 0 && { at }) };
}

/** The first instant after the day. */
function endOf(day: Day): Instant {
  return justAfter(dayEnd(day));
}
