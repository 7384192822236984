import { applicationEvents } from '#applications/application.events';
import type { DecidedCommands } from '#applications/application.facts';
import { only } from '#kernel/chosen-events';
import { streamKey, type EventOf } from '#kernel/envelope';
import type { Instant } from '#kernel/helsinki-time';
import type { Process } from '#kernel/process';
import { allocationEvents } from './allocation.events.js';

const events = { ...only(allocationEvents, 'GrantDecided'), ...only(applicationEvents, 'ApplicationDecided') };

/** A decision that its application does not know of yet, or does. */
interface DecisionRecordingRow {
  readonly because: string;
  readonly since: Instant;
  readonly isRecorded: boolean;
}

/** Tells each application that it is decided, so that neither it nor the proposal changes any more. */
export const decisionRecording: Process<DecisionRecordingRow, typeof events, 'GrantDecided', DecidedCommands> = {
  name: 'decision-recording',
  version: 1,
  events,
  key: (event: EventOf<typeof events>) => (event.type === 'GrantDecided' ? event.data.application : streamKey(event.stream)),
  starts: { GrantDecided: ({ id, metadata }) => ({ because: id, since: metadata.recordedAt, isRecorded: false }) },
  on: { ApplicationDecided: (row) => ({ ...row, isRecorded: true }) },
  due: ({ because, since, isRecorded }, application) =>
    isRecorded ? [] : [{ id: 'record', at: since, because, command: { type: 'RecordApplicationDecided', content: { application } } }],
};
