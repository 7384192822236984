import type { Instant } from './helsinki-time.js';
import { firstInstant, type When } from './when.js';

/** The longest time that one usually gives somebody to answer. A day beyond it may be a slip of the pen, and is asked about. */
export const usualDays = 90;

/** The longest time, from its decision on, in which one usually uses a grant and pays it. */
export const usualDaysOfUse = 1_095;

/** Whether the day is further away than one usually gives somebody, or than so many days. */
export function isFarDay(due: When, at: Instant, days = usualDays): boolean {
  return Date.parse(firstInstant(due)) - Date.parse(at) > days * 86_400_000;
}
