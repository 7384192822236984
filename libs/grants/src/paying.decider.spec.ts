import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { grant } from './grant.decider.js';
import type { LeftOutBecause } from './payment.events.js';
import {
  by,
  decided,
  decidedAs,
  going,
  heard,
  inspected,
  key,
  known,
  notified,
  opened,
  own,
  paid,
  reported,
  requested,
  substance,
  type GrantEvent,
} from './grant.testing.js';

const { given: givenEvents } = specOf(grant);
const given = (...events: readonly GrantEvent[]) => givenEvents(...events).knowing(known);
const which = { grant: key };
const suspended: GrantEvent = { type: 'PaymentSuspended', data: { hearing: 'h', grounds: 'g', decider: 'person-decider' } };
const terminated: GrantEvent = { type: 'PaymentTerminated', data: { hearing: 'h', grounds: 'g', decider: 'person-decider' } };
const resumed: GrantEvent = { type: 'PaymentResumed', data: { grounds: 'g', decider: 'person-decider' } };

describe('a payment', () => {
  const ask = { ...own, payment: 'p', instalment: 'first', amount: 600_000 };
  const decide = { ...which, payment: 'p', amount: 600_000, grounds: 'g' };
  const send = { ...which, payment: 'p' };

  it('is asked for of an instalment, once the grant is accepted', () => {
    given(...going)
      .when('RequestPayment', ask)
      .then([requested('p', 'first', 600_000)]);
    given(opened, notified).when('RequestPayment', ask).thenRefused('grant-not-accepted');
    given(...going, requested('p', 'first', 1))
      .when('RequestPayment', ask)
      .thenRefused('payment-exists', { payment: 'p' });
    given(...going)
      .when('RequestPayment', { ...ask, instalment: 'other' })
      .thenRefused('instalment-unknown', { instalment: 'other' });
    given(...going)
      .when('RequestPayment', { ...ask, amount: 0 })
      .thenRefused('payment-zero');
  });

  it('is decided once, of what was asked for and planned at most', () => {
    const asked = given(...going, requested('p', 'first', 600_000));
    asked.when('DecidePayment', decide, by('payer')).then([decided('p', 600_000)]);
    asked
      .when('DecidePayment', { ...decide, amount: 600_001 }, by('payer'))
      .thenRefused('payment-too-large', { amount: 600_001, largest: 600_000 });
    asked.when('DecidePayment', decide, by('presenter')).thenRefused('grant-decider-presented');
    asked.when('DecidePayment', decide, by('disqualified')).thenRefused('grant-handler-disqualified');
    given(...going)
      .when('DecidePayment', decide, by('payer'))
      .thenRefused('payment-not-requested', { payment: 'p' });
    given(...going, ...paid('p', 'first', 1))
      .when('DecidePayment', decide, by('payer'))
      .thenRefused('payment-not-requested', { payment: 'p' });
    given(opened, notified, requested('p', 'first', 1))
      .when('DecidePayment', decide, by('payer'))
      .thenRefused('grant-not-accepted');
    given(...going, requested('p', 'first', 700_000))
      .when('DecidePayment', { ...decide, amount: 600_001 }, by('payer'))
      .thenRefused('payment-too-large', { amount: 600_001, largest: 600_000 });
    given(...going, ...paid('o', 'first', 500_000), requested('p', 'first', 200_000))
      .when('DecidePayment', { ...decide, amount: 100_001 }, by('payer'))
      .thenRefused('payment-too-large', { amount: 100_001, largest: 100_000 });
  });

  it('is never more than the grant, as it was reduced', () => {
    const reduced: GrantEvent = { type: 'ReductionDecided', data: { reducedBy: 500_000, ground: 'breach', reason: 'r', decider: 'x' } };
    given(...going, reduced, requested('p', 'first', 600_000))
      .when('DecidePayment', { ...decide, amount: 500_001 }, by('payer'))
      .thenRefused('payment-too-large', { amount: 500_001, largest: 500_000 });
  });

  it('of the last instalment comes after both inspections of the final report, up to what the grant comes to', () => {
    const last = { ...decide, payment: 'q', amount: 399_999 };
    const before = [...going, ...paid('p', 'first', 600_000), requested('q', 'last', 400_000)];
    given(...before)
      .when('DecidePayment', last, by('payer'))
      .thenRefused('final-payment-before-inspection');
    given(...before, reported('f', 'final'))
      .when('DecidePayment', last, by('payer'))
      .thenRefused('final-payment-before-inspection');
    given(...before, reported('f', 'final'), substance('f'))
      .when('DecidePayment', last, by('payer'))
      .thenRefused('final-payment-before-inspection');
    given(...before, ...inspected(1_428_571))
      .when('DecidePayment', last, by('payer'))
      .then([decided('q', 399_999)]);
    given(...before, ...inspected(1_428_571))
      .when('DecidePayment', { ...last, amount: 400_000 }, by('payer'))
      .thenRefused('payment-too-large', { amount: 400_000, largest: 399_999 });
  });

  it('of another instalment is no more than what the inspected final report leaves to pay, either', () => {
    given(...going, ...inspected(100_000), requested('p', 'first', 600_000))
      .when('DecidePayment', { ...decide, amount: 70_001 }, by('payer'))
      .thenRefused('payment-too-large', { amount: 70_001, largest: 70_000 });
  });

  describe('in a batch', () => {
    const ready = [...going, requested('p', 'first', 600_000), decided('p', 600_000)];
    const of = { ...which, payment: 'p', batch: 'b', preparer: 'person-preparer' };
    const batched: GrantEvent = { type: 'PaymentBatched', data: { payment: 'p', batch: 'b' } };
    const leftOut = (because: LeftOutBecause, payment = 'p', batch = 'b'): GrantEvent => ({
      type: 'PaymentLeftOut',
      data: { payment, batch, because },
    });
    const sent: GrantEvent = { type: 'PaymentSent', data: { payment: 'p', sender: 'person-preparer', batch: 'b' } };
    const rejected: GrantEvent = { type: 'PaymentRejected', data: { payment: 'p', reason: 'AC04', batch: 'b' } };
    const release = { ...of, releaser: 'person-releaser' };

    it('is there once, until it is left out or rejected', () => {
      given(...ready)
        .when('PutPaymentInBatch', of)
        .then([batched]);
      given(...ready, batched)
        .when('PutPaymentInBatch', of)
        .thenNothing();
      const other = { ...of, batch: 'other' };
      given(...ready, batched)
        .when('PutPaymentInBatch', other)
        .then([leftOut('in-another-batch', 'p', 'other')]);
      given(...ready, batched, leftOut('in-another-batch', 'p', 'other'))
        .when('PutPaymentInBatch', other)
        .then([leftOut('in-another-batch', 'p', 'other')]);
      given(...ready, batched, leftOut('batch-cancelled'))
        .when('PutPaymentInBatch', other)
        .then([{ type: 'PaymentBatched', data: { payment: 'p', batch: 'other' } }]);
      given(...ready, batched, sent)
        .when('PutPaymentInBatch', other)
        .then([leftOut('in-another-batch', 'p', 'other')]);
      given(...ready, batched, sent, rejected)
        .when('PutPaymentInBatch', other)
        .then([{ type: 'PaymentBatched', data: { payment: 'p', batch: 'other' } }]);
      given(...ready, batched)
        .when('RecordPaymentSent', send, by('sender'))
        .thenRefused('payment-in-batch', { payment: 'p', batch: 'b' });
      given(...ready, batched)
        .when('TakePaymentOutOfBatch', of)
        .then([leftOut('batch-cancelled')]);
      given(...ready, batched, sent)
        .when('TakePaymentOutOfBatch', of)
        .thenNothing();
    });

    it('is left out where it cannot be paid, or not by these people', () => {
      given(...going)
        .when('PutPaymentInBatch', of)
        .then([leftOut('not-decided')]);
      given(...ready, suspended)
        .when('PutPaymentInBatch', of)
        .then([leftOut('payments-stopped')]);
      given(...ready)
        .when('PutPaymentInBatch', { ...of, preparer: 'person-payer' })
        .then([leftOut('preparer-decided')]);
      given(...ready)
        .when('PutPaymentInBatch', { ...of, preparer: 'person-disqualified' })
        .then([leftOut('preparer-disqualified')]);
      given(...ready, batched)
        .when('SendPaymentOfBatch', release)
        .then([sent]);
      given(...ready, batched, suspended)
        .when('SendPaymentOfBatch', release)
        .then([leftOut('payments-stopped')]);
      given(...ready, batched, terminated)
        .when('SendPaymentOfBatch', release)
        .then([leftOut('payments-stopped')]);
      given(...ready, batched)
        .when('SendPaymentOfBatch', { ...release, releaser: 'person-disqualified' })
        .then([leftOut('releaser-disqualified')]);
      given(...ready)
        .when('SendPaymentOfBatch', release)
        .thenNothing();
      given(...ready, batched, sent)
        .when('SendPaymentOfBatch', release)
        .thenNothing();
    });

    it('goes again after the bank rejected it only as far as the grant still has room for it', () => {
      const instead = [requested('q', 'first', 1), decided('q', 1)];
      const other = { ...of, batch: 'other' };
      given(...ready, batched, sent, rejected, ...instead)
        .when('PutPaymentInBatch', other)
        .then([leftOut('too-large', 'p', 'other')]);
      given(...ready, batched, sent, rejected, requested('q', 'first', 1), {
        type: 'PaymentBatched',
        data: { payment: 'p', batch: 'other' },
      })
        .when('DecidePayment', { ...decide, payment: 'q', amount: 1 }, by('payer'))
        .thenRefused('payment-too-large', { amount: 1, largest: 0 });
    });

    it('is confirmed or rejected with the batch that it was in, and keeps the grant from being settled until then', () => {
      given(...ready, batched, sent)
        .when('ConfirmPayment', { ...send, paidOn: '2027-06-01' }, by('r'))
        .then([{ type: 'PaymentConfirmed', data: { payment: 'p', paidOn: '2027-06-01', batch: 'b' } }]);
      given(...ready, batched, sent)
        .when('RecordPaymentRejected', { ...send, reason: 'AC04' }, by('r'))
        .then([rejected]);
      given(...ready, batched, ...inspected(1_428_571))
        .when('SettleGrant', which, by('decider'))
        .thenRefused('payments-under-way');
    });
  });

  it('is sent once, by somebody who did not decide it, and never while payments are suspended', () => {
    const ready = [...going, requested('p', 'first', 600_000), decided('p', 600_000)];
    given(...ready)
      .when('RecordPaymentSent', send, by('sender'))
      .then([{ type: 'PaymentSent', data: { payment: 'p', sender: 'person-sender' } }]);
    given(...ready)
      .when('RecordPaymentSent', send, by('payer'))
      .thenRefused('payment-sender-decided');
    given(...ready, suspended)
      .when('RecordPaymentSent', send, by('sender'))
      .thenRefused('payments-suspended');
    given(...ready, terminated)
      .when('RecordPaymentSent', send, by('sender'))
      .thenRefused('payments-terminated');
    given(...going, ...paid('p', 'first', 1))
      .when('RecordPaymentSent', send, by('sender'))
      .thenNothing();
    given(...going, requested('p', 'first', 1))
      .when('RecordPaymentSent', send, by('sender'))
      .thenRefused('payment-not-decided', { payment: 'p' });
  });

  it('is confirmed or rejected once it was sent, and a rejected one is not paid', () => {
    const sent = [...going, ...paid('p', 'first', 600_000).slice(0, 3)];
    const confirm = { ...which, payment: 'p', paidOn: '2027-02-01' };
    const rejected: GrantEvent = { type: 'PaymentRejected', data: { payment: 'p', reason: 'AC01' } };
    given(...sent)
      .when('ConfirmPayment', confirm, by('r'))
      .then([{ type: 'PaymentConfirmed', data: { payment: 'p', paidOn: '2027-02-01' } }]);
    given(...sent)
      .when('ConfirmPayment', { ...confirm, paidOn: '2027-06-02' }, by('r'))
      .thenRefused('grant-day-in-future', { day: '2027-06-02' });
    given(...going, ...paid('p', 'first', 600_000))
      .when('ConfirmPayment', confirm, by('r'))
      .thenNothing();
    given(...sent)
      .when('RecordPaymentRejected', { ...which, payment: 'p', reason: 'AC01' })
      .then([rejected]);
    given(...sent, rejected)
      .when('ConfirmPayment', confirm, by('r'))
      .thenRefused('payment-not-sent', { payment: 'p' });
    given(...sent, rejected, requested('q', 'first', 600_000))
      .when('DecidePayment', { ...decide, payment: 'q' }, by('payer'))
      .then([decided('q', 600_000)]);
  });
});

