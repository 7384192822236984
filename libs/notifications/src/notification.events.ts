import { Type } from 'typebox';
import { field, optional, shape, v1, type StaticOf } from '#kernel/event-schema';
import { choice, Count, InstantOrDay, InstantText, KeyText, Localized, ReasonText, Region } from '#kernel/schemas';

/**
 * What one is notified of. A context adds a kind here, its texts in `notification.texts.ts`, and a process that asks for it
 * (`notificationDue` in `notification.facts.ts`). In the log a kind is any code, so that the list may grow.
 */
export const notificationKinds = [
  'call-comment-window-ends',
  'call-applications-end',
  'plan-commented',
  'plan-comments-wait',
  'application-in-draft',
  'supplement-requested',
  'supplement-due',
  'hearing-opened',
  'statement-due',
  'grant-acceptance-due',
  'period-of-use-ends',
  'final-report-due',
  'appeal-time-ends',
] as const;
export const NotificationKind = choice('NotificationKind', notificationKinds, 'What one is notified of.');
export type NotificationKind = StaticOf<typeof NotificationKind>;
/** Kinds that tell that there is a draft: for those only who may know of it. */
export const kindsOfDrafts: readonly NotificationKind[] = ['application-in-draft'];

export const NotificationChannel = choice(
  'NotificationChannel',
  ['email', 'log'],
  'How a message left: as e-mail, or only into the log of an installation that sends none.',
);
export type NotificationChannel = StaticOf<typeof NotificationChannel>;

const StoredKind = { ...NotificationKind, schema: Type.Unsafe<NotificationKind>(KeyText.schema) };
const attempt = field(Count, {
  fi: 'Monesko lähetysyritys',
  sv: 'Vilket sändningsförsök i ordningen',
  en: 'Which attempt at sending it',
});
const trouble = field(KeyText, { fi: 'Syyn koodi', sv: 'Orsakens kod', en: 'Code of the reason' });

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const notificationEvents = {
  NotificationRequested: v1(
    {
      fi: 'Ilmoitus tai muistutus päätettiin lähettää',
      sv: 'Ett meddelande eller en påminnelse ska sändas',
      en: 'A notification or reminder is to be sent',
    },
    {
      kind: field(StoredKind, { fi: 'Laji', sv: 'Slag', en: 'Kind' }),
      region: optional(Region, { fi: 'Maakunta, jolle se on', sv: 'Landskap som det är till', en: 'The region that it is for' }),
      organisation: optional(KeyText, {
        fi: 'Organisaatio, jolle se on',
        sv: 'Organisation som det är till',
        en: 'The organisation that it is for',
      }),
      about: field(shape({ kind: 'text', max: 200 }, Type.String({ minLength: 3, maxLength: 200 })), {
        fi: 'Tapahtumavirta, jota se koskee',
        sv: 'Händelseström som det gäller',
        en: 'The stream that it is about',
      }),
      name: field(Localized, { fi: 'Sen nimi, mitä se koskee', sv: 'Namnet på det som det gäller', en: 'The name of what it is about' }),
      deadline: optional(InstantOrDay, {
        fi: 'Määräaika, josta se kertoo',
        sv: 'Tidsfrist som det påminner om',
        en: 'The deadline that it tells of',
      }),
      until: field(InstantText, {
        fi: 'Hetki, jonka jälkeen siitä ei ole hyötyä',
        sv: 'Ögonblick efter vilket det inte gör någon nytta',
        en: 'The instant after which it is of no use',
      }),
    },
  ),
  NotificationSendingStarted: v1(
    {
      fi: 'Ilmoituksen lähettäminen aloitettiin',
      sv: 'Sändningen av meddelandet påbörjades',
      en: 'Sending of the notification was started',
    },
    {
      attempt,
      recipient: field(shape({ kind: 'text', max: 200 }, Type.String({ minLength: 1, maxLength: 200 })), {
        fi: 'Tunnus, jonka avaimella vastaanottajan osoite on salattu',
        sv: 'Id vars nyckel mottagarens adress är krypterad med',
        en: 'The id under whose key the recipient’s address is sealed',
      }),
    },
  ),
  NotificationSent: v1(
    { fi: 'Ilmoitus lähetettiin', sv: 'Meddelandet sändes', en: 'The notification was sent' },
    {
      attempt,
      channel: field(NotificationChannel, { fi: 'Lähetystapa', sv: 'Sändningssätt', en: 'Channel' }),
      messageId: field(shape({ kind: 'text', max: 300 }, Type.String({ minLength: 1, maxLength: 300 })), {
        fi: 'Viestin tunniste (Message-ID)',
        sv: 'Meddelandets id (Message-ID)',
        en: 'Message-ID',
      }),
    },
  ),
  NotificationFailed: v1(
    {
      fi: 'Ilmoitusta ei saatu lähetetyksi, ja sitä yritetään uudelleen',
      sv: 'Meddelandet kunde inte sändas, och ett nytt försök görs',
      en: 'The notification could not be sent and will be tried again',
    },
    { attempt, trouble, next: field(InstantText, { fi: 'Seuraava yritys', sv: 'Nästa försök', en: 'The next attempt' }) },
  ),
  NotificationUncertain: v1(
    {
      fi: 'Ei tiedetä, lähtikö ilmoitus: sitä ei lähetetä uudelleen ilman päätöstä',
      sv: 'Det är oklart om meddelandet gick iväg: det sänds inte på nytt utan beslut',
      en: 'Whether the notification went out is not known: it is not sent again without a decision',
    },
    { attempt, trouble },
  ),
  NotificationGivenUp: v1(
    { fi: 'Ilmoituksen lähettämisestä luovuttiin', sv: 'Meddelandet sänds inte', en: 'The notification was given up' },
    { attempt, trouble },
  ),
  NotificationResendDecided: v1(
    {
      fi: 'Ilmoitus päätettiin lähettää uudelleen',
      sv: 'Det beslöts att meddelandet sänds på nytt',
      en: 'It was decided to send the notification again',
    },
    { attempt, reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }) },
  ),
};
