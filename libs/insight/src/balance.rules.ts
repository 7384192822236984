import type { EventData } from '#kernel/event-schema';
import { isSmall } from '#kernel/small-cells';
import type { surveyEvents, SupportUnit } from './survey.events.js';

export type Need = EventData<typeof surveyEvents, 'NeedRecorded'>;
export type Supply = EventData<typeof surveyEvents, 'SupplyRecorded'>;

/** Why there is no ratio of need and supply. */
export const noRatioReasons = ['no-need', 'no-supply', 'need-is-zero', 'not-added-up', 'suppressed'] as const;
export type NoRatioReason = (typeof noRatioReasons)[number];

/** Need against supply in one unit. What was not recorded is missing, and not zero. */
export interface UnitBalance {
  readonly unit: SupportUnit;
  readonly need?: number;
  readonly supply?: number;
  /** Supply through need: 1 where it is met. */
  readonly ratio?: number;
  readonly noRatio?: NoRatioReason;
}

/** Whether the figure could tell of single persons. */
export function tellsOfPersons({ unit, volume }: Pick<Need, 'unit' | 'volume'>): boolean {
  return unit === 'people-per-month' && isSmall(volume);
}

/** Need against supply of one municipality, unit by unit; a ratio only where both are told in the same. */
export function balancesOf(needs: readonly Need[], supplies: readonly Supply[], seesSmall: boolean): readonly UnitBalance[] {
  const units = [...new Set([...needs, ...supplies].map(({ unit }) => unit))].sort();
  return units.map((unit) => {
    const figures = needs.filter((one) => one.unit === unit);
    const capacities = supplies.filter((one) => one.unit === unit);
    const supply = capacities.length === 0 ? undefined : sum(capacities.map(({ capacity }) => capacity));
    const isHidden = !seesSmall && figures.some(tellsOfPersons);
    const need = isHidden ? undefined : totalNeed(figures);
    const noRatio = noRatioOf(figures, isHidden, need, supply);
    return {
      unit,
      ...(need !== undefined && { need }),
      ...(supply !== undefined && { supply }),
      ...(noRatio ? { noRatio } : { ratio: (supply as number) / (need as number) }),
    };
  });
}

/**
 * How much is needed together. A topic's need is that of everyone where that is told, else what its audiences need together.
 * People are in several topics and audiences at once: they are added up nowhere.
 */
function totalNeed(figures: readonly Need[]): number | undefined {
  if (figures.length <= 1) return figures[0]?.volume;
  if (figures[0]?.unit === 'people-per-month') return undefined;
  const byTopic = [...Map.groupBy(figures, ({ topic }) => topic).values()];
  return sum(
    byTopic.map((those) => those.find(({ audience }) => audience === 'everyone')?.volume ?? sum(those.map(({ volume }) => volume))),
  );
}

function noRatioOf(
  figures: readonly Need[],
  isHidden: boolean,
  need: number | undefined,
  supply: number | undefined,
): NoRatioReason | undefined {
  if (figures.length === 0) return 'no-need';
  if (supply === undefined) return 'no-supply';
  if (isHidden) return 'suppressed';
  if (need === undefined) return 'not-added-up';
  return need === 0 ? 'need-is-zero' : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
