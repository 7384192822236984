import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { hash } from 'node:crypto';
import type { Caller } from '#access/tokens';
import { callOf } from '#calls/call.types';
import { appropriationsAt, type AppropriationType } from '#decisions/appropriation.types';
import { Cacheable } from '#edge/cacheable';
import { throughOutages } from '#edge/events';
import { DaysInput } from '#edge/localized-text.type';
import { municipalityOf } from '#edge/municipality.type';
import { once } from '#edge/once';
import { stepsOf } from '#edge/period';
import { RegionCodeEnum, regionOf } from '#edge/region.type';
import { RequestContext } from '#edge/request-context';
import type { SubscriptionContext } from '#edge/subscription-client';
import { AtArgs, Views } from '#edge/views';
import { selfEvaluationsOf } from '#evaluation/evaluation.types';
import { indicatorsOf } from '#evaluation/indicator.types';
import { paidByCall } from '#grants/grant.types';
import { dayOf, type Day } from '#kernel/helsinki-time';
import { municipalitiesOf } from '#kernel/municipality';
import { regionCodes, type RegionCode } from '#kernel/region';
import { networksOverTime } from '#network/network.types';
import { regionsInProgramme } from '#network/regional-state.types';
import { goalsOf, RegionalGoalType } from '#plans/plan.types';
import { coverageAt, formsOf, ServicesOfFormType, servicesOverTime } from '#services/coverage.types';
import { ViewChanges } from '#views/run/view-changes';
import { changesBetween, digestsOf, type Digests, type Told } from './follow-up-changes.rules.js';
import { goalsInAll, levelsByCriterion, nationalIndicators, type SeriesOfRegions } from './follow-up.answer.js';
import {
  AppropriationsUseType,
  AppropriationUseType,
  coverageOfForms,
  CriterionLevelType,
  FollowUpStepType,
  GoalInAllType,
  IndicatorSeriesType,
  NationalFollowUpChangeType,
  NationalFollowUpType,
  NationalIndicatorType,
  RegionalCoverageType,
} from './follow-up.types.js';

@Resolver(() => NationalFollowUpType)
export class FollowUpResolver {
  constructor(
    @Inject(Views) private readonly views: Views,
    @Inject(ViewChanges) private readonly viewChanges: ViewChanges,
  ) {}

  @Cacheable()
  @Query(() => NationalFollowUpType, {
    description:
      'What digital support in the whole country came to in a period: goals against results, indicators, self-evaluations, coverage, money.',
  })
  async nationalFollowUp(
    @Args('period', { type: () => DaysInput }) period: DaysInput,
    @Args() at: AtArgs,
    @Context() context: RequestContext,
  ): Promise<NationalFollowUpType> {
    return this.followUpAt(period, at, context);
  }

  @Subscription(() => NationalFollowUpChangeType, {
    description:
      'That the national follow-up of a period changes by what is recorded, as far as you are shown it. The first one is told at once, and says from where on.',
  })
  nationalFollowUpChanged(
    @Args('period', { type: () => DaysInput }) period: DaysInput,
    @Context() { caller, client }: SubscriptionContext,
  ) {
    return client.stream('nationalFollowUpChanged', (signal) => this.changesOf(period, caller, client, signal));
  }

  @ResolveField(() => [RegionalGoalType], {
    description: 'The goals of regions that are due in the period or later, as far as you may see them, with what was measured of them.',
  })
  goals(followUp: NationalFollowUpType, _args: unknown, context: RequestContext): Promise<readonly RegionalGoalType[]> {
    return goalsDue(followUp, context);
  }

  @ResolveField(() => [GoalInAllType], { description: 'The same in all, of goals that are called and measured alike.' })
  async goalsInAll(followUp: NationalFollowUpType, _args: unknown, context: RequestContext): Promise<readonly GoalInAllType[]> {
    return goalsInAll(await goalsDue(followUp, context));
  }

