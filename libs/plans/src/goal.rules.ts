import type { EventData } from '#kernel/event-schema';
import type { planEvents } from './plan.events.js';

/** How far a value is from a goal's baseline, 0, to its target, 1; undefined where one of them is not known, or there is no way between them. */
export function progressOf(
  { baseline, target }: Pick<EventData<typeof planEvents, 'GoalSet'>, 'baseline' | 'target'>,
  value: number | undefined,
): number | undefined {
  if (baseline === undefined || value === undefined || baseline === target) return undefined;
  return (value - baseline) / (target - baseline);
}
