import { Type } from 'typebox';
import { field, listOf, optional, optionally, record, v1, type StaticOf, ofAuthority } from '#kernel/event-schema';
import { CentsNumber, choice, DayText, KeyText, ReasonText, Text, textUpTo, YesNo } from '#kernel/schemas';

const RecoveryDuty = choice('RecoveryDuty', ['mandatory', 'discretionary'], 'Whether money must be recovered or may be.');

export const LeftOutBecause = choice(
  'PaymentLeftOutBecause',
  [
    'not-decided',
    'in-another-batch',
    'payments-stopped',
    'grant-over',
    'too-large',
    'preparer-decided',
    'preparer-disqualified',
    'releaser-disqualified',
    'batch-cancelled',
  ],
  'Why a payment is not in a batch that it was meant for.',
);
/** Why a payment is not in a batch that it was meant for. */
export type LeftOutBecause = StaticOf<typeof LeftOutBecause>;

const Person = Type.String({ minLength: 1, maxLength: 200 });
const decider = ofAuthority(field(Person, { fi: 'Ratkaisijan tunnus', sv: 'Beslutsfattarens id', en: 'Id of the decider' }, 'internal'));
const grounds = field(Text, { fi: 'Perustelut', sv: 'Motivering', en: 'Grounds' });
const payment = field(KeyText, { fi: 'Maksun tunnus', sv: 'Betalningens id', en: 'Id of the payment' });
const recovery = field(KeyText, { fi: 'Takaisinperinnän tunnus', sv: 'Återkravets id', en: 'Id of the recovery' });
const hearing = field(KeyText, { fi: 'Kuulemisen tunnus', sv: 'Hörandets id', en: 'Id of the hearing' });
const batch = field(KeyText, { fi: 'Maksuaineiston tunnus', sv: 'Betalningsomgångens id', en: 'Id of the batch' });
/** Of payments that leave in a batch. */
const inBatch = optionally(batch);
const sender = ofAuthority(field(Person, { fi: 'Lähettäjän tunnus', sv: 'Avsändarens id', en: 'Id of the sender' }, 'internal'));
const paidOn = field(DayText, { fi: 'Maksupäivä', sv: 'Betalningsdag', en: 'Paid on' });
const rejectedBecause = field(textUpTo(500), { fi: 'Syy', sv: 'Orsak', en: 'Reason' }, 'internal');
const amount = field(CentsNumber, { fi: 'Määrä (senttejä)', sv: 'Belopp (cent)', en: 'Amount (cents)' });
const receivedOn = field(DayText, { fi: 'Palautuspäivä', sv: 'Återbetalningsdag', en: 'Received on' });

