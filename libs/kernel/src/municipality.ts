import data from '../data/municipalities.json' with { type: 'json' };
import type { Day } from './helsinki-time.js';
import type { RegionCode } from './region.js';

/** A municipality (kunta) by its code in Statistics Finland's classification, `091`. */
export type MunicipalityCode = string;

export interface Municipality {
  readonly code: MunicipalityCode;
  readonly names: { readonly fi: string; readonly sv: string };
  /** Its regions, the first one first; each from the start of a year, the first from before what is known. */
  readonly regions: readonly { readonly region: RegionCode; readonly from?: number }[];
  /** The last year in which it was a municipality; missing of one that is. */
  readonly endedAfter?: number;
}

/** The years at whose start the classification is known. What comes later counts as the last of them, until it is known. */
export const { firstYear, lastYear } = data;

/** Every municipality that there was since the first year, by its code. */
export const municipalities: ReadonlyMap<MunicipalityCode, Municipality> = new Map(
  (data.municipalities as readonly { code: string; fi: string; sv: string; regions: Municipality['regions']; endedAfter?: number }[]).map(
    ({ code, fi, sv, regions, endedAfter }) => [
      code,
      { code, names: { fi, sv }, regions, ...(endedAfter !== undefined && { endedAfter }) },
    ],
  ),
);

/** The municipality of that code on the day; undefined where there is none, where it has ended, and before the first year known. */
export function municipalityOn(code: MunicipalityCode, day: Day): Municipality | undefined {
  const [found, year] = [municipalities.get(code), yearOf(day)];
  const isThere = found && year >= firstYear && year <= (found.endedAfter ?? year);
  return isThere ? found : undefined;
}

/** The region to which the municipality belongs on the day; undefined where it is none then. */
export function regionOfMunicipality(code: MunicipalityCode, day: Day): RegionCode | undefined {
  return divisionOn(day).regions.get(code);
}

/** The same, and of a municipality that had ended by then the region to which it belonged last. */
export function lastRegionOf(code: MunicipalityCode, day: Day): RegionCode | undefined {
  return hasEndedBy(code, day) ? municipalities.get(code)?.regions.at(-1)?.region : regionOfMunicipality(code, day);
}

/** Whether the municipality was there and is not on the day. Into which one it merged, the classification does not say. */
export function hasEndedBy(code: MunicipalityCode, day: Day): boolean {
  const { endedAfter } = municipalities.get(code) ?? {};
  return endedAfter !== undefined && yearOf(day) > endedAfter;
}

/** The municipalities of the region on the day, in the order of their codes. */
export function municipalitiesOf(region: RegionCode, day: Day): readonly Municipality[] {
  return divisionOn(day).municipalities.get(region) ?? [];
}

/** Which municipality belongs where in a year. */
interface Division {
  readonly regions: ReadonlyMap<MunicipalityCode, RegionCode>;
  readonly municipalities: ReadonlyMap<RegionCode, readonly Municipality[]>;
}

const divisions = new Map<number, Division>();

/** That of the years that are known is made once each; earlier years have none, later ones that of the last. */
function divisionOn(day: Day): Division {
  const year = Math.max(Math.min(yearOf(day), lastYear + 1), firstYear - 1);
  let found = divisions.get(year);
  if (!found) {
    const there = [...municipalities.values()].flatMap((one) => {
      const region = municipalityOn(one.code, day)?.regions.findLast(({ from }) => (from ?? firstYear) <= year)?.region;
      return region ? [{ one, region }] : [];
    });
    const byRegion = Map.groupBy(there, ({ region }) => region);
    found = {
      regions: new Map(there.map(({ one, region }) => [one.code, region])),
      municipalities: new Map([...byRegion].map(([region, those]) => [region, those.map(({ one }) => one)])),
    };
    divisions.set(year, found);
  }
  return found;
}

/** What may be wrong with a municipality that is named, as it is said in a refusal: «{municipality} {fault}». */
export const municipalityFaults = {
  unknown: {
    fi: 'ei ole kuntaluokituksessa',
    sv: 'finns inte i kommunindelningen',
    en: 'is not in the classification of municipalities',
  },
  'not-yet-known': {
    fi: 'on ajalta, jonka kuntajakoa ei tunneta',
    sv: 'gäller en tid vars kommunindelning inte är känd',
    en: 'is of a time whose municipalities are not known',
  },
  ended: {
    fi: 'oli lakannut annettuna aikana',
    sv: 'hade upphört vid den angivna tiden',
    en: 'had ended at the time given',
  },
  elsewhere: {
    fi: 'ei kuulu maakuntaan annettuna aikana',
    sv: 'hör inte till landskapet vid den angivna tiden',
    en: 'does not belong to the region at the time given',
  },
} as const;

/** What is wrong with naming the municipality as one of the region on the day; undefined where nothing is. */
export function faultOfMunicipality(code: MunicipalityCode, region: RegionCode, day: Day): keyof typeof municipalityFaults | undefined {
  if (!municipalities.has(code)) return 'unknown';
  if (yearOf(day) < firstYear) return 'not-yet-known';
  const its = regionOfMunicipality(code, day);
  if (its === undefined) return 'ended';
  return its === region ? undefined : 'elsewhere';
}

/** Both change with the year only. */
function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
