import { Type } from 'typebox';
import { field, personal, v1 } from '#kernel/event-schema';
import { KeyText, ReasonText, VersionNumber } from '#kernel/schemas';

const account = field(VersionNumber, {
  fi: 'Monesko organisaation nimeämä tili',
  sv: 'Det hur mångte konto som organisationen uppgett',
  en: 'Which of the accounts that the organisation named, from 1',
});

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const accountEvents = {
  PayeeAccountNamed: v1(
    { fi: 'Tili maksuja varten nimettiin', sv: 'Ett konto för utbetalningar uppgavs', en: 'An account for payments was named' },
    {
      organisation: field(KeyText, {
        fi: 'Organisaatio, jolle maksetaan',
        sv: 'Organisation som betalas',
        en: 'The organisation that is paid',
      }),
      account,
      person: field(
        Type.String({ minLength: 1, maxLength: 200 }),
        {
          fi: 'Tunnus, jonka avaimella tili on salattu',
          sv: 'Id vars nyckel kontot är krypterat med',
          en: 'The id under whose key the account is sealed',
        },
        'internal',
      ),
      iban: personal('person', { fi: 'Tilinumero (IBAN)', sv: 'Kontonummer (IBAN)', en: 'Account number (IBAN)' }, 'secret', {
        kind: 'text',
        max: 60,
      }),
      holder: personal('person', { fi: 'Tilin haltija', sv: 'Kontots innehavare', en: 'Holder of the account' }, 'secret', {
        kind: 'text',
        max: 140,
      }),
    },
  ),
  PayeeAccountConfirmed: v1(
    { fi: 'Tili vahvistettiin', sv: 'Kontot bekräftades', en: 'The account was confirmed' },
    {
      account,
      evidence: field(
        ReasonText,
        { fi: 'Miten tili tarkistettiin', sv: 'Hur kontot kontrollerades', en: 'How it was checked' },
        'internal',
      ),
    },
  ),
};