/** What of a grant is paid and comes back. Stored for ever: add an event or a version, never rename one or change what it means. */
export const paymentEvents = {
  PaymentRequested: v1(
    { fi: 'Maksua pyydettiin', sv: 'En utbetalning begärdes', en: 'A payment was requested' },
    { payment, instalment: field(KeyText, { fi: 'Maksuerä', sv: 'Post', en: 'Instalment' }), amount },
  ),
  PaymentDecided: v1(
    { fi: 'Maksatuspäätös tehtiin', sv: 'Beslut om utbetalning fattades', en: 'A payment was decided' },
    { payment, amount, grounds, decider },
  ),
  PaymentBatched: v1(
    { fi: 'Maksu otettiin maksuaineistoon', sv: 'Betalningen togs med i en betalningsomgång', en: 'A payment was put into a batch' },
    { payment, batch },
  ),
  PaymentLeftOut: v1(
    {
      fi: 'Maksu jäi pois maksuaineistosta',
      sv: 'Betalningen lämnades utanför en betalningsomgång',
      en: 'A payment was left out of a batch',
    },
    { payment, batch, because: field(LeftOutBecause, { fi: 'Syy', sv: 'Orsak', en: 'Why' }) },
  ),
  PaymentSent: v1({ fi: 'Maksu lähetettiin', sv: 'Betalningen sändes', en: 'A payment was sent' }, { payment, sender }).next(
    { payment, sender, batch: inBatch },
    (older) => older,
  ),
  PaymentConfirmed: v1(
    { fi: 'Maksu vahvistettiin', sv: 'Betalningen bekräftades', en: 'A payment was confirmed' },
    { payment, paidOn },
  ).next({ payment, paidOn, batch: inBatch }, (older) => older),
  PaymentRejected: v1(
    { fi: 'Pankki hylkäsi maksun', sv: 'Banken avvisade betalningen', en: 'The bank rejected a payment' },
    { payment, reason: rejectedBecause },
  ).next({ payment, reason: rejectedBecause, batch: inBatch }, (older) => older),
  PaymentSuspended: v1(
    { fi: 'Maksaminen keskeytettiin', sv: 'Utbetalningen avbröts', en: 'Payments were suspended' },
    { hearing, grounds, decider },
  ),
  PaymentResumed: v1({ fi: 'Maksamista jatkettiin', sv: 'Utbetalningen återupptogs', en: 'Payments were resumed' }, { grounds, decider }),
  PaymentTerminated: v1(
    { fi: 'Maksaminen lopetettiin', sv: 'Utbetalningen upphörde', en: 'Payments were terminated' },
    { hearing, grounds, decider },
  ),
  RepaymentReceived: v1(
    {
      fi: 'Avustusta palautettiin oma-aloitteisesti',
      sv: 'Understöd återbetalades på eget initiativ',
      en: 'The grantee repaid of their own accord',
    },
    { repayment: field(KeyText, { fi: 'Palautuksen tunnus', sv: 'Återbetalningens id', en: 'Id of the repayment' }), amount, receivedOn },
  ),
  RecoveryDecided: v1(
    { fi: 'Avustus päätettiin periä takaisin', sv: 'Återkrav av understöd beslutades', en: 'A recovery was decided' },
    {
      recovery,
      hearing,
      duty: field(RecoveryDuty, { fi: 'Velvollisuus vai harkinta', sv: 'Skyldighet eller prövning', en: 'Mandatory or discretionary' }),
      parts: field(listOf(record({ payment, amount }, 'RecoveredPart', 'What of a payment is recovered.'), { minItems: 1 }), {
        fi: 'Mistä maksuista peritään',
        sv: 'Vilka betalningar som återkrävs',
        en: 'What is recovered of which payment',
      }),
      bearsInterest: field(YesNo, { fi: 'Peritään korkoa', sv: 'Ränta tas ut', en: 'It bears interest' }),
      due: optional(DayText, { fi: 'Eräpäivä', sv: 'Förfallodag', en: 'Due on' }),
      grounds,
      decider,
    },
  ),
  RecoveryDueCorrected: v1(
    {
      fi: 'Takaisinperinnän eräpäivä oikaistiin',
      sv: 'Förfallodagen för återkravet rättades',
      en: 'The due day of a recovery was corrected',
    },
    {
      recovery,
      due: field(DayText, { fi: 'Eräpäivä', sv: 'Förfallodag', en: 'Due on' }),
      reason: field(ReasonText, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal'),
    },
  ),
  RecoveryReceived: v1(
    { fi: 'Takaisin perittyä saatiin', sv: 'Återkrävt belopp mottogs', en: 'Recovered money was received' },
    {
      recovery,
      amount,
      receivedOn,
      interest: field(CentsNumber, { fi: 'Korko (senttejä)', sv: 'Ränta (cent)', en: 'Interest (cents)' }),
    },
  ),
  RecoveryWaived: v1(
    { fi: 'Takaisinperinnästä luovuttiin', sv: 'Återkravet efterskänktes', en: 'A recovery was waived' },
    { recovery, amount, reasons: field(ReasonText, { fi: 'Perustelut', sv: 'Motivering', en: 'Reasons' }), decider },
  ),
};