describe('suspending payments', () => {
  const suspend = { ...which, hearing: 'h', grounds: 'g' };

  it('needs a hearing about it that is over', () => {
    given(...going)
      .when('SuspendPayments', suspend, by('decider'))
      .thenRefused('grantee-not-heard', { hearing: 'h' });
    given(...going, heard('recovery'))
      .when('SuspendPayments', suspend, by('decider'))
      .thenRefused('grantee-not-heard', { hearing: 'h' });
    const open = [...going, heard('suspension', '2027-06-01')];
    given(...open)
      .when('SuspendPayments', suspend, by('decider', '2027-06-01T20:59:59.999Z'))
      .thenRefused('grantee-still-heard', { due: '2027-06-01' });
    given(...open)
      .when('SuspendPayments', suspend, by('decider', '2027-06-01T21:00:00.000Z'))
      .then([suspended]);
    given(...open, { type: 'GrantStatementGiven', data: { hearing: 'h', text: 't', isLate: false } })
      .when('SuspendPayments', suspend, by('decider'))
      .then([suspended]);
    given(...going, heard('suspension'))
      .when('SuspendPayments', suspend, by('presenter'))
      .thenRefused('grant-decider-presented');
    given(...going, heard('suspension'))
      .when('TerminatePayments', suspend, by('decider'))
      .thenRefused('grantee-not-heard', { hearing: 'h' });
    given(...going, heard('termination'))
      .when('TerminatePayments', suspend, by('decider'))
      .then([terminated]);
  });

  it('lets nothing be paid until it is resumed', () => {
    const pay = { ...which, payment: 'p', amount: 1, grounds: 'g' };
    const asked = requested('p', 'first', 1);
    given(...going, asked, suspended)
      .when('DecidePayment', pay, by('payer'))
      .thenRefused('payments-suspended');
    given(...going, suspended)
      .when('ResumePayments', { ...which, grounds: 'g' }, by('decider'))
      .then([resumed]);
    given(...going, asked, suspended, resumed)
      .when('DecidePayment', pay, by('payer'))
      .then([decided('p', 1)]);
    given(...going)
      .when('ResumePayments', { ...which, grounds: 'g' }, by('decider'))
      .thenNothing();
    given(...going, terminated)
      .when('ResumePayments', { ...which, grounds: 'g' }, by('decider'))
      .thenRefused('payments-terminated');
    given(...going, asked, terminated)
      .when('DecidePayment', pay, by('payer'))
      .thenRefused('payments-terminated');
  });
});

