import { Type } from 'typebox';
import { field, listOf, optional, personal, v1 } from '#kernel/event-schema';
import { KeyText, LanguageCode, Region } from '#kernel/schemas';

const person = field(Type.String({ minLength: 1, maxLength: 200 }), {
  fi: 'Tunnus, jonka avaimella osoite on salattu',
  sv: 'Id vars nyckel adressen är krypterad med',
  en: 'The id under whose key the address is sealed',
});

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const mailboxEvents = {
  MailboxNamed: v1(
    {
      fi: 'Postilaatikko ilmoituksia varten nimettiin',
      sv: 'En brevlåda för meddelanden angavs',
      en: 'A mailbox for notifications was named',
    },
    {
      region: optional(Region, { fi: 'Maakunta, jonka se on', sv: 'Landskap vars den är', en: 'The region whose it is' }),
      organisation: optional(KeyText, {
        fi: 'Organisaatio, jonka se on',
        sv: 'Organisation vars den är',
        en: 'The organisation whose it is',
      }),
      person,
      address: personal('person', { fi: 'Sähköpostiosoite', sv: 'E-postadress', en: 'E-mail address' }, 'internal', { kind: 'email' }),
      languages: field(listOf(LanguageCode, { minItems: 1, uniqueItems: true }), {
        fi: 'Kielet, joilla viestit kirjoitetaan',
        sv: 'Språk som meddelandena skrivs på',
        en: 'The languages that messages are written in',
      }),
    },
  ),
  MailboxRemoved: v1(
    {
      fi: 'Postilaatikko poistettiin: sinne ei lähetetä enää ilmoituksia',
      sv: 'Brevlådan togs bort: inga meddelanden sänds längre dit',
      en: 'The mailbox was removed: no notifications are sent there any more',
    },
    {},
  ),
};
