import { submittedLast } from '#evaluation/evaluation.facts';
import type { SelfEvaluationType } from '#evaluation/evaluation.types';
import type { IndicatorOfRegionType, IndicatorValueType } from '#evaluation/indicator.types';
import type { Day } from '#kernel/helsinki-time';
import type { RegionCode } from '#kernel/region';
import type { RegionalGoalType } from '#plans/plan.types';
import type {
  CriterionLevelType,
  FrameworkVersionsType,
  GoalInAllType,
  IndicatorSeriesType,
  NationalIndicatorType,
} from './follow-up.types.js';

interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** What was reported in a region. */
export interface OfRegion<Found> {
  readonly region: RegionCode;
  readonly found: readonly Found[];
}

/** Goals against results in all, of those that are called and measured alike. What was not measured is in no sum. */
export function goalsInAll(goals: readonly RegionalGoalType[]): readonly GoalInAllType[] {
  const alike = Map.groupBy(goals, ({ indicator, unit }) => JSON.stringify([indicator, unit]));
  return [...alike.values()].map((those) => {
    const { indicator, unit } = those[0] as RegionalGoalType;
    const measured = those.flatMap(({ latest, target }) => (latest === undefined ? [] : [{ latest, target }]));
    return {
      indicator,
      unit,
      goals: those.length,
      target: sum(those.map(({ target }) => target)),
      measured: measured.length,
      ...(measured.length > 0 && {
        measuredTarget: sum(measured.map(({ target }) => target)),
        measuredResult: sum(measured.map(({ latest }) => latest)),
      }),
      reached: those.filter(({ progress }) => progress !== undefined && progress >= 1).length,
    };
  });
}

/** The indicators of the regions whose periods lie within the one asked for: by version of the definition and period, with who reported nothing. */
export function nationalIndicators(
  reported: readonly OfRegion<IndicatorOfRegionType>[],
  expected: readonly RegionCode[],
  { from, to }: Days,
): readonly (Omit<NationalIndicatorType, 'series'> & { readonly series: readonly SeriesOfRegions[] })[] {
  const all = reported.flatMap(({ region, found }) => found.map((one) => ({ region, ...one })));
  return [...Map.groupBy(all, ({ indicator }) => indicator).values()].flatMap((those) => {
    const { indicator, name, unit, measure } = those[0] as (typeof those)[number];
    const within = those.flatMap(({ region, values }) =>
      values.filter(({ period }) => from <= period.from && period.to <= to).map((value) => ({ region, value })),
    );
    const groups = [
      ...Map.groupBy(within, ({ value: { version, period } }) => JSON.stringify([period.from, period.to, version])).entries(),
    ];
    const series = groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, values]) => seriesOf(values, expected, measure === 'count'));
    return series.length === 0 ? [] : [{ indicator, name, unit, measure, series }];
  });
}

interface ValueOfRegion {
  readonly region: RegionCode;
  readonly value: IndicatorValueType;
}

/** A series with its regions by their codes. */
export type SeriesOfRegions = Omit<IndicatorSeriesType, 'values' | 'missing' | 'notReported'> & {
  readonly values: readonly ValueOfRegion[];
  readonly missing: readonly RegionCode[];
  readonly notReported: readonly RegionCode[];
};

/** The total is that of the values shown: what is suppressed could be told from any other. */
function seriesOf(values: readonly ValueOfRegion[], expected: readonly RegionCode[], addsUp: boolean): SeriesOfRegions {
  const { version, period } = (values[0] as ValueOfRegion).value;
  const shown = values.flatMap(({ value: { value } }) => value ?? []);
  const told = values.map(({ region }) => region);
  return {
    version,
    period,
    values,
    shown: shown.length,
    suppressed: values.filter(({ value }) => value.isSuppressed).length,
    missing: values.filter(({ value }) => value.isMissing).map(({ region }) => region),
    notReported: expected.filter((region) => !told.includes(region)),
    corrected: values.filter(({ value: { history } }) => history.length > 1).length,
    ...(addsUp && shown.length > 0 && { total: sum(shown) }),
  };
}

/** At which levels regions found themselves, criterion by criterion: from the self-evaluation of each that was submitted last about the period. */
export function levelsByCriterion(
  evaluated: readonly OfRegion<SelfEvaluationType>[],
  { from, to }: Days,
): readonly (Omit<CriterionLevelType, 'levels'> & { readonly levels: readonly LevelOfRegions[] })[] {
  const latest = evaluated.flatMap(({ region, found }) => {
    const one = submittedLast(found.filter(({ period }) => period.from <= to && from <= period.to));
    return one ? [{ region, ...one }] : [];
  });
  const assessed = latest.flatMap(({ region, framework, version, assessments }) =>
    assessments.map(({ criterion, level }) => ({ region, framework, version, criterion, level })),
  );
  return [...Map.groupBy(assessed, ({ framework, criterion }) => JSON.stringify([framework, criterion.key])).values()].map((those) => {
    const newest = those.reduce((a, b) => (b.version > a.version ? b : a));
    const versions = [...Map.groupBy(those, ({ version }) => version)]
      .map(([version, group]): FrameworkVersionsType => ({ version, regions: group.length }))
      .sort((a, b) => a.version - b.version);
    const levels = [...Map.groupBy(those, ({ version, level }) => JSON.stringify([version, level?.level ?? 0])).values()]
      .flatMap((group) => {
        const { version, level } = group[0] as (typeof group)[number];
        return level ? [{ version, level: level.level, text: level.text, regions: group.map(({ region }) => region) }] : [];
      })
      .sort((a, b) => a.version - b.version || a.level - b.level);
    const { framework, criterion } = newest;
    return { framework, criterion: criterion.key, text: criterion.text, versions, isMixed: versions.length > 1, levels };
  });
}

type LevelOfRegions = Omit<CriterionLevelType['levels'][number], 'regions'> & { readonly regions: readonly RegionCode[] };

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
