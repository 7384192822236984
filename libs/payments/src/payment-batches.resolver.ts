import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import { grantOf } from '#grants/grant.types';
import { justAfter } from '#kernel/helsinki-time';
import { entryAt, valueAt } from '#kernel/timeline';
import { payeeAccounts, type PayeeAccountsRow } from './payee-accounts.projection.js';
import {
  batchAt,
  BatchStageEnum,
  dueAt,
  PayeeAccountType,
  PaymentBatchConnection,
  PaymentBatchType,
  PaymentDueType,
} from './payment-batch.types.js';
import { paymentBatches, type BatchStage, type PaymentBatchRow } from './payment-batches.projection.js';
import { paymentsDue, type PaymentDueRow } from './payments-due.projection.js';

/** More payments than these wait for nobody at once. */
const most = 1_000;

@Resolver()
export class PaymentBatchesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Query(() => PaymentBatchConnection, {
    description: 'The batches of payments, the latest first: what was sent in which, and what the bank says. For those who pay and audit.',
  })
  async paymentBatches(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('stage', { type: () => BatchStageEnum, nullable: true }) stage?: BatchStage,
  ): Promise<ConnectionOf<PaymentBatchType>> {
    const moment = await this.views.momentOfList(at, context, paymentBatches);
    const isReader = mayRead('batches of payments', context.caller);
    const where = { since: { to: isReader ? moment.asOf : '' }, ...(stage && { stage }) };
    return connection(moment.rows<PaymentBatchRow>(paymentBatches), page, { where, orderBy: 'since', descending: true }, (row) =>
      batchAt(row, moment),
    );
  }

  @Query(() => PaymentBatchType, { nullable: true, description: 'A batch of payments. For those who pay and audit.' })
  async paymentBatch(
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<PaymentBatchType | undefined> {
    if (!mayRead('batches of payments', context.caller)) return undefined;
    const moment = await this.views.moment(at, context, paymentBatches);
    const row = await moment.rows<PaymentBatchRow>(paymentBatches).get(id);
    return row && batchAt(row, moment);
  }

  @Query(() => [PaymentDueType], {
    description: 'The payments that wait to go into a batch, and whether their payees can be paid. For those who pay and audit.',
  })
  async paymentsDue(
    @Args() at: AtArgs,
    @Context() context: RequestContext,
    @Args('call', { type: () => KeyScalar, nullable: true }) call?: string,
  ): Promise<readonly PaymentDueType[]> {
    if (!mayRead('batches of payments', context.caller)) return [];
    const moment = await this.views.moment(at, context, paymentsDue, payeeAccounts);
    const where = { waitsUntil: { from: justAfter(moment.asOf) }, ...(call && { call }) };
    const rows = await moment.rows<PaymentDueRow>(paymentsDue).find({ where, limit: most });
    const due = await Promise.all(
      rows.map(async (row) => {
        const organisation = (await grantOf(row.grant, moment, context))?.applicantId;
        const accounts =
          organisation === undefined ? undefined : await context.load(moment.rows<PayeeAccountsRow>(payeeAccounts), organisation);
        return dueAt(row, moment, accounts && valueAt(accounts.named, moment.asOf), organisation);
      }),
    );
    return due.flatMap((one) => one ?? []);
  }

  @Query(() => PayeeAccountType, {
    nullable: true,
    description: 'The account to which an organisation is paid. For the organisation itself, and those who pay and audit.',
  })
  async payeeAccount(
    @Args('organisation', { type: () => KeyScalar }) organisation: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<PayeeAccountType | undefined> {
    if (!mayRead('accounts of payees', context.caller, { organisation })) return undefined;
    const moment = await this.views.moment(at, context, payeeAccounts);
    const row = await moment.rows<PayeeAccountsRow>(payeeAccounts).get(organisation);
    const named = row && entryAt(row.named, moment.asOf);
    if (!named) return undefined;
    const { account, iban, holder, isConfirmed } = named.value;
    return {
      account,
      iban: await this.views.open(iban),
      holder: await this.views.open(holder),
      isConfirmed,
      effectiveAt: named.effectiveAt,
    };
  }
}
