import { commandOf } from '#edge/commands';
import { field, hinted, optional, optionally } from '#kernel/event-schema';
import { pick } from '#kernel/keyed';
import { choice, InstantOrDay, KeyText, textUpTo, YesNo } from '#kernel/schemas';
import { NotificationKind, notificationEvents } from './notification.events.js';

const { NotificationRequested, NotificationSendingStarted, NotificationSent, NotificationFailed, NotificationResendDecided } =
  notificationEvents;

const whichNotification = { notification: field(KeyText, { fi: 'Ilmoitus', sv: 'Meddelande', en: 'Notification' }) };
const SendingOutcome = choice('SendingOutcome', ['accepted', 'refused', 'failed', 'unknown'], 'What came of an attempt.');

export class RequestNotification extends commandOf(
  'Asks that a region or an organisation be notified. Sent by processes.',
  { by: ['process'] },
  {
    ...whichNotification,
    ...NotificationRequested.fields,
    kind: field(NotificationKind, NotificationRequested.fields.kind.description),
    call: optional(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }),
    matter: optional(textUpTo(200), { fi: 'Asia', sv: 'Ärende', en: 'Matter' }),
    until: field(InstantOrDay, NotificationRequested.fields.until.description),
  },
) {}

export class StartSending extends commandOf(
  'Records that a message is about to be handed over, before it is.',
  { by: ['process'] },
  { ...whichNotification, ...NotificationSendingStarted.fields },
) {}

export class RecordSending extends commandOf(
  'Records what came of an attempt.',
  { by: ['process'] },
  {
    ...whichNotification,
    ...pick(NotificationSent.fields, 'attempt'),
    outcome: field(SendingOutcome, { fi: 'Tulos', sv: 'Resultat', en: 'Outcome' }),
    trouble: hinted(optionally(NotificationFailed.fields.trouble), 'Why it was not accepted.'),
    channel: optionally(NotificationSent.fields.channel),
    messageId: optionally(NotificationSent.fields.messageId),
  },
) {}

export class GiveUpNotification extends commandOf(
  'Records that a notification is not sent: its time has passed, or what it tells of is settled.',
  { by: ['process'] },
  {
    ...whichNotification,
    hadMailbox: field(YesNo, {
      fi: 'Oliko postilaatikko, johon se lähetetään',
      sv: 'Om det fanns en brevlåda att sända det till',
      en: 'Whether there was a mailbox to send it to',
    }),
    isSettled: optional(YesNo, {
      fi: 'Onko siihen, mistä se kertoo, jo vastattu tai onko se peruttu',
      sv: 'Om det som det gäller har besvarats eller dragits tillbaka',
      en: 'Whether what it tells of has been answered or withdrawn',
    }),
  },
) {}

export class ResendNotification extends commandOf(
  'Sends a notification again whose sending is in doubt or was given up, while it is still of use.',
  { by: ['ministry-registrar'] },
  { ...whichNotification, ...pick(NotificationResendDecided.fields, 'reason') },
) {}
