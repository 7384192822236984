import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Cacheable } from '#edge/cacheable';
import type { CommitmentState } from '#ethics/ethical-principles.facts';
import { CommitmentStateEnum } from '#ethics/ethical-principles.types';
import { connectionOfList, PageArgs, type ConnectionOf } from '#edge/connection';
import { enumOf } from '#edge/graphql-enum';
import { RegionCodeEnum } from '#edge/region.type';
import type { RequestContext } from '#edge/request-context';
import { JsonScalar, KeyScalar } from '#edge/scalars';
import { AtArgs, ListAtArgs, Views, type Moment } from '#edge/views';
import { dayOf } from '#kernel/helsinki-time';
import { lastRegionOf } from '#kernel/municipality';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { RegionalStateType } from '#network/regional-state.types';
import { organisationOf, OrganisationType } from '#organisations/organisation.types';
import { compareListed, endedIn, foundIn, listedOf, offeredIn, onOfferAt, type Found, type Sought } from './directory.rules.js';
import { directoryAt } from './directory.types.js';
import { providers, type ProviderRow } from './providers.projection.js';
import { catalogueEntryOf } from './service-catalogue.rules.js';
import { SupportAudience, SupportContent, type SupportForm, SupportKind, SupportLanguage } from './service-content.events.js';
import {
  commitmentOf,
  nationwideSupport,
  ProviderConnection,
  providerAt,
  ProviderType,
  ServiceConnection,
  serviceOf,
  ServiceType,
  supportCounts,
  SupportFormEnum,
  SupportFormNameType,
  supportFormsNamed,
  SupportOfFormType,
  seenAt,
} from './service.types.js';

@ArgsType()
class WhatArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that all stand in its texts, its provider’s name or its municipalities, in any language, whatever their case and accents.',
  })
  text?: string | null;

  @Field(() => SupportFormEnum, { nullable: true })
  form?: SupportForm | null;

  @Field(() => enumOf(SupportKind), { nullable: true })
  kind?: SupportKind | null;

  @Field(() => enumOf(SupportContent), { nullable: true, description: 'What one is helped with.' })
  content?: SupportContent | null;

  @Field(() => enumOf(SupportLanguage), { nullable: true })
  language?: SupportLanguage | null;

  @Field(() => enumOf(SupportAudience), { nullable: true, description: 'What is for everyone is found, too.' })
  audience?: SupportAudience | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that are known to be open at the time asked for; with false only those known to be closed.',
  })
  isOpen?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that name a municipality which has ended, or only those that name none.',
  })
  toBeMoved?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Its code of three digits. What is offered in the whole country is found, too.' })
  municipality?: string | null;
}

@ArgsType()
class WhatInRegionArgs extends WhatArgs {
  @Field(() => RegionCodeEnum, {
    nullable: true,
    description: 'By its municipalities then. What is offered in the whole country is found, too.',
  })
  region?: RegionCode | null;
}

@Resolver(() => ServiceType)
export class ServicesResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => ServiceConnection, {
    description: 'The directory of digital support: the services on offer at the time asked for, by name.',
  })
  async services(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Args() what: WhatInRegionArgs,
    @Context() context: RequestContext,
  ): Promise<ConnectionOf<ServiceType>> {
    return servicesPage(what, page, await this.views.momentOfList(at, context, providers));
  }

  @Cacheable()
  @Query(() => ServiceType, { nullable: true, description: 'A service; null where it is not on offer at the time asked for.' })
  async service(
    @Args('provider', { type: () => KeyScalar }) provider: string,
    @Args('id', { type: () => KeyScalar }) id: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<ServiceType | undefined> {
    const moment = await this.views.moment(at, context, providers);
    const row = await moment.rows(providers).get(provider);
    const found = row && servicesOf(row, moment).find(({ listed }) => listed.service === id);
    return found && serviceOf(found, await seenAt(moment));
  }

  @Cacheable()
  @Query(() => [SupportFormNameType], { description: 'The forms of support and their kinds, as a service can be of them.' })
  supportForms(): readonly SupportFormNameType[] {
    return supportFormsNamed;
  }

  @ResolveField(() => ProviderType, { nullable: true })
  provider({ providerRow, seen }: ServiceType): ProviderType | undefined {
    return providerAt(providerRow, seen);
  }

  @ResolveField(() => JsonScalar, {
    description: 'It in the shape of the Finnish service catalogue (PTV, open API version 11), so that nobody types it twice.',
  })
  catalogueEntry({ id, content, providerRow }: ServiceType): object {
    return catalogueEntryOf({ organisation: providerRow._id, service: id, content });
  }
}

