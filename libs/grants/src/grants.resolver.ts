import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access/policy';
import { applicationOf, ApplicationType } from '#applications/application.types';
import { CallType, completeness } from '#calls/call.types';
import { decisionOf, GrantDecisionType } from '#decisions/decision.types';
import { DocumentLibrary } from '#documents/document-library';
import { Cacheable } from '#edge/cacheable';
import { PageArgs, type ConnectionOf } from '#edge/connection';
import type { RequestContext } from '#edge/request-context';
import { MatterScalar } from '#edge/scalars';
import { AtArgs, Views } from '#edge/views';
import { RegionalStateType } from '#network/regional-state.types';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { planOf, PlanType } from '#plans/plan.types';
import { GrantDocumentType, issuedBy } from './grant-document.types.js';
import { seesOfGrant } from './grant.audience.js';
import {
  CallGrantConnection,
  deadlinesOf,
  deadlinesOfRegion,
  grantAt,
  GrantConnection,
  GrantDeadlineType,
  grantsPage,
  GrantPaymentType,
  GrantType,
  paymentAt,
  toldToAnyone,
  PaymentStageEnum,
  RegionalDeadlineType,
} from './grant.types.js';
import { grants, type GrantRow } from './grants.projection.js';
import { payments, type PaymentRow, type PaymentStage } from './payments.projection.js';

/** More payments than these are nobody's at once. */
const most = 1_000;

@Resolver(() => GrantType)
export class GrantsResolver {
  constructor(
    @Inject(Views) private readonly views: Views,
    @Inject(DocumentLibrary) private readonly library: DocumentLibrary,
  ) {}

  @Cacheable()
  @Query(() => GrantType, {
    nullable: true,
    description: 'The whole file of a decision: its application and plan, the decision, what happened since, reports, payments, deadlines.',
  })
  async grant(
    @Args('id', { type: () => MatterScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<GrantType | undefined> {
    const moment = await this.views.moment(at, context, grants, payments);
    const row = await moment.rows<GrantRow>(grants).get(id);
    return row && grantAt(row, moment, context.caller);
  }

  @Cacheable()
  @Query(() => [GrantPaymentType], {
    description: 'The payments that are at a stage now: those requested wait for a decision, those decided are to be sent.',
  })
  async paymentsAt(
    @Args('stage', { type: () => PaymentStageEnum }) stage: PaymentStage,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<readonly GrantPaymentType[]> {
    const moment = await this.views.moment(at, context, payments);
    const handles = mayRead('handling of applications', context.caller);
    const stages = handles ? [stage] : (toldToAnyone[stage] ?? []);
    const rows = await moment.rows<PaymentRow>(payments).find({ where: { stage: { in: stages } }, limit: most });
    return rows.flatMap((row) => paymentAt(row, moment, handles) ?? []).filter((one) => one.stage === stage);
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'The grantee.' })
  grantee({ applicantId, moment }: GrantType, _args: unknown, context: RequestContext): Promise<OrganisationType | undefined> {
    return organisationOf(applicantId, moment, context);
  }

  @ResolveField(() => ApplicationType, { nullable: true, description: 'What was applied for, with the version of its plan.' })
  application({ id, moment }: GrantType, _args: unknown, context: RequestContext): Promise<ApplicationType | undefined> {
    return applicationOf(id, moment, context);
  }

  @ResolveField(() => PlanType, {
    nullable: true,
    description: 'The plan of the matter, with the comments on it and their answers; null for those who may not see it.',
  })
  plan({ id, moment }: GrantType, _args: unknown, context: RequestContext): Promise<PlanType | undefined> {
    return planOf(id, moment, context);
  }

  @ResolveField(() => GrantDecisionType, { nullable: true, description: 'What was decided, and what became of the decision.' })
  decision({ id, moment }: GrantType, _args: unknown, context: RequestContext): Promise<GrantDecisionType | undefined> {
    return decisionOf(id, moment, context);
  }

  @ResolveField(() => [GrantDeadlineType], { description: 'All days that are due, the next first.' })
  deadlines(grant: GrantType, _args: unknown, context: RequestContext): Promise<readonly GrantDeadlineType[]> {
    return deadlinesOf(grant, context);
  }

  @ResolveField(() => [GrantDocumentType], {
    description: 'The documents of what was decided, each in every language; what was decided in public is for everyone.',
  })
  async documents({ id, moment }: GrantType, _args: unknown, context: RequestContext): Promise<readonly GrantDocumentType[]> {
    const known = moment.positionOf(grants);
    const drafts = await this.library.of(id);
    const made = drafts.filter(({ event, at }) => at <= moment.asOf && (known === undefined || event.position <= known));
    const seen = await Promise.all(made.map(async (draft) => ((await context.sees(draft.event)) ? [draft] : [])));
    return seen.flat().flatMap((draft) => issuedBy(draft, id));
  }

  @ResolveField(() => [GrantPaymentType], { description: 'Its payments; those that are only asked for to those who see its file.' })
  async payments(
    { id, region, applicantId, moment }: GrantType,
    _args: unknown,
    { caller }: RequestContext,
  ): Promise<readonly GrantPaymentType[]> {
    const rows = await moment.rows<PaymentRow>(payments).find({ where: { grant: id }, limit: most });
    const isParty = seesOfGrant({ region: region.code, applicant: applicantId }, caller, 'PaymentRequested') !== undefined;
    return rows.flatMap((row) => paymentAt(row, moment, isParty) ?? []);
  }
}

@Resolver(() => RegionalStateType)
export class RegionalGrantsResolver {
  @ResolveField(() => GrantConnection, { description: 'The files of the decisions on its applications.' })
  grants(
    @Parent() { code, moment }: RegionalStateType,
    @Args() page: PageArgs,
    @Context() { caller }: RequestContext,
  ): Promise<ConnectionOf<GrantType>> {
    return grantsPage({ region: code }, page, moment, caller);
  }

  @ResolveField(() => [RegionalDeadlineType], { description: 'What is due for its grants, the next first.' })
  deadlines({ code, moment }: RegionalStateType, _args: unknown, context: RequestContext): Promise<readonly RegionalDeadlineType[]> {
    return deadlinesOfRegion(code, moment, context);
  }
}

@Resolver(() => GrantDocumentType)
export class GrantDocumentsResolver {
  constructor(@Inject(DocumentLibrary) private readonly library: DocumentLibrary) {}

  @ResolveField(() => String, { description: 'The hash of the PDF that is notified.' })
  sha256({ draft, language }: GrantDocumentType): Promise<string> {
    return this.library.sha256(draft, language, 'ua-1');
  }

  @ResolveField(() => String, { description: 'The hash of the PDF for the archive.' })
  archiveSha256({ draft, language }: GrantDocumentType): Promise<string> {
    return this.library.sha256(draft, language, 'a-2a');
  }
}

@Resolver(() => CallType)
export class CallGrantsResolver {
  @ResolveField(() => CallGrantConnection, { description: 'The files of its decisions.' })
  async grants(@Parent() call: CallType, @Args() page: PageArgs, @Context() { caller }: RequestContext): Promise<CallGrantConnection> {
    const found = await grantsPage({ call: call.id }, page, call.moment, caller);
    return { ...found, ...completeness(found.totalCount, call) };
  }
}
