import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { enumOf, graphqlEnum } from '#edge/graphql-enum';
import { objectOf } from '#edge/records';
import { regionOf } from '#edge/region.type';
import { InstantScalar, KeyScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { pick } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import { type Dated, entryAt, isThen } from '#kernel/timeline';
import { NotificationChannel, notificationEvents } from './notification.events.js';
import type { Sending } from './notification.facts.js';
import type { ReminderRow } from './reminders.projection.js';

const reminderStates = ['waiting', 'no-mailbox', 'sending', 'sent', 'uncertain', 'given-up'] as const;
export type ReminderState = (typeof reminderStates)[number];
export const ReminderStateEnum = graphqlEnum(
  'ReminderState',
  reminderStates,
  'How far a reminder has come. UNCERTAIN: sending was started and what came of it is not known; it is not sent again without a decision (resendNotification). NO_MAILBOX: it is sent if a mailbox is named in time.',
);

@ObjectType('ReminderStep', { description: 'Something that was done about a reminder.' })
class ReminderStepType {
  @Field(() => InstantScalar)
  at!: string;

  @Field(() => ReminderStateEnum, { description: 'The state that it came to by it.' })
  state!: ReminderState;

  @Field(() => Int, { description: 'Which attempt at sending it; 0 before the first.' })
  attempt!: number;

  @Field(() => String, { nullable: true, description: 'Why it was not sent, by its code.' })
  trouble?: string;
}

@ObjectType('Reminder', { description: 'A reminder or notification to a region or an organisation, and how far it has come.' })
export class ReminderType extends objectOf(
  pick(notificationEvents.NotificationRequested.fields, 'kind', 'region', 'about', 'name', 'deadline', 'until'),
) {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => KeyScalar, { nullable: true, description: 'The id of the call that it is about.' })
  call?: string;

  @Field(() => InstantScalar, { description: 'When it was asked for.' })
  since!: string;

  @Field(() => Int, { description: 'How often sending it was started.' })
  attempts!: number;

  @Field(() => InstantScalar, { nullable: true, description: 'When it will be sent, or tried again.' })
  nextAttempt?: string;

  @Field(() => String, { nullable: true, description: 'Why the last attempt did not succeed, by its code.' })
  trouble?: string;

  @Field(() => enumOf(NotificationChannel), { nullable: true, description: 'How it was sent.' })
  channel?: NotificationChannel;

  @Field(() => String, { nullable: true, description: 'The Message-ID under which it was sent.' })
  messageId?: string;

  @Field(() => [ReminderStepType])
  steps!: ReminderStepType[];

  @RevisionField()
  revision!: StreamRevision;

  /** For the fields that are joined. */
  moment!: Moment;
  mailbox!: string;
  organisationId?: string | undefined;
  stage!: Sending['stage'];
}

export const ReminderConnection = connectionType(ReminderType, 'Reminder');

/** The reminder as it stood at the instant; undefined before it was asked for. */
export function reminderAt(row: Stored<ReminderRow>, moment: Moment): ReminderType | undefined {
  const { asOf } = moment;
  const sending = entryAt(row.sending, asOf)?.value;
  if (!sending) return undefined;
  const { kind, name, about, call, deadline, since, until, mailbox, revision } = row;
  return {
    id: row._id,
    kind,
    ...(row.region && { region: regionOf(row.region) }),
    name,
    about,
    ...(call !== undefined && { call }),
    ...(deadline !== undefined && { deadline }),
    since,
    until,
    attempts: sending.attempt,
    ...(sending.stage === 'waiting' && { nextAttempt: sending.next }),
    ...troubleOf(sending),
    ...(sending.stage === 'sent' && { channel: sending.channel, messageId: sending.messageId }),
    steps: row.sending.filter(isThen(asOf)).map(stepOf),
    revision: new StreamRevision(`notification-${row._id}`, revision),
    moment,
    mailbox,
    organisationId: row.organisation,
    stage: sending.stage,
  };
}

function stepOf({ recordedAt, value }: Dated<Sending>): ReminderStepType {
  return { at: recordedAt, state: value.stage, attempt: value.attempt, ...troubleOf(value) };
}

function troubleOf(sending: Sending): { trouble?: string } {
  return 'trouble' in sending && sending.trouble !== undefined ? { trouble: sending.trouble } : {};
}