@Resolver(() => ProviderType)
export class ProvidersResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => ProviderType, { nullable: true, description: 'A provider with its services and its commitments.' })
  async provider(
    @Args('organisation', { type: () => KeyScalar }) organisation: string,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<ProviderType | undefined> {
    const moment = await this.views.moment(at, context, providers);
    const row = await moment.rows(providers).get(organisation);
    return row && providerAt(row, await seenAt(moment));
  }

  @Cacheable()
  @Query(() => ProviderConnection, { description: 'The providers, in the order of their ids.' })
  async providers(
    @Args() page: PageArgs,
    @Args() at: ListAtArgs,
    @Context() context: RequestContext,
    @Args('commitment', { type: () => CommitmentStateEnum, nullable: true, description: 'How they stand towards the ethical principles.' })
    commitment?: CommitmentState | null,
    @Args('region', { type: () => RegionCodeEnum, nullable: true, description: 'In which the register says that they work.' })
    region?: RegionCode | null,
  ): Promise<ConnectionOf<ProviderType>> {
    const moment = await this.views.momentOfList(at, context, providers);
    const seen = await seenAt(moment);
    const { providers: rows } = await directoryAt(moment);
    const those = [...rows.values()]
      .filter((row) => (region == null || row.region === region) && (commitment == null || commitmentOf(row, seen) === commitment))
      .flatMap((row) => providerAt(row, seen) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return connectionOfList(
      those,
      page,
      ({ id }) => ({ value: id, id }),
      (one) => one,
    );
  }

  @ResolveField(() => OrganisationType, { nullable: true })
  organisation({ id, seen }: ProviderType, _args: unknown, context: RequestContext): Promise<OrganisationType | undefined> {
    return organisationOf(id, seen.moment, context);
  }

  @ResolveField(() => [ServiceType], { description: 'Its services on offer, by name.' })
  services({ row, seen }: ProviderType): readonly ServiceType[] {
    return servicesOf(row, seen.moment).map((found) => serviceOf(found, seen));
  }
}

@Resolver(() => RegionalStateType)
export class RegionalServicesResolver {
  @ResolveField(() => ServiceConnection, { description: 'The services on offer in its municipalities and in the whole country, by name.' })
  services(
    @Parent() { code, moment }: RegionalStateType,
    @Args() page: PageArgs,
    @Args() what: WhatArgs,
  ): Promise<ConnectionOf<ServiceType>> {
    return servicesPage({ ...what, region: code }, page, moment);
  }

  @ResolveField(() => [ServiceType], {
    description:
      'The services in municipalities that belonged to it until they ended: their providers are to say where they are offered now.',
  })
  async servicesToMove({ code, moment }: RegionalStateType): Promise<readonly ServiceType[]> {
    const [{ onOffer }, seen] = await Promise.all([directoryAt(moment), seenAt(moment)]);
    const { asOf } = moment;
    return foundIn(onOffer, { toBeMoved: true }, asOf)
      .filter(({ content }) => endedIn(content, asOf).some((ended) => lastRegionOf(ended, dayOf(asOf)) === code))
      .map((found) => serviceOf(found, seen));
  }

  @ResolveField(() => [SupportOfFormType], { description: 'How much of each form of support there is.' })
  async support({ code, moment }: RegionalStateType): Promise<readonly SupportOfFormType[]> {
    const seen = await seenAt(moment);
    const [{ onOffer }, everywhere] = await Promise.all([directoryAt(moment), nationwideSupport(seen)]);
    return [...supportCounts(offeredIn(onOffer, code, moment.asOf), seen)].map(([form, { services, committed }]) => {
      const nationwide = everywhere.get(form) ?? { services: 0, committed: 0 };
      return {
        form,
        services: services + nationwide.services,
        nationwide: nationwide.services,
        committed: committed + nationwide.committed,
      };
    });
  }
}

/** The services of one provider on offer at the moment, by name. */
function servicesOf(row: Stored<ProviderRow>, { asOf }: Moment): readonly Found<Stored<ProviderRow>>[] {
  return onOfferAt([...listedOf(row)].sort(compareListed), asOf).services;
}

async function servicesPage(what: WhatInRegionArgs, page: PageArgs, moment: Moment): Promise<ConnectionOf<ServiceType>> {
  const [{ onOffer }, seen] = await Promise.all([directoryAt(moment), seenAt(moment)]);
  return connectionOfList(
    foundIn(onOffer, soughtIn(what), moment.asOf),
    page,
    ({ listed: { order, id } }) => ({ value: order, id }),
    (found) => serviceOf(found, seen),
  );
}

/** A client may send null for what it leaves out. */
function soughtIn(what: WhatInRegionArgs): Sought {
  return Object.fromEntries(Object.entries(what).filter(([, value]) => value != null));
}
