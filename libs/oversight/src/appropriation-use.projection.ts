import { allocationEvents } from '#decisions/allocation.events';
import { only } from '#kernel/chosen-events';
import { datedBy, effectiveAt, streamKey, type EventOf } from '#kernel/envelope';
import { dayOf, type Day } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { callOfMatter } from '#kernel/matter';
import type { Cents } from '#kernel/money';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { grantEvents } from '#grants/grant.events';

/** What happened to money of an appropriation: bound by a decision, set free again, paid, paid back without interest. */
const uses = ['decided', 'returned', 'paid', 'repaid'] as const;
export type Use = (typeof uses)[number];
export type Used = Readonly<Record<Use, Cents>>;

/** Money of a call that moved, in the year of the day on which it did. */
export interface Movement {
  readonly use: Use;
  readonly year: number;
  readonly amount: Cents;
}

/** The use of a call’s appropriation through time. */
export interface AppropriationUseRow {
  readonly movements: Timeline<Movement>;
  /** What is decided for each matter, and for each payment of a grant: later events tell of changes alone. */
  readonly amounts: Readonly<Record<string, Cents>>;
}

const events = {
  ...only(allocationEvents, 'GrantDecided', 'DecisionCorrected', 'GrantReduced', 'GrantReleased'),
  ...only(grantEvents, 'PaymentDecided', 'PaymentConfirmed', 'RepaymentReceived', 'RecoveryReceived'),
};
type Event = EventOf<typeof events>;

export const appropriationUse: Projection<AppropriationUseRow, typeof events, never, 'GrantDecided'> = {
  name: 'appropriation-use',
  version: 1,
  events,
  key: (event: Event) => (event.stream.startsWith('allocation-') ? streamKey(event.stream) : callOfMatter(streamKey(event.stream))),
  upserts: {
    GrantDecided: (row = { movements: [], amounts: {} }, event) => {
      const { application, amount = 0 } = event.data;
      return moved(withAmount(row, application, amount), event, 'decided', amount);
    },
  },
  on: {
    DecisionCorrected: (row, event) => {
      const { application, amount } = event.data;
      if (amount === undefined) return row;
      return moved(withAmount(row, application, amount), event, 'decided', amount - (entry(row.amounts, application) ?? 0));
    },
    GrantReduced: (row, event) => moved(row, event, 'returned', event.data.reducedBy),
    GrantReleased: (row, event) => moved(row, event, 'returned', event.data.released),
    PaymentDecided: (row, event) => withAmount(row, paymentOf(event), event.data.amount),
    PaymentConfirmed: (row, event) => moved(row, event, 'paid', entry(row.amounts, paymentOf(event)) ?? 0, event.data.paidOn),
    RepaymentReceived: (row, event) => moved(row, event, 'repaid', event.data.amount, event.data.receivedOn),
    RecoveryReceived: (row, event) => moved(row, event, 'repaid', event.data.amount, event.data.receivedOn),
  },
};

function moved(row: AppropriationUseRow, event: Event, use: Use, amount: Cents, day?: Day): AppropriationUseRow {
  if (amount === 0) return row;
  const year = Number((day ?? dayOf(firstInstant(effectiveAt(event)))).slice(0, 4));
  return { ...row, movements: withEntry(row.movements, datedBy(event, { use, year, amount })) };
}

function withAmount(row: AppropriationUseRow, key: string, amount: Cents): AppropriationUseRow {
  return { ...row, amounts: { ...row.amounts, [key]: amount } };
}

function paymentOf({ stream, data: { payment } }: EventOf<typeof events, 'PaymentDecided' | 'PaymentConfirmed'>): string {
  return `${streamKey(stream)}/${payment}`;
}
