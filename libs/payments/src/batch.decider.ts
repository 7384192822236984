import { applicationFacts } from '#applications/application.facts';
import { hindrance } from '#grants/batching.facts';
import { grantFacts } from '#grants/grant.facts';
import type { LeftOutBecause } from '#grants/payment.events';
import { needEach, type CommandsOf, type Decider } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { dayOf } from '#kernel/helsinki-time';
import { entry, repeated } from '#kernel/keyed';
import { accountFacts } from './account.facts.js';
import { batchEvents } from './batch.events.js';
import { paymentKey, without, type WhichPayment } from './batch.facts.js';
import { refuse } from './batch.refusals.js';
import { answerOf } from './batch.rules.js';

type Commands = CommandsOf<typeof import('./batch.commands.js')>;
type Prepared = EventData<typeof batchEvents, 'PaymentBatchPrepared'>;

interface Batch {
  readonly stage: 'prepared' | 'collected' | 'cancelled' | 'released' | 'fixed' | 'staged' | 'written';
  readonly preparer: string;
  readonly payments: readonly WhichPayment[];
  /** The hash of its file. */
  readonly hash?: string;
  /** The hashes of the bank's answers. */
  readonly answers: readonly string[];
}
type State = { readonly stage: 'absent' } | Batch;

const whichGrants = ({ payments }: Commands['PreparePaymentBatch']) => payments.map(({ grant }) => grant);
const needs = {
  PreparePaymentBatch: {
    grants: needEach(grantFacts, whichGrants),
    applications: needEach(applicationFacts, whichGrants),
    accounts: needEach(accountFacts, ({ payments }: Commands['PreparePaymentBatch']) => payments.map(({ organisation }) => organisation)),
  },
};

/** What refuses a batch at once; what changes afterwards leaves the payment out. */
const refusalOf: Partial<Record<LeftOutBecause, Parameters<typeof refuse>[0]>> = {
  'not-decided': 'batch-payment-not-decided',
  'in-another-batch': 'batch-payment-taken',
  'payments-stopped': 'batch-payments-stopped',
  'grant-over': 'batch-grant-over',
  'preparer-decided': 'batch-preparer-decided',
  'preparer-disqualified': 'batch-handler-disqualified',
};

/**
 * A batch of payments on its way to the bank. That a payment is in one batch at a time is kept in the stream of its grant:
 * a batch asks for its payments, and is told of each whether it has it.
 */
export const paymentBatch: Decider<Commands, State, typeof batchEvents, typeof needs> = {
  category: 'paymentBatch',
  events: batchEvents,
  initial: { stage: 'absent' },
  key: ({ batch }) => batch,
  needs,
  decide: {
    PreparePaymentBatch({ batch, payments: asked, executeOn }, state, { grants, applications, accounts }, { actor, at }) {
      if (state.stage !== 'absent') throw refuse('batch-exists', { batch });
      if (asked.length === 0 || repeated(asked.map(paymentKey)) !== undefined) throw refuse('batch-payments');
      if (executeOn < dayOf(at)) throw refuse('batch-day-past', { executeOn });
      const payments = asked.map(({ grant, payment, organisation }): Prepared['payments'][number] => {
        const facts = grants.get(grant) ?? grantFacts.initial;
        const application = applications.get(grant) ?? applicationFacts.initial;
        const because = hindrance(facts, application, { payment, preparer: actor.id });
        const code = because && entry(refusalOf, because);
        if (code) throw refuse(code, { grant, payment });
        if (facts.stage === 'absent' || facts.applicant !== organisation)
          throw refuse('batch-payee-other', { grant, payment, organisation });
        const { account, isConfirmed } = accounts.get(organisation) ?? accountFacts.initial;
        if (account === 0) throw refuse('payee-account-missing', { organisation });
        if (!isConfirmed) throw refuse('payee-account-unconfirmed', { organisation });
        return { grant, payment, organisation, amount: entry(facts.payments, payment)?.amount ?? 0, account };
      });
      return [{ type: 'PaymentBatchPrepared', data: { payments, executeOn, preparer: actor.id } }];
    },

    CollectPaymentBatch({ batch, leftOut }, state) {
      const { stage } = known(state, batch);
      return stage === 'prepared' ? [{ type: 'PaymentBatchCollected', data: { leftOut } }] : [];
    },

    ReleasePaymentBatch({ batch }, state, _facts, { actor }) {
      const { stage, preparer, payments } = known(state, batch);
      if (preparer === actor.id) throw refuse('batch-releaser-prepared');
      if (stage !== 'collected') throw refuse('batch-not-ready', { batch });
      if (payments.length === 0) throw refuse('batch-empty', { batch });
      return [{ type: 'PaymentBatchReleased', data: { releaser: actor.id } }];
    },

    CancelPaymentBatch({ batch, reason }, state) {
      const { stage } = known(state, batch);
      if (stage === 'cancelled') return [];
      if (stage !== 'prepared' && stage !== 'collected') throw refuse('batch-released', { batch });
      return [{ type: 'PaymentBatchCancelled', data: { reason } }];
    },

    FixPaymentBatch({ batch, leftOut }, state) {
      const { stage } = known(state, batch);
      return stage === 'released' ? [{ type: 'PaymentBatchFixed', data: { leftOut } }] : [];
    },

    RecordPaymentFileStaged({ batch, ...file }, state) {
      const { stage, hash } = known(state, batch);
      if (hash === file.hash) return [];
      if (hash !== undefined) throw refuse('batch-file-other', { batch });
      if (stage !== 'fixed') throw refuse('batch-not-sent', { batch });
      return [{ type: 'PaymentFileStaged', data: file }];
    },

    RecordPaymentFileWritten({ batch }, state) {
      const { stage } = known(state, batch);
      if (stage === 'written') return [];
      if (stage !== 'staged') throw refuse('batch-not-sent', { batch });
      return [{ type: 'PaymentFileWritten', data: {} }];
    },

    RecordPaymentStatus({ batch, ...told }, state) {
      const { stage, payments, answers } = known(state, batch);
      if (answers.includes(told.hash)) return [];
      // The bank may be faster than we are in recording that it has the file.
      const isSent = stage === 'staged' || stage === 'written';
      if (!isSent || without(told.payments, payments).length > 0) throw refuse('batch-not-sent', { batch });
      return [{ type: 'PaymentStatusReceived', data: { ...told, answer: answerOf(told.payments, payments.length) } }];
    },
  },

  evolve: {
    PaymentBatchPrepared: (_, { data: { preparer, payments } }) => ({ stage: 'prepared', preparer, payments, answers: [] }),
    PaymentBatchCollected: (state, { data: { leftOut } }) => left(state, 'collected', leftOut),
    PaymentBatchReleased: (state) => left(state, 'released', []),
    PaymentBatchCancelled: (state) => left(state, 'cancelled', []),
    PaymentBatchFixed: (state, { data: { leftOut } }) => left(state, 'fixed', leftOut),
    PaymentFileStaged: (state, { data: { hash } }) => ({ ...left(state, 'staged', []), hash }),
    PaymentFileWritten: (state) => left(state, 'written', []),
    PaymentStatusReceived: (state, { data: { hash } }) => {
      const batch = state as Batch;
      return { ...batch, answers: [...batch.answers, hash] };
    },
  },
};

function known(state: State, batch: string): Batch {
  if (state.stage === 'absent') throw refuse('batch-unknown', { batch });
  return state;
}

function left(state: State, stage: Batch['stage'], leftOut: readonly WhichPayment[]): Batch {
  const batch = state as Batch;
  return { ...batch, stage, payments: without(batch.payments, leftOut) };
}
