import { describe, it } from '@jest/globals';
import type { ApplicationFacts } from '#applications/application.facts';
import type { GrantFacts } from '#grants/grant.facts';
import { specOf } from '#kernel/decider.testing';
import type { NewEvent } from '#kernel/event-schema';
import type { batchEvents } from './batch.events.js';
import { paymentBatch } from './batch.decider.js';

type Event = NewEvent<typeof batchEvents>;
const { given } = specOf(paymentBatch);
const key = 'c--fictional-council';
const organisation = 'fictional-council';
const one = { grant: key, payment: 'p' };
const grant = {
  stage: 'accepted',
  applicant: organisation,
  isSuspended: false,
  isTerminated: false,
  payments: { p: { stage: 'decided', instalment: 'first', amount: 500, decider: 'person-payer' } },
} as unknown as GrantFacts;
const knowing = (changed: object = {}, account: object = { account: 2, isConfirmed: true }, disqualified: readonly string[] = []) => ({
  grants: new Map([[key, { ...grant, ...changed }]]),
  applications: new Map([[key, { stage: 'submitted', disqualified } as unknown as ApplicationFacts]]),
  accounts: new Map([[organisation, account as { account: number; isConfirmed: boolean }]]),
});
const by = (id: string, at = '2027-02-01T09:00:00.000Z') => ({ actor: { id: `person-${id}`, role: 'someone' }, at });
const prepare = { batch: 'b', executeOn: '2027-02-01', payments: [{ ...one, organisation }] };
const prepared: Event = {
  type: 'PaymentBatchPrepared',
  data: { payments: [{ ...one, organisation, amount: 500, account: 2 }], executeOn: '2027-02-01', preparer: 'person-preparer' },
};
const collected: Event = { type: 'PaymentBatchCollected', data: { leftOut: [] } };
const released: Event = { type: 'PaymentBatchReleased', data: { releaser: 'person-releaser' } };
const fixed: Event = { type: 'PaymentBatchFixed', data: { leftOut: [] } };
const file = { file: 'f.xml', message: 'm', hash: 'a'.repeat(64), payments: 1, total: 500, debtorName: 'd', debtorIban: 'i' };
const staged: Event = { type: 'PaymentFileStaged', data: file };
const which = { batch: 'b' };

describe('a batch of payments', () => {
  it('is prepared of payments that are decided, for the confirmed account of each payee', () => {
    const asked = given().knowing(knowing());
    asked.when('PreparePaymentBatch', prepare, by('preparer')).then([prepared]);
    asked
      .when('PreparePaymentBatch', { ...prepare, executeOn: '2027-01-31' }, by('preparer'))
      .thenRefused('batch-day-past', { executeOn: '2027-01-31' });
    asked.when('PreparePaymentBatch', prepare, by('payer')).thenRefused('batch-preparer-decided');
    asked.when('PreparePaymentBatch', { ...prepare, payments: [] }, by('preparer')).thenRefused('batch-payments');
    given(prepared).knowing(knowing()).when('PreparePaymentBatch', prepare, by('preparer')).thenRefused('batch-exists');
    const refused = (code: string, ...known: Parameters<typeof knowing>) =>
      given()
        .knowing(knowing(...known))
        .when('PreparePaymentBatch', prepare, by('preparer'))
        .thenRefused(code);
    refused('payee-account-missing', {}, { account: 0, isConfirmed: false });
    refused('payee-account-unconfirmed', {}, { account: 2, isConfirmed: false });
    refused('batch-payee-other', { applicant: 'other' });
    refused('batch-payments-stopped', { isSuspended: true });
    refused('batch-payments-stopped', { isTerminated: true });
    refused('batch-grant-over', { stage: 'settled' });
    refused('batch-payment-taken', { payments: { p: { stage: 'batched', instalment: 'first', amount: 500, batch: 'other' } } });
    refused('batch-payment-not-decided', { payments: {} });
    refused('batch-handler-disqualified', {}, { account: 2, isConfirmed: true }, ['person-preparer']);
  });

  it('is released by another person, once it is known which payments are in it', () => {
    given(prepared, collected).when('ReleasePaymentBatch', which, by('releaser')).then([released]);
    given(prepared, collected).when('ReleasePaymentBatch', which, by('preparer')).thenRefused('batch-releaser-prepared');
    given(prepared).when('ReleasePaymentBatch', which, by('releaser')).thenRefused('batch-not-ready', which);
    given(prepared, collected, released).when('ReleasePaymentBatch', which, by('releaser')).thenRefused('batch-not-ready', which);
    given(prepared, { type: 'PaymentBatchCollected', data: { leftOut: [{ ...one, because: 'payments-stopped' }] } })
      .when('ReleasePaymentBatch', which, by('releaser'))
      .thenRefused('batch-empty', which);
    given().when('ReleasePaymentBatch', which, by('releaser')).thenRefused('batch-unknown', which);
  });

  it('is cancelled before it is released, and never after', () => {
    const cancel = { ...which, reason: 'r' };
    const cancelled: Event = { type: 'PaymentBatchCancelled', data: { reason: 'r' } };
    given(prepared).when('CancelPaymentBatch', cancel, by('x')).then([cancelled]);
    given(prepared, cancelled).when('CancelPaymentBatch', cancel, by('x')).thenNothing();
    given(prepared, collected, released).when('CancelPaymentBatch', cancel, by('x')).thenRefused('batch-released', which);
    given(prepared, collected, cancelled).when('ReleasePaymentBatch', which, by('releaser')).thenRefused('batch-not-ready', which);
    given(prepared, cancelled)
      .when('CollectPaymentBatch', { ...which, leftOut: [] })
      .thenNothing();
  });

  it('has one file for good', () => {
    const sent = [prepared, collected, released, fixed] as const;
    given(...sent)
      .when('RecordPaymentFileStaged', { ...which, ...file })
      .then([staged]);
    given(...sent, staged)
      .when('RecordPaymentFileStaged', { ...which, ...file })
      .thenNothing();
    given(...sent, staged)
      .when('RecordPaymentFileStaged', { ...which, ...file, hash: 'b'.repeat(64) })
      .thenRefused('batch-file-other', which);
    given(prepared, collected, released)
      .when('RecordPaymentFileStaged', { ...which, ...file })
      .thenRefused('batch-not-sent', which);
    given(...sent, staged)
      .when('RecordPaymentFileWritten', which)
      .then([{ type: 'PaymentFileWritten', data: {} }]);
    given(...sent)
      .when('RecordPaymentFileWritten', which)
      .thenRefused('batch-not-sent', which);
  });

  it('takes each answer of the bank once, of its own payments', () => {
    const written = [prepared, collected, released, fixed, staged, { type: 'PaymentFileWritten', data: {} }] as const;
    const told = { report: 'r', hash: 'c'.repeat(64), payments: [{ ...one, answer: 'rejected', reason: 'AC04' }] } as const;
    const received: Event = { type: 'PaymentStatusReceived', data: { ...told, answer: 'rejected' } };
    given(...written)
      .when('RecordPaymentStatus', { ...which, ...told })
      .then([received]);
    given(...written, received)
      .when('RecordPaymentStatus', { ...which, ...told })
      .thenNothing();
    given(...written)
      .when('RecordPaymentStatus', { ...which, ...told, payments: [{ grant: key, payment: 'other', answer: 'accepted' }] })
      .thenRefused('batch-not-sent', which);
    given(prepared, collected)
      .when('RecordPaymentStatus', { ...which, ...told })
      .thenRefused('batch-not-sent', which);
  });
});
