import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { connection, PageArgs, type ConnectionOf } from '#edge/connection';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { StreamRevision } from '#edge/stream-revision';
import { AtArgs, ListAtArgs, Views } from '#edge/views';
import type { RegionCode } from '#kernel/region';
import { entryAt, valueAt } from '#kernel/timeline';
import { MailboxType } from './mailbox.types.js';
import { mailboxes } from './mailboxes.projection.js';
import { remindersSeen } from './notification.audience.js';
import { mailboxKey } from './notification.facts.js';
import { reminderAt, ReminderConnection, ReminderStateEnum, ReminderType, type ReminderState } from './reminder.types.js';
import { reminders } from './reminders.projection.js';

@Resolver(() => ReminderType)
export class RemindersResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Query(() => ReminderConnection, {
    description:
      'Reminders and notifications, the latest first: those of the caller’s region and organisation; all of them for the ministry and the agency.',
  })
  async reminders(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
    @Args('call', { type: () => KeyScalar, nullable: true }) call?: string,
  ): Promise<ConnectionOf<ReminderType>> {
    const moment = await this.views.momentOfList(at, context, reminders, mailboxes);
    const where = { since: { to: moment.asOf }, ...(region && { region }), ...(call && { call }), ...remindersSeen(context.caller) };
    return connection(moment.rows(reminders), page, { where, orderBy: 'since', descending: true }, (row) => reminderAt(row, moment));
  }

  @Query(() => MailboxType, {
    nullable: true,
    description:
      'The mailbox of a region or an organisation. For the region or organisation itself, the ministry’s registrar and auditors.',
  })
  async mailbox(
    @Args() at: AtArgs,
    @Context() context: RequestContext,
    @Args('region', { type: () => RegionCodeEnum, nullable: true }) region?: RegionCode,
    @Args('organisation', { type: () => KeyScalar, nullable: true }) organisation?: string,
  ): Promise<MailboxType | undefined> {
    const whose = region ? { region } : { organisation: organisation ?? '' };
    if (!mayRead('mailboxes', context.caller, whose)) return undefined;
    const moment = await this.views.moment(at, context, mailboxes);
    const row = await moment.rows(mailboxes).get(mailboxKey(whose));
    const named = row && entryAt(row.named, moment.asOf);
    if (!row || !named?.value) return undefined;
    const { address, languages } = named.value;
    return {
      address: await this.views.open(address),
      languages,
      since: named.effectiveAt,
      revision: new StreamRevision(`mailbox-${row._id}`, row.revision),
    };
  }

  @ResolveField(() => OrganisationType, { nullable: true })
  organisation(
    { organisationId, moment }: ReminderType,
    _args: unknown,
    context: RequestContext,
  ): Promise<OrganisationType | undefined> | undefined {
    return organisationId === undefined ? undefined : organisationOf(organisationId, moment, context);
  }

  @ResolveField(() => ReminderStateEnum)
  async state({ stage, mailbox, moment }: ReminderType, _args: unknown, context: RequestContext): Promise<ReminderState> {
    if (stage !== 'waiting') return stage;
    const row = await context.load(moment.rows(mailboxes), mailbox);
    return row && valueAt(row.named, moment.asOf) ? 'waiting' : 'no-mailbox';
  }
}
