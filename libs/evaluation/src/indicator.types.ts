import { Field, Float, ObjectType } from '@nestjs/graphql';
import { enumOf } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { municipalityOf, MunicipalityType } from '#edge/municipality.type';
import { dated, objectOf, recorded } from '#edge/records';
import type { RequestContext } from '#edge/request-context';
import { KeyScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import { fewRowsAt, type Moment } from '#edge/views';
import { mayRead } from '#access/policy';
import type { Instant } from '#kernel/helsinki-time';
import { pick } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import type { RegionCode } from '#kernel/region';
import { entryAt, isThen, type Timeline } from '#kernel/timeline';
import type { IndicatorDefinition } from './indicator-definition.facts.js';
import { indicatorDefinitions, type IndicatorDefinitionRow } from './indicator-definitions.projection.js';
import { definitionEvents, indicatorEvents, IndicatorMeasure } from './indicator.events.js';
import { brokenDownBy, hiddenCells, type Reported } from './indicator.rules.js';
import { regionalIndicators, type IndicatorsRow } from './indicators.projection.js';

const { IndicatorReported } = indicatorEvents;

@ObjectType('IndicatorVersion', { description: 'A version of what an indicator is. It never changes.' })
class IndicatorVersionType extends objectOf({ ...definitionEvents.IndicatorDefined.fields, ...dated }) {}

@ObjectType('Indicator', { description: 'What is measured, and how, through its versions.' })
export class IndicatorType {
  @Field(() => KeyScalar)
  id!: string;

  @Field(() => [IndicatorVersionType], { description: 'Version 1 first.' })
  versions!: IndicatorVersionType[];

  @RevisionField()
  revision!: StreamRevision;
}

@ObjectType('ReportedValue', { description: 'What was reported of a value at a time.' })
class ReportedValueType extends objectOf({
  ...pick(IndicatorReported.fields, 'basis', 'missingBecause', 'correction'),
  ...dated,
  ...recorded,
}) {
  @Field(() => Float, { nullable: true, description: 'Null where it is missing or suppressed.' })
  value?: number;
}

@ObjectType('IndicatorValue', { description: 'The value of an indicator in a region and a period, as it was known then.' })
export class IndicatorValueType extends objectOf(
  pick(IndicatorReported.fields, 'version', 'period', 'form', 'topic', 'language', 'age', 'basis', 'missingBecause'),
) {
  @Field(() => Float, { nullable: true, description: 'Null where it is missing or suppressed: that is not zero.' })
  value?: number;

  @Field(() => Boolean)
  isMissing!: boolean;

  @Field(() => Boolean, { description: 'Whether it is not shown, because the count is small or would tell one that is.' })
  isSuppressed!: boolean;

  @Field(() => MunicipalityType, { nullable: true })
  municipality?: MunicipalityType;

  @Field(() => [ReportedValueType], { description: 'All that was reported of it until then: a correction after what it corrects.' })
  history!: ReportedValueType[];
}

@ObjectType('IndicatorOfRegion', { description: 'An indicator in a region through its periods.' })
export class IndicatorOfRegionType {
  @Field(() => KeyScalar)
  indicator!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => LocalizedTextType)
  unit!: LocalizedText;

  @Field(() => enumOf(IndicatorMeasure))
  measure!: IndicatorMeasure;

  @Field(() => [IndicatorValueType], {
    description: 'The earliest period first; by versions of the definition, which are not to be compared.',
  })
  values!: readonly IndicatorValueType[];
}

/** The indicator as it was defined until the instant; undefined before it was. */
export function indicatorAt(row: Stored<IndicatorDefinitionRow>, { asOf }: Moment): IndicatorType | undefined {
  const versions = row.versions.filter(isThen(asOf)).map(({ value, effectiveAt }) => ({ ...value, effectiveAt }));
  return versions.length === 0
    ? undefined
    : { id: row._id, versions, revision: new StreamRevision(`indicatorDefinition-${row._id}`, row.revision) };
}

/** Which values are asked for. */
export interface IndicatorsAsked {
  readonly indicator?: string | null;
  /** With what is broken down; without it what is of the whole region. */
  readonly isBrokenDown?: boolean | null;
}

/** The indicators of a region at the moment, as the caller may see them. */
export async function indicatorsOf(
  region: RegionCode,
  moment: Moment,
  context: RequestContext,
  asked: IndicatorsAsked = {},
): Promise<readonly IndicatorOfRegionType[]> {
  const [row, definitions] = await Promise.all([
    context.load(moment.rows(regionalIndicators), region),
    fewRowsAt(moment, indicatorDefinitions),
  ]);
  if (!row) return [];
  const latestOf = (indicator: string) => definitions.get(indicator)?.versions.filter(isThen(moment.asOf)).at(-1)?.value;
  const seesAll = mayRead('small counts', context.caller, { region });
  const values = valuesAt(row, moment, asked, (indicator) => seesAll || ['share', 'score'].includes(latestOf(indicator)?.measure ?? ''));
  return [...Map.groupBy(values, ({ indicator }) => indicator)]
    .flatMap(([indicator, those]) => {
      const latest = latestOf(indicator);
      return latest ? [{ ...aboutOf(indicator, latest), values: those.map(({ shown }) => shown) }] : [];
    })
    .sort((a, b) => a.indicator.localeCompare(b.indicator));
}

function aboutOf(indicator: string, { names, unit, measure }: IndicatorDefinition): Omit<IndicatorOfRegionType, 'values'> {
  return { indicator, name: names, unit, measure };
}

interface Shown {
  readonly indicator: string;
  readonly shown: IndicatorValueType;
}

/** The values asked for; those of indicators that are not `shownToAll` without small counts. */
function valuesAt(
  { cells }: IndicatorsRow,
  { asOf }: Moment,
  { indicator, isBrokenDown }: IndicatorsAsked,
  shownToAll: (indicator: string) => boolean,
): readonly Shown[] {
  const wanted = Object.entries(cells).filter(
    ([, [first]]) =>
      first && (indicator == null || first.value.indicator === indicator) && (isBrokenDown || brokenDownBy(first.value).length === 0),
  );
  const hidden = hiddenCells(wanted.filter(([, [first]]) => first && !shownToAll(first.value.indicator)));
  return wanted
    .flatMap(([key, timeline]) => {
      const latest = entryAt(timeline, asOf);
      return latest ? [{ indicator: latest.value.indicator, shown: shownOf(latest.value, timeline, asOf, hidden.has(key)) }] : [];
    })
    .sort(
      ({ shown: a }, { shown: b }) =>
        a.period.from.localeCompare(b.period.from) ||
        a.version - b.version ||
        (a.municipality?.code ?? '').localeCompare(b.municipality?.code ?? ''),
    );
}

function shownOf(latest: Reported, timeline: Timeline<Reported>, asOf: Instant, isSuppressed: boolean): IndicatorValueType {
  const { indicator: _, municipality, value, correction: _why, ...rest } = latest;
  const found = municipality === undefined ? undefined : municipalityOf(municipality, asOf);
  return {
    ...rest,
    ...(value !== undefined && !isSuppressed && { value }),
    isMissing: value === undefined,
    isSuppressed,
    ...(found && { municipality: found }),
    history: timeline
      .filter(isThen(asOf))
      .map(({ value: { value: reported, basis, missingBecause, correction }, effectiveAt, recordedAt }) => ({
        ...(reported !== undefined && !isSuppressed && { value: reported }),
        ...(basis && { basis }),
        ...(missingBecause !== undefined && { missingBecause }),
        ...(correction !== undefined && { correction }),
        effectiveAt,
        recordedAt,
      })),
  };
}
