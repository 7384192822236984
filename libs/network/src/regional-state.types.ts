import { Field, ObjectType } from '@nestjs/graphql';
import { regionOf, RegionType } from '#edge/region.type';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import type { RequestContext } from '#edge/request-context';
import type { Moment } from '#edge/views';
import type { Instant } from '#kernel/helsinki-time';
import type { Stored } from '#kernel/projection';
import { regionCodes, type RegionCode } from '#kernel/region';
import { valueAt } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { networks, type NetworkRow } from './networks.projection.js';
import { programmeRegions, type ProgrammeRegionRow } from './programme-regions.projection.js';

@ObjectType('ProgrammePeriod', { description: 'A time in which a region took part in the programme.' })
export class ProgrammePeriodType {
  @Field(() => KeyScalar)
  programme!: string;

  @Field(() => WhenScalar, { description: 'As exact as the source.' })
  since!: string;

  @Field(() => WhenScalar, { nullable: true, description: 'When it left; null while it takes part.' })
  until?: string;

  @Field(() => String, { nullable: true, description: 'Why it left, where that is known.' })
  reason?: string;

  @Field(() => [String], { description: 'The pages that it was read from.' })
  source!: readonly string[];
}

/** Other contexts add their fields to it. */
@ObjectType('RegionalState', { description: 'A region and what there is of digital support in it, at the time asked for.' })
export class RegionalStateType extends RegionType {
  moment!: Moment;
  /** Its networks that are there at the moment, in the order of their ids. */
  networkRows!: () => Promise<readonly Stored<NetworkRow>[]>;
}

/** More networks than there ever are. */
const mostNetworks = 10_000;

/** The regions at the moment. Their networks are read when somebody asks for those of one, once for all of them. */
export function regionalStates(codes: readonly RegionCode[], moment: Moment): readonly RegionalStateType[] {
  let reading: Promise<ReadonlyMap<string | undefined, readonly Stored<NetworkRow>[]>> | undefined;
  const read = async () => {
    const where = { region: { in: codes }, since: { to: moment.asOf } };
    return Map.groupBy(await moment.rows(networks).find({ where, limit: mostNetworks }), ({ region }) => region);
  };
  return codes.map((code) => ({ ...regionOf(code), moment, networkRows: async () => (await (reading ??= read())).get(code) ?? [] }));
}

/** The periods of a region in each programme until the instant, the earliest first. */
export function periodsAt({ programmes }: ProgrammeRegionRow, asOf: Instant): readonly ProgrammePeriodType[] {
  return Object.entries(programmes)
    .flatMap(([programme, timeline]) => {
      const periods: ProgrammePeriodType[] = [];
      for (const { effectiveAt, value, source = [] } of timeline) {
        if (firstInstant(effectiveAt) > asOf) break;
        const last = periods.at(-1);
        const isOpen = last !== undefined && last.until === undefined;
        // One that was known late to have begun earlier stands in its place before.
        if (value.takesPart && !isOpen) periods.push({ programme, since: effectiveAt, source });
        if (!value.takesPart && isOpen) {
          const { reason } = value;
          const sources = [...new Set([...last.source, ...source])];
          periods.splice(-1, 1, { ...last, until: effectiveAt, source: sources, ...(reason !== undefined && { reason }) });
        }
      }
      return periods;
    })
    .sort((a, b) => firstInstant(a.since).localeCompare(firstInstant(b.since)));
}

/** Whether the region takes part in a programme at the instant, as far as is known. */
export function isInProgrammeAt({ programmes }: ProgrammeRegionRow, asOf: Instant): boolean {
  return Object.values(programmes).some((timeline) => valueAt(timeline, asOf)?.takesPart === true);
}

/** The regions that take part in a programme at the moment, as far as is known, in the order of their codes. */
export async function regionsInProgramme(moment: Moment, context: RequestContext): Promise<readonly RegionCode[]> {
  const rows = await Promise.all(regionCodes.map((code) => context.load(moment.rows(programmeRegions), code)));
  return regionCodes.filter((_, index) => {
    const row = rows[index];
    return row !== undefined && isInProgrammeAt(row, moment.asOf);
  });
}
