import type { RegionCode } from '#kernel/region';

/** The parts of the national follow-up. */
export const followUpParts = ['goals', 'indicators', 'levels', 'coverage', 'over-time', 'appropriations'] as const;
export type FollowUpPart = (typeof followUpParts)[number];

/** What the follow-up says, part by part: of a region, or of the whole country where none is named. */
export type Told = Readonly<Record<FollowUpPart, readonly { readonly region?: RegionCode; readonly says: unknown }[]>>;

/** What each part says of each region, and of the whole country, in few letters. */
export type Digests = ReadonlyMap<FollowUpPart, ReadonlyMap<RegionCode | undefined, string>>;

/** What a part of the follow-up says now differs from what it said. */
export interface PartChange {
  readonly part: FollowUpPart;
  /** Of which regions; none where it is of the whole country alone. */
  readonly regions: readonly RegionCode[];
}

/** The digest of what is told to the reader. What they are not shown is in none of it. */
export function digestsOf(told: Told, digest: (text: string) => string): Digests {
  return new Map(
    followUpParts.map((part) => {
      const byRegion = Map.groupBy(told[part], ({ region }) => region);
      return [part, new Map([...byRegion].map(([region, those]) => [region, digest(JSON.stringify(those))]))];
    }),
  );
}

/** Which parts say something else than before, and of which regions. */
export function changesBetween(before: Digests, now: Digests): readonly PartChange[] {
  return followUpParts.flatMap((part) => {
    const [old, next] = [before.get(part), now.get(part)];
    const changed = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])].filter((one) => old?.get(one) !== next?.get(one));
    return changed.length === 0 ? [] : [{ part, regions: changed.filter((one) => one !== undefined).sort() }];
  });
}
