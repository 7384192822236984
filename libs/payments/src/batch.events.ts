import { Type } from 'typebox';
import { LeftOutBecause } from '#grants/payment.events';
import { field, listOf, optional, record, v1, type StaticOf } from '#kernel/event-schema';
import { CentsNumber, choice, Count, DayText, KeyText, MatterText, ReasonText, Sha256, textUpTo, VersionNumber } from '#kernel/schemas';

export const PaymentAnswer = choice('PaymentAnswer', ['accepted', 'rejected', 'pending'], 'What the bank says of a payment.');
export const BankAnswer = choice('BankAnswer', ['accepted', 'rejected', 'partly', 'pending'], 'What the bank says of a batch.');

const person = (description: { readonly fi: string; readonly sv: string; readonly en: string }) =>
  field(Type.String({ minLength: 1, maxLength: 200 }), description, 'internal');
const which = {
  grant: field(MatterText, { fi: 'Avustus', sv: 'Understöd', en: 'Grant' }),
  payment: field(KeyText, { fi: 'Maksun tunnus', sv: 'Betalningens id', en: 'Id of the payment' }),
};
const organisation = field(KeyText, {
  fi: 'Organisaatio, jolle maksetaan',
  sv: 'Organisation som betalas',
  en: 'The organisation that is paid',
});
const leftOut = field(
  listOf(
    record(
      { ...which, because: field(LeftOutBecause, { fi: 'Syy', sv: 'Orsak', en: 'Why' }) },
      'PaymentLeftOut',
      'A payment that is not in a batch that it was meant for.',
    ),
  ),
  { fi: 'Pois jääneet maksut', sv: 'Betalningar som lämnades utanför', en: 'Payments that were left out' },
);
const hash = field(Sha256, { fi: 'Tiedoston tiiviste (SHA-256)', sv: 'Filens kontrollsumma (SHA-256)', en: 'Hash of the file (SHA-256)' });

export const PaymentToPrepare = record(
  { ...which, organisation },
  'PaymentToPrepare',
  'A payment that is to go into a batch, and to whom.',
);
const PreparedPayment = record(
  {
    ...which,
    organisation,
    amount: field(CentsNumber, { fi: 'Määrä (senttejä)', sv: 'Belopp (cent)', en: 'Amount (cents)' }),
    account: field(VersionNumber, {
      fi: 'Mille organisaation nimeämistä tileistä',
      sv: 'Till vilket av de konton som organisationen uppgett',
      en: 'To which of the accounts that the organisation named',
    }),
  },
  'PreparedPayment',
  'A payment of a batch, and to which account.',
);
const AnsweredPayment = record(
  {
    ...which,
    answer: field(PaymentAnswer, { fi: 'Pankin vastaus', sv: 'Bankens svar', en: 'What the bank says' }),
    reason: optional(textUpTo(500), { fi: 'Syy', sv: 'Orsak', en: 'Reason' }),
    paidOn: optional(DayText, { fi: 'Maksupäivä', sv: 'Betalningsdag', en: 'Paid on' }),
  },
  'AnsweredPayment',
  'What the bank says of a payment.',
);
export type AnsweredPayment = StaticOf<typeof AnsweredPayment>;

/** Stored for ever: add an event or a version, never rename one or change what it means. */
export const batchEvents = {
  PaymentBatchPrepared: v1(
    { fi: 'Maksuaineisto valmisteltiin', sv: 'En betalningsomgång bereddes', en: 'A batch of payments was prepared' },
    {
      payments: field(listOf(PreparedPayment, { minItems: 1 }), { fi: 'Maksut', sv: 'Betalningar', en: 'Payments' }),
      executeOn: field(DayText, { fi: 'Maksupäivä', sv: 'Betalningsdag', en: 'To be paid on' }),
      preparer: person({ fi: 'Valmistelijan tunnus', sv: 'Beredarens id', en: 'Id of who prepared it' }),
    },
  ),
  PaymentBatchCollected: v1(
    {
      fi: 'Maksuaineiston maksut varattiin sille',
      sv: 'Omgångens betalningar reserverades för den',
      en: 'The payments of a batch were taken into it',
    },
    { leftOut },
  ),
  PaymentBatchReleased: v1(
    { fi: 'Maksuaineisto vapautettiin maksuun', sv: 'Betalningsomgången frisläpptes', en: 'A batch of payments was released' },
    { releaser: person({ fi: 'Vapauttajan tunnus', sv: 'Frisläpparens id', en: 'Id of who released it' }) },
  ),
  PaymentBatchCancelled: v1(
    { fi: 'Maksuaineisto peruttiin', sv: 'Betalningsomgången annullerades', en: 'A batch of payments was cancelled' },
    { reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }) },
  ),
  PaymentBatchFixed: v1(
    {
      fi: 'Maksuaineiston maksut kirjattiin lähetetyiksi, ja aineiston sisältö lukittiin',
      sv: 'Omgångens betalningar antecknades som sända, och innehållet låstes',
      en: 'The payments of a batch were recorded as sent, and what it holds is fixed',
    },
    { leftOut },
  ),
  PaymentFileStaged: v1(
    { fi: 'Maksuaineiston tiedosto valmistui', sv: 'Betalningsomgångens fil blev klar', en: 'The file of a batch stands ready' },
    {
      file: field(textUpTo(100), { fi: 'Tiedosto', sv: 'Fil', en: 'File' }),
      message: field(textUpTo(35), { fi: 'Sanoman tunnus', sv: 'Meddelandets id', en: 'Id of the message' }),
      hash,
      payments: field(Count, { fi: 'Maksuja', sv: 'Antal betalningar', en: 'How many payments it has' }),
      total: field(CentsNumber, { fi: 'Yhteensä (senttejä)', sv: 'Sammanlagt (cent)', en: 'Their sum (cents)' }),
      debtorName: field(textUpTo(140), { fi: 'Maksaja', sv: 'Betalare', en: 'Who pays' }),
      debtorIban: field(textUpTo(34), { fi: 'Maksajan tili', sv: 'Betalarens konto', en: 'The account that it is paid from' }, 'internal'),
    },
  ),
  PaymentFileWritten: v1(
    { fi: 'Maksuaineiston tiedosto luovutettiin', sv: 'Filen lämnades ut', en: 'The file of a batch was let out' },
    {},
  ),
  PaymentStatusReceived: v1(
    { fi: 'Pankki vastasi maksuaineistoon', sv: 'Banken svarade på betalningsomgången', en: 'The bank answered a batch' },
    {
      report: field(textUpTo(35), { fi: 'Pankin sanoman tunnus', sv: 'Bankmeddelandets id', en: 'Id of the bank’s message' }),
      hash,
      answer: field(BankAnswer, { fi: 'Pankin vastaus', sv: 'Bankens svar', en: 'What the bank says' }),
      payments: field(listOf(AnsweredPayment), { fi: 'Maksut', sv: 'Betalningar', en: 'Payments' }),
    },
  ),
};