describe('money that comes back', () => {
  const first = paid('p', 'first', 600_000, '2027-01-31');
  const recover = {
    ...which,
    recovery: 'r',
    hearing: 'h',
    duty: 'mandatory',
    parts: [{ payment: 'p', amount: 100_000 }],
    bearsInterest: true,
    grounds: 'g',
  } as const;
  const { grant: _, ...said } = recover;
  const recovery: GrantEvent = { type: 'RecoveryDecided', data: { ...said, decider: 'person-decider' } };
  const received = (amount: number, receivedOn: string, interest: number): GrantEvent => ({
    type: 'RecoveryReceived',
    data: { recovery: 'r', amount, receivedOn, interest },
  });

  it('of the grantee’s own accord is at most what was paid and is not back', () => {
    const repay = { ...which, repayment: 'x', amount: 600_000, receivedOn: '2027-05-01' };
    const { grant: _g, ...data } = repay;
    given(...going, ...first)
      .when('RecordRepayment', repay, by('r'))
      .then([{ type: 'RepaymentReceived', data }]);
    given(...going, ...first)
      .when('RecordRepayment', { ...repay, amount: 600_001 }, by('r'))
      .thenRefused('repayment-too-large', { amount: 600_001, largest: 600_000 });
    given(...going, ...first, recovery)
      .when('RecordRepayment', repay, by('r'))
      .thenRefused('repayment-too-large', { amount: 600_000, largest: 500_000 });
    given(...going, ...first, { type: 'RepaymentReceived', data: { ...data, amount: 1 } })
      .when('RecordRepayment', repay, by('r'))
      .thenRefused('repayment-exists', { repayment: 'x' });
  });

  it('is recovered after a hearing, of payments that were paid, and not twice', () => {
    const after = [...going, ...first, heard('recovery')];
    given(...after)
      .when('DecideRecovery', recover, by('decider'))
      .then([recovery]);
    given(...going, ...first)
      .when('DecideRecovery', recover, by('decider'))
      .thenRefused('grantee-not-heard', { hearing: 'h' });
    given(...going, ...first, heard('suspension'))
      .when('DecideRecovery', recover, by('decider'))
      .thenRefused('grantee-not-heard', { hearing: 'h' });
    given(...after, recovery)
      .when('DecideRecovery', recover, by('decider'))
      .thenRefused('recovery-exists', { recovery: 'r' });
    given(...after)
      .when('DecideRecovery', { ...recover, parts: [] }, by('decider'))
      .thenRefused('recovery-parts');
    given(...going, requested('p', 'first', 1), heard('recovery'))
      .when('DecideRecovery', recover, by('decider'))
      .thenRefused('payment-not-confirmed', { payment: 'p' });
    const rest = { ...recover, recovery: 's', parts: [{ payment: 'p', amount: 500_001 }] };
    given(...after, recovery)
      .when('DecideRecovery', rest, by('decider'))
      .thenRefused('recovery-too-large', { amount: 500_001, largest: 500_000 });
    const repaid: GrantEvent = { type: 'RepaymentReceived', data: { repayment: 'x', amount: 550_000, receivedOn: '2027-05-01' } };
    given(...after, repaid)
      .when('DecideRecovery', recover, by('decider'))
      .thenRefused('recovery-too-large', { amount: 100_000, largest: 50_000 });
  });

  it('is due on a day to come, and one that is further away than usual is asked about', () => {
    const on = (due: string, isFarDayMeant?: boolean) =>
      given(...going, ...first, heard('recovery')).when(
        'DecideRecovery',
        { ...recover, due, ...(isFarDayMeant && { isFarDayMeant }) },
        by('decider', '2027-06-01T09:00:00.000Z'),
      );
    on('2027-05-31').thenRefused('grant-due-passed', { due: '2027-05-31' });
    on('2052-06-30').thenRefused('grant-due-far-away', { due: '2052-06-30', days: 90 });
    on('2052-06-30', true).then([{ ...recovery, data: { ...recovery.data, due: '2052-06-30' } }]);
    on('2027-06-30').then([{ ...recovery, data: { ...recovery.data, due: '2027-06-30' } }]);
  });

  it('has its due day corrected with a reason while some of it is open', () => {
    const now = by('decider', '2027-06-01T09:00:00.000Z');
    const correct = { ...which, recovery: 'r', due: '2027-07-15', reason: 'Kirjoitusvirhe' };
    const corrected: GrantEvent = { type: 'RecoveryDueCorrected', data: { recovery: 'r', due: '2027-07-15', reason: 'Kirjoitusvirhe' } };
    const far = { ...recovery, data: { ...recovery.data, due: '2052-06-30' } } as GrantEvent;
    given(...going, ...first, far)
      .when('CorrectRecoveryDue', correct, now)
      .then([corrected]);
    given(...going, ...first, far, corrected)
      .when('CorrectRecoveryDue', correct, now)
      .thenNothing();
    given(...going, ...first, recovery)
      .when('CorrectRecoveryDue', correct, now)
      .then([corrected]);
    given(...going, ...first)
      .when('CorrectRecoveryDue', correct, now)
      .thenRefused('recovery-unknown', { recovery: 'r' });
    given(...going, ...first, far)
      .when('CorrectRecoveryDue', { ...correct, due: '2052-07-15' }, now)
      .thenRefused('grant-due-far-away', { due: '2052-07-15' });
    given(...going, ...first, far, received(100_000, '2027-05-31', 0))
      .when('CorrectRecoveryDue', correct, now)
      .thenRefused('recovery-settled', { recovery: 'r' });
  });

  it('bears interest from the day after its payment’s to its own, by the published rates', () => {
    // 100,000 cents for 120 days at 4.5 + 3 per cent.
    const come = { ...which, recovery: 'r', amount: 100_000, receivedOn: '2027-05-31' };
    given(...going, ...first, recovery)
      .when('RecordRecoveryReceived', come, by('r'))
      .then([received(100_000, '2027-05-31', 2_465)]);
    const free: GrantEvent = { type: 'RecoveryDecided', data: { ...said, bearsInterest: false, decider: 'x' } };
    given(...going, ...first, free)
      .when('RecordRecoveryReceived', come, by('r'))
      .then([received(100_000, '2027-05-31', 0)]);
    const later = { ...known, terms: { ...known.terms, rates: [{ from: '2027-02-02', value: 450 }] } };
    givenEvents(...going, ...first, recovery)
      .knowing(later)
      .when('RecordRecoveryReceived', come, by('r'))
      .thenRefused('interest-rate-unknown', { day: '2027-02-01' });
  });

  it('in parts bears together what all of it bears, rounded down once', () => {
    // Each 33,333 cents bear 821.9… cents, the last 33,334 too: 2,465 together, and not three times 821.
    const come = (amount: number) => ({ ...which, recovery: 'r', amount, receivedOn: '2027-05-31' });
    const one = received(33_333, '2027-05-31', 821);
    const two = received(33_333, '2027-05-31', 822);
    given(...going, ...first, recovery)
      .when('RecordRecoveryReceived', come(33_333), by('r'))
      .then([one]);
    given(...going, ...first, recovery, one)
      .when('RecordRecoveryReceived', come(33_333), by('r'))
      .then([two]);
    given(...going, ...first, recovery, one, two)
      .when('RecordRecoveryReceived', come(33_334), by('r'))
      .then([received(33_334, '2027-05-31', 822)]);
  });

  it('repays the first of the recovered payments first', () => {
    const second = paid('q', 'first', 100_000, '2027-05-01');
    const both: GrantEvent = {
      type: 'RecoveryDecided',
      data: {
        ...said,
        parts: [
          { payment: 'p', amount: 50_000 },
          { payment: 'q', amount: 50_000 },
        ],
        decider: 'x',
      },
    };
    // 50,000 for 120 days and 20,000 for 30: 1,232.8… and 123.2….
    givenEvents(...going, ...paid('p', 'first', 500_000, '2027-01-31'), ...second, both)
      .knowing(decidedAs({}))
      .when('RecordRecoveryReceived', { ...which, recovery: 'r', amount: 70_000, receivedOn: '2027-05-31' }, by('r'))
      .then([received(70_000, '2027-05-31', 1_356)]);
  });

  it('is waived in part or whole, never more than is open', () => {
    const waive = { ...which, recovery: 'r', amount: 40_000, reasons: 'Kohtuuton' };
    const after = [...going, ...first, recovery, received(60_000, '2027-05-01', 1_109)];
    given(...after)
      .when('WaiveRecovery', waive, by('decider'))
      .then([{ type: 'RecoveryWaived', data: { recovery: 'r', amount: 40_000, reasons: 'Kohtuuton', decider: 'person-decider' } }]);
    given(...after)
      .when('WaiveRecovery', { ...waive, amount: 40_001 }, by('decider'))
      .thenRefused('recovery-over-open', { amount: 40_001, open: 40_000 });
    given(...after)
      .when('RecordRecoveryReceived', { ...which, recovery: 'r', amount: 40_001, receivedOn: '2027-05-01' }, by('r'))
      .thenRefused('recovery-over-open', { amount: 40_001, open: 40_000 });
    given(...going)
      .when('WaiveRecovery', waive, by('decider'))
      .thenRefused('recovery-unknown', { recovery: 'r' });
    given(...after)
      .when('WaiveRecovery', waive, by('presenter'))
      .thenRefused('grant-decider-presented');
  });
});
