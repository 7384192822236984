import type { EventData } from '#kernel/event-schema';
import { isSmall, withoutSmallCells } from '#kernel/small-cells';
import type { Timeline } from '#kernel/timeline';
import { breakdown, type indicatorEvents } from './indicator.events.js';

export type Reported = EventData<typeof indicatorEvents, 'IndicatorReported'>;
type About = Omit<Reported, 'value' | 'basis' | 'missingBecause' | 'correction'>;

const dimensions = Object.keys(breakdown) as (keyof typeof breakdown)[];

/** What a value is about: what is reported of the same again corrects it. */
export function cellKey(about: About): string {
  const { indicator, version, period } = about;
  return JSON.stringify([indicator, version, period.from, period.to, ...dimensions.map((one) => about[one] ?? '')]);
}

/** By what the value is broken down; by nothing where it is of the whole region. */
export function brokenDownBy(about: About): readonly (keyof typeof breakdown)[] {
  return dimensions.filter((one) => about[one] !== undefined);
}

/**
 * The counts that are not shown to everyone, by their keys. A breakdown hides its small cells, and the next smallest beside
 * one that is alone, for the region’s value tells their sum; one by two things at once, whose sums are told in two ways,
 * is hidden as a whole where one of its cells is small. It does not matter when which value was reported.
 */
export function hiddenCells(cells: readonly (readonly [string, Timeline<Reported>])[]): ReadonlySet<string> {
  const told = cells.flatMap(([key, timeline]) => {
    const latest = timeline.at(-1)?.value;
    // A count that was ever small stays hidden: its history would tell it.
    const count = timeline.find(({ value }) => isSmall(value.value))?.value.value ?? latest?.value;
    return latest ? [{ key, about: latest, count }] : [];
  });
  const groups = Map.groupBy(told, ({ about: { indicator, version, period }, about }) =>
    JSON.stringify([indicator, version, period.from, period.to, ...brokenDownBy(about)]),
  );
  const hidden = [...groups.values()].flatMap((those) => {
    const counts = those.map(({ count }) => count);
    if (brokenDownBy((those[0] as (typeof those)[number]).about).length > 1) return counts.some(isSmall) ? those : [];
    return those.filter((_, index) => withoutSmallCells(counts)[index]?.isSuppressed);
  });
  return new Set(hidden.map(({ key }) => key));
}
