import { BooleanField, ChoiceField, CommandInput, CountField, InstantOrDayField, KeyField, TextField } from '#edge/fields';
import { graphqlEnum } from '#edge/graphql-enum';
import { LocalizedField } from '#edge/localized-text.type';
import { RegionCodeEnum } from '#edge/region.type';
import { Command } from '#kernel/decider';
import type { LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';
import { channels, notificationKinds, type NotificationKind } from './notification.events.js';

export const NotificationKindEnum = graphqlEnum('NotificationKind', notificationKinds, 'What one is notified of.');
export const ChannelEnum = graphqlEnum(
  'NotificationChannel',
  channels,
  'How a message left: as e-mail, or only into the log of an installation that sends none.',
);
const outcomes = ['accepted', 'refused', 'failed', 'unknown'] as const;
const OutcomeEnum = graphqlEnum('SendingOutcome', outcomes, 'What came of an attempt.');

@CommandInput('Asks that a region or an organisation be notified. Sent by processes.')
export class RequestNotification extends Command {
  @KeyField()
  notification!: string;

  @ChoiceField(NotificationKindEnum)
  kind!: NotificationKind;

  @ChoiceField(RegionCodeEnum, { optional: true })
  region?: RegionCode;

  @KeyField({ optional: true })
  organisation?: string;

  @TextField({ max: 200 })
  about!: string;

  @KeyField({ optional: true })
  call?: string;

  @TextField({ max: 200, optional: true })
  matter?: string;

  @LocalizedField()
  name!: LocalizedText;

  @InstantOrDayField({ optional: true })
  deadline?: string;

  @InstantOrDayField()
  until!: string;
}

@CommandInput('Records that a message is about to be handed over, before it is.')
export class StartSending extends Command {
  @KeyField()
  notification!: string;

  @CountField()
  attempt!: number;

  @TextField({ max: 200 })
  recipient!: string;
}

@CommandInput('Records what came of an attempt.')
export class RecordSending extends Command {
  @KeyField()
  notification!: string;

  @CountField()
  attempt!: number;

  @ChoiceField(OutcomeEnum)
  outcome!: (typeof outcomes)[number];

  @KeyField({ optional: true, description: 'Why it was not accepted.' })
  trouble?: string;

  @ChoiceField(ChannelEnum, { optional: true })
  channel?: (typeof channels)[number];

  @TextField({ max: 300, optional: true })
  messageId?: string;
}

@CommandInput('Records that a notification whose time has passed is not sent.')
export class GiveUpNotification extends Command {
  @KeyField()
  notification!: string;

  @BooleanField({ description: 'Whether there was a mailbox to send it to.' })
  hadMailbox!: boolean;
}

@CommandInput('Sends a notification again whose sending is in doubt or was given up, while it is still of use.')
export class ResendNotification extends Command {
  @KeyField()
  notification!: string;

  @TextField({ max: 2_000 })
  reason!: string;
}
