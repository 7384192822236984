import type { Day, Instant } from './helsinki-time.js';
import { firstInstant } from './when.js';

/** The longest time that one usually gives somebody to answer. A day beyond it may be a slip of the pen, and is asked about. */
export const usualDays = 90;

/** Whether the day is further away than one usually gives somebody. */
export function isFarDay(due: Day, at: Instant): boolean {
  return Date.parse(firstInstant(due)) - Date.parse(at) > usualDays * 86_400_000;
}
