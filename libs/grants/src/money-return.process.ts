import { allocationEvents } from '#decisions/allocation.events';
import { only } from '#kernel/chosen-events';
import type { ReturnCommands } from '#decisions/allocation.facts';
import { streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Due, Process } from '#kernel/process';
import { grantEvents } from './grant.events.js';

const events = {
  ...only(allocationEvents, 'GrantReduced', 'GrantReleased'),
  ...only(grantEvents, 'GrantOpened', 'ReductionDecided', 'GrantDeclined', 'GrantSettled'),
};
type Event = EventOf<typeof events>;

/** What a grant gave up and the appropriation did not get yet, the first first. */
interface MoneyReturnRow {
  readonly returns: readonly { readonly because: string; readonly since: Instant; readonly command: Due<ReturnCommands>['command'] }[];
}

/** Gives to the appropriation what a grant was bound to no more: after it was reduced, declined or settled. */
export const moneyReturn: Process<MoneyReturnRow, typeof events, 'GrantOpened', ReturnCommands> = {
  name: 'money-return',
  version: 1,
  events,
  key: (event: Event) =>
    event.type === 'GrantReduced' || event.type === 'GrantReleased' ? event.data.application : streamKey(event.stream),
  starts: { GrantOpened: () => ({ returns: [] }) },
  on: {
    ReductionDecided: (row, event, application) => {
      const { reducedBy, ground, reason } = event.data;
      return returning(row, event, { type: 'ReduceGrant', content: { application, reducedBy, ground, reason } });
    },
    GrantDeclined: (row, event, application) =>
      returning(row, event, { type: 'ReleaseGrant', content: { application, ground: 'declined' } }),
    GrantSettled: (row, event, application) => {
      const released = event.data.unused - event.data.left;
      return returning(row, event, { type: 'ReleaseGrant', content: { application, released, ground: 'unused' } });
    },
    GrantReduced: ({ returns }) => ({ returns: returns.slice(1) }),
    GrantReleased: ({ returns }) => ({ returns: returns.slice(1) }),
  },
  // One after the other: what is returned next is the next that was given up.
  due: ({ returns }) => returns.slice(0, 1).map(({ because, since, command }) => ({ id: because, at: since, because, command })),
};

function returning({ returns }: MoneyReturnRow, { id, metadata }: Event, command: Due<ReturnCommands>['command']): MoneyReturnRow {
  return { returns: [...returns, { because: id, since: metadata.recordedAt, command }] };
}
