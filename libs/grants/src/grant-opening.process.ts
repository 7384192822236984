import { allocationEvents } from '#decisions/allocation.events';
import { only } from '#kernel/chosen-events';
import type { CommandsOf } from '#kernel/decider';
import { streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Process } from '#kernel/process';
import { grantEvents } from './grant.events.js';

const events = { ...only(allocationEvents, 'GrantDecided'), ...only(grantEvents, 'GrantOpened') };
type Commands = Pick<CommandsOf<typeof import('./grant.commands.js')>, 'OpenGrant'>;

/** A decision whose file is to be opened, or was. */
interface GrantOpeningRow {
  readonly because: string;
  readonly since: Instant;
  readonly isOpened: boolean;
}

/** Opens the file of each decision once it fell: also of what was not granted, for it is notified and can be contested. */
export const grantOpening: Process<GrantOpeningRow, typeof events, 'GrantDecided', Commands> = {
  name: 'grant-opening',
  version: 1,
  events,
  key: (event: EventOf<typeof events>) => (event.type === 'GrantDecided' ? event.data.application : streamKey(event.stream)),
  starts: { GrantDecided: ({ id, metadata }) => ({ because: id, since: metadata.recordedAt, isOpened: false }) },
  on: { GrantOpened: (row) => ({ ...row, isOpened: true }) },
  due: ({ because, since, isOpened }, grant) =>
    isOpened ? [] : [{ id: 'open', at: since, because, command: { type: 'OpenGrant', content: { grant } } }],
};
