import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '#edge/connection';
import { enumOf, graphqlEnum } from '#edge/graphql-enum';
import { dated, objectOf } from '#edge/records';
import { CentsScalar, DayScalar, InstantScalar, KeyScalar, MatterScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import type { Moment } from '#edge/views';
import { LeftOutBecause } from '#grants/payment.events';
import type { StaticOf } from '#kernel/event-schema';
import { pick } from '#kernel/keyed';
import type { Stored } from '#kernel/projection';
import { entryAt, valueAt } from '#kernel/timeline';
import { accountEvents } from './account.events.js';
import { BankAnswer, batchEvents } from './batch.events.js';
import { endToEndId } from './batch.rules.js';
import {
  batchPaymentStates,
  batchStages,
  type BatchPaymentState,
  type BatchStage,
  type PaymentBatchRow,
} from './payment-batches.projection.js';
import type { PayeeAccount } from './payee-accounts.projection.js';
import { dueStates, type DueState, type PaymentDueRow } from './payments-due.projection.js';

export const BatchStageEnum = graphqlEnum('PaymentBatchStage', batchStages, 'How far a batch of payments is.');
const BatchPaymentStateEnum = graphqlEnum('BatchPaymentState', batchPaymentStates, 'How far a payment is in its batch.');
const DueStateEnum = graphqlEnum('PaymentDueState', dueStates, 'Whether it was decided only, or the bank rejected it.');
const BankAnswerEnum = enumOf(BankAnswer);
const accountStates = ['none', 'unconfirmed', 'confirmed'] as const;
const AccountStateEnum = graphqlEnum('PayeeAccountState', accountStates, 'Whether a payee has an account that can be paid to.');

@ObjectType('BatchPayment', { description: 'A payment of a batch.' })
export class BatchPaymentType {
  @Field(() => MatterScalar)
  grant!: string;

  @Field(() => KeyScalar)
  payment!: string;

  @Field(() => KeyScalar, { description: 'Who is paid.' })
  organisation!: string;

  @Field(() => CentsScalar)
  amount!: number;

  @Field(() => Int, { description: 'To which of the accounts that the payee named.' })
  account!: number;

  @Field(() => String, { description: 'The id by which banks and the payee know it.' })
  endToEndId!: string;

  @Field(() => BatchPaymentStateEnum)
  state!: BatchPaymentState;

  @Field(() => enumOf(LeftOutBecause), { nullable: true, description: 'Why it was left out.' })
  leftOutBecause?: StaticOf<typeof LeftOutBecause>;

  @Field(() => String, { nullable: true, description: 'Why the bank rejected it.' })
  reason?: string;
}

@ObjectType('PaymentFile', { description: 'The file of a batch.' })
class PaymentFileType extends objectOf(
  pick(batchEvents.PaymentFileStaged.fields, 'file', 'hash', 'payments', 'total', 'debtorName', 'debtorIban'),
) {}

@ObjectType('PaymentBatch', { description: 'A batch of payments on its way to the bank.' })
export class PaymentBatchType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => BatchStageEnum)
  stage!: BatchStage;

  @Field(() => DayScalar, { description: 'The day on which it is to be paid.' })
  executeOn!: string;

  @Field(() => InstantScalar)
  preparedAt!: string;

  @Field(() => InstantScalar, { nullable: true })
  releasedAt?: string;

  @Field(() => [BatchPaymentType])
  payments!: readonly BatchPaymentType[];

  @Field(() => CentsScalar, { description: 'The sum of those that are not left out.' })
  total!: number;

  @Field(() => PaymentFileType, { nullable: true })
  file?: PaymentFileType;

  @Field(() => BankAnswerEnum, { nullable: true, description: 'What the bank said last.' })
  answer?: StaticOf<typeof BankAnswer>;

  @RevisionField()
  revision!: StreamRevision;
}

export const PaymentBatchConnection = connectionType(PaymentBatchType, 'PaymentBatch');

@ObjectType('PaymentDue', { description: 'A payment that was decided and is not on its way.' })
export class PaymentDueType extends objectOf(dated) {
  @Field(() => MatterScalar)
  grant!: string;

  @Field(() => KeyScalar)
  payment!: string;

  @Field(() => CentsScalar)
  amount!: number;

  @Field(() => DueStateEnum)
  state!: DueState;

  @Field(() => String, { nullable: true, description: 'Why the bank rejected it.' })
  reason?: string;

  @Field(() => KeyScalar, { nullable: true, description: 'Who is to be paid.' })
  organisation?: string;

  @Field(() => AccountStateEnum, { description: 'Whether it can be paid to them.' })
  account!: (typeof accountStates)[number];
}

@ObjectType('PayeeAccount', { description: 'The account to which an organisation is paid.' })
export class PayeeAccountType extends objectOf({ ...pick(accountEvents.PayeeAccountNamed.fields, 'account'), ...dated }) {
  @Field(() => String, { nullable: true, description: 'The account number; null once it was forgotten.' })
  iban!: string | null;

  @Field(() => String, { nullable: true, description: 'Its holder; null once it was forgotten.' })
  holder!: string | null;

  @Field(() => Boolean, { description: 'Whether the ministry has confirmed it.' })
  isConfirmed!: boolean;
}

/** The batch at the instant; undefined before it was prepared. */
export function batchAt(row: Stored<PaymentBatchRow>, { asOf }: Moment): PaymentBatchType | undefined {
  const stage = valueAt(row.stages, asOf);
  if (!stage) return undefined;
  const payments = row.payments.flatMap((one): BatchPaymentType[] => {
    const { grant, payment, organisation, amount, account, states } = one;
    const now = valueAt(states, asOf);
    if (!now) return [];
    const { state, because, reason } = now;
    return [
      {
        ...{ grant, payment, organisation, amount, account, state, endToEndId: endToEndId(one) },
        ...(because && { leftOutBecause: because }),
        ...(reason !== undefined && { reason }),
      },
    ];
  });
  const isReleased = row.releasedAt !== undefined && row.releasedAt <= asOf;
  const isStaged = row.file !== undefined && (stage === 'staged' || stage === 'written');
  const answer = valueAt(row.answers, asOf);
  return {
    id: row._id,
    stage,
    executeOn: row.executeOn,
    preparedAt: row.since,
    ...(isReleased && { releasedAt: row.releasedAt }),
    payments,
    total: payments.reduce((sum, { amount, state }) => (state === 'left-out' ? sum : sum + amount), 0),
    ...(isStaged && { file: row.file }),
    ...(answer && { answer }),
    revision: new StreamRevision(`paymentBatch-${row._id}`, row.ofBatch),
  };
}

/** The payment at the instant, where it waits then. */
export function dueAt(
  row: PaymentDueRow,
  { asOf }: Moment,
  account: PayeeAccount | undefined,
  organisation: string | undefined,
): PaymentDueType | undefined {
  const now = entryAt(row.states, asOf);
  if (!now || now.value.state === 'under-way') return undefined;
  const { state, reason } = now.value;
  return {
    grant: row.grant,
    payment: row.payment,
    amount: row.amount,
    state,
    ...(reason !== undefined && { reason }),
    ...(organisation !== undefined && { organisation }),
    account: account === undefined ? 'none' : account.isConfirmed ? 'confirmed' : 'unconfirmed',
    effectiveAt: now.effectiveAt,
  };
}