  @ResolveField(() => [NationalIndicatorType], { description: 'Indicators whose periods lie within this one.' })
  async indicators(
    { period, moment, atEnd }: NationalFollowUpType,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly NationalIndicatorType[]> {
    const [expected, ...reported] = await Promise.all([
      regionsInProgramme(atEnd, context),
      ...regionCodes.map(async (region) => ({ region, found: await indicatorsOf(region, moment, context) })),
    ]);
    return nationalIndicators(reported, expected, period).map((one) => ({ ...one, series: one.series.map(withRegions) }));
  }

  @ResolveField(() => [CriterionLevelType], {
    description:
      'At which levels regions found themselves: from the self-evaluation of each that was submitted last about a part of the period.',
  })
  async levels({ period, moment }: NationalFollowUpType, _args: unknown, context: RequestContext): Promise<readonly CriterionLevelType[]> {
    const evaluated = await Promise.all(
      regionCodes.map(async (region) => ({ region, found: await selfEvaluationsOf(region, moment, context) })),
    );
    return levelsByCriterion(evaluated, period).map((one) => ({
      ...one,
      levels: one.levels.map((level) => ({ ...level, regions: level.regions.map(regionOf) })),
    }));
  }

  @ResolveField(() => [ServicesOfFormType], { description: 'Services that are offered in the whole country at the end of the period.' })
  async nationwide({ atEnd }: NationalFollowUpType): Promise<readonly ServicesOfFormType[]> {
    return formsOf((await coverageAt(atEnd)).nationwide);
  }

  @ResolveField(() => [RegionalCoverageType], {
    description: 'How much there is of each form of support in each region and municipality at the end of the period.',
  })
  async coverage(
    @Parent() { atEnd }: NationalFollowUpType,
    @Context() context: RequestContext,
    @Args('region', { type: () => RegionCodeEnum, nullable: true, description: 'All regions without it.' }) region?: RegionCode | null,
  ): Promise<readonly RegionalCoverageType[]> {
    const [{ regions, municipalities }, inProgramme] = await Promise.all([coverageAt(atEnd), regionsInProgramme(atEnd, context)]);
    return regionCodes
      .filter((code) => region == null || code === region)
      .map((code) => ({
        region: regionOf(code),
        isInProgramme: inProgramme.includes(code),
        forms: coverageOfForms(formsOf(regions.get(code))),
        municipalities: municipalitiesOf(code, dayOf(atEnd.asOf)).flatMap((one) => {
          const municipality = municipalityOf(one.code, atEnd.asOf);
          return municipality ? [{ municipality, forms: coverageOfForms(formsOf(municipalities.get(one.code))) }] : [];
        }),
      }));
  }

  @ResolveField(() => [FollowUpStepType], {
    description: 'Services and members over time: at the end of each month of the period, or of each year where it is long.',
  })
  async overTime({ moment, instants }: NationalFollowUpType): Promise<readonly FollowUpStepType[]> {
    const [services, networks] = await Promise.all([servicesOverTime(moment, instants), networksOverTime(moment, instants)]);
    return instants.map((at, index) => {
      const forms = formsOf(services[index]);
      return { at, services: forms.reduce((sum, one) => sum + one.services, 0), forms, networks: 0, members: 0, ...networks[index] };
    });
  }

  @ResolveField(() => AppropriationsUseType, {
    description: 'The appropriations of the budget years of the period, of calls that you may see, as they are used at its end.',
  })
  async appropriations({ period, atEnd }: NationalFollowUpType, _args: unknown, context: RequestContext): Promise<AppropriationsUseType> {
    const all = [...(await appropriationsAt(atEnd))].filter(([, one]) => isOf(period, one));
    const seen = await Promise.all(all.map(async ([call]) => ((await callOf(call, atEnd, context)) ? [call] : [])));
    const calls = seen.flat();
    const money = await paidByCall(calls, atEnd);
    const uses = all.flatMap(([call, { amount, decided, returned, left }]) =>
      calls.includes(call) ? [{ call, amount, decided, returned, left, paid: 0, repaid: 0, ...money.get(call) }] : [],
    );
    return { calls: uses, inAll: together(uses) };
  }

  private async followUpAt(period: DaysInput, at: AtArgs, context: RequestContext): Promise<NationalFollowUpType> {
    const steps = stepsOf(period);
    const moment = await this.views.moment(at, context);
    const end = [steps.at(-1) as string, moment.asOf].sort()[0] as string;
    return { period, moment, atEnd: { ...moment, asOf: end }, instants: steps.filter((step) => step <= moment.asOf) };
  }

  /** Each change of a view is looked at as the reader sees it: what shows them the same as before is not told. */
  private async *changesOf(
    period: DaysInput,
    caller: Caller | undefined,
    { id, languages }: Pick<SubscriptionContext['client'], 'id' | 'languages'>,
    signal: AbortSignal,
  ): AsyncGenerator<NationalFollowUpChangeType> {
    const first = this.viewChanges.latest(followed);
    // A context keeps what was loaded for it: each look has its own.
    const lookedAt = (after: string) =>
      throughOutages(() => this.digestsAt(period, after || undefined, new RequestContext({ id }, caller, languages)), signal);
    let before = await lookedAt(first);
    yield { ...(first && { position: first }), changes: [] };
    for await (const position of this.viewChanges.follow(followed, first || undefined, signal)) {
      const now = await lookedAt(position);
      const changes = changesBetween(before, now).map(({ part, regions }) => ({ part, regions: regions.map(regionOf) }));
      before = now;
      if (changes.length > 0) yield { position, changes };
    }
  }

  private async digestsAt(period: DaysInput, after: string | undefined, context: RequestContext): Promise<Digests> {
    const followUp = await this.followUpAt(period, { after }, context);
    const none = undefined;
    const [goals, indicators, levels, nationwide, coverage, overTime, appropriations] = await Promise.all([
      this.goals(followUp, none, context),
      this.indicators(followUp, none, context),
      this.levels(followUp, none, context),
      this.nationwide(followUp),
      this.coverage(followUp, context),
      this.overTime(followUp),
      this.appropriations(followUp, none, context),
    ]);
    const ofRegion = ({ code }: { readonly code: RegionCode }, says: unknown) => ({ region: code, says });
    const told: Told = {
      goals: goals.map(({ region, ...says }) => ofRegion(region, says)),
      indicators: indicators.flatMap(({ indicator, name, unit, series }) =>
        series.flatMap(({ version, period: of, values, missing: _missing, notReported, ...sums }) => [
          { says: [indicator, name, unit, version, of, sums] },
          ...values.map(({ region, value }) => ofRegion(region, [indicator, value])),
          ...notReported.map((region) => ofRegion(region, [indicator, version, of, 'not-reported'])),
        ]),
      ),
      levels: levels.flatMap((one) =>
        one.levels.flatMap(({ regions, ...level }) => regions.map((region) => ofRegion(region, [one.framework, one.criterion, level]))),
      ),
      coverage: [{ says: nationwide }, ...coverage.map(({ region, ...says }) => ofRegion(region, says))],
      'over-time': [{ says: overTime }],
      appropriations: [{ says: appropriations }],
    };
    return digestsOf(told, (text) => hash('sha256', text, 'base64url'));
  }
}

/** The views that the follow-up is read from. */
const followed = [
  'plans',
  'regional-indicators',
  'indicator-definitions',
  'self-evaluations',
  'evaluation-frameworks',
  'providers',
  'networks',
  'programme-regions',
  'calls',
  'appropriations',
  'decisions',
  'grants',
  'payments',
];

/** Read once for all that is asked of them. */
const goalsDue = once(async ({ period, moment }: NationalFollowUpType, context: RequestContext): Promise<readonly RegionalGoalType[]> =>
  (await goalsOf({}, moment, context)).filter(({ by }) => by >= period.from),
);

/** An appropriation is of its budget year; where that is not known, of the time at which it was reserved. */
function isOf({ from, to }: { readonly from: Day; readonly to: Day }, { year, amounts: [first] }: AppropriationType): boolean {
  const its = String(year ?? first?.effectiveAt ?? '').slice(0, 4);
  return from.slice(0, 4) <= its && its <= to.slice(0, 4);
}

function together(uses: readonly AppropriationUseType[]): AppropriationUseType {
  const none = { amount: 0, decided: 0, returned: 0, left: 0, paid: 0, repaid: 0 };
  const names = Object.keys(none) as (keyof typeof none)[];
  return uses.reduce<typeof none>(
    (sums, use) => Object.fromEntries(names.map((name) => [name, sums[name] + use[name]])) as typeof none,
    none,
  );
}

function withRegions({ values, missing, notReported, ...series }: SeriesOfRegions): IndicatorSeriesType {
  return {
    ...series,
    values: values.map(({ region, value }) => ({ region: regionOf(region), value })),
    missing: missing.map(regionOf),
    notReported: notReported.map(regionOf),
  };
}
