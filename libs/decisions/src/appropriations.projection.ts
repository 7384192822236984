import { datedBy, streamKey, type EventOf, type Recorded } from '#kernel/envelope';
import { unchanged } from '#kernel/chosen-events';
import type { Instant } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import type { Projection } from '#kernel/projection';
import { isThen, type Timeline, withEntry } from '#kernel/timeline';
import { allocationEvents } from './allocation.events.js';

/** Money that a decision bound or set free. */
interface Movement {
  readonly application: string;
  readonly decided: Cents;
  readonly returned: Cents;
}

/** How much is reserved for a call, and how much of it is used, through time. */
export interface AppropriationRow {
  /** Each with the reason for which it was adjusted. */
  readonly amounts: Timeline<{ readonly amount: Cents; readonly reason?: string }>;
  readonly budgetItem?: string;
  readonly year?: number;
  readonly lapses?: string;
  readonly movements: Timeline<Movement>;
}

export const appropriations: Projection<AppropriationRow, typeof allocationEvents, 'AppropriationSet'> = {
  name: 'appropriations',
  version: 2,
  events: allocationEvents,
  key: (event: EventOf<typeof allocationEvents>) => streamKey(event.stream),
  starts: {
    AppropriationSet: (event) => {
      const { amount, ...about } = event.data;
      return { ...about, amounts: [datedBy(event, { amount })], movements: [] };
    },
  },
  on: {
    AppropriationAdjusted: (row, event) => ({ ...row, amounts: withEntry(row.amounts, datedBy(event, event.data)) }),
    GrantDecided: (row, event) => moved(row, event, { application: event.data.application, decided: event.data.amount ?? 0, returned: 0 }),
    DecisionCorrected: (row, event) => {
      const { application, amount } = event.data;
      return amount === undefined ? row : moved(row, event, { application, decided: amount - decidedOf(row, application), returned: 0 });
    },
    GrantReduced: (row, event) => moved(row, event, { application: event.data.application, decided: 0, returned: event.data.reducedBy }),
    GrantReleased: (row, event) => moved(row, event, { application: event.data.application, decided: 0, returned: event.data.released }),
    ...unchanged('PresenterDissented'),
  },
};

/** What was decided and what of it has returned at the instant. */
export function usedAt({ movements }: AppropriationRow, asOf: Instant): { readonly decided: Cents; readonly returned: Cents } {
  const until = movements.filter(isThen(asOf)).map(({ value }) => value);
  const [bound, setFree] = until.reduce<readonly [Cents, Cents]>(
    ([all, back], { decided, returned }) => [all + decided, back + returned],
    [0, 0],
  );
  return { decided: bound, returned: setFree };
}

function moved(row: AppropriationRow, event: Recorded, movement: Movement): AppropriationRow {
  return { ...row, movements: withEntry(row.movements, datedBy(event, movement)) };
}

function decidedOf({ movements }: AppropriationRow, application: string): Cents {
  return movements.reduce((sum, { value }) => (value.application === application ? sum + value.decided : sum), 0);
}
