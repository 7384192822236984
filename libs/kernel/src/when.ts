import { dayEnd, dayOf, dayStart, helsinkiInstant, instant, type Instant } from './helsinki-time.js';
import { remembered } from './remembered.js';

/**
 * A time as exact as its source: an instant `2019-10-15T13:15:00.000Z`, a Helsinki day `2019-10-15`,
 * a month `2019-10` or a season `2018-autumn`. The seasons are those of the Finnish calendar: spring from March,
 * summer from June, autumn from September, winter from December (into February of the next year).
 */
export type When = string;

export type Precision = 'instant' | 'day' | 'month' | 'season';

const seasonStart = { spring: 3, summer: 6, autumn: 9, winter: 12 } as const;
const patterns: Record<Precision, RegExp> = {
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  month: /^\d{4}-\d{2}$/,
  season: /^\d{4}-(spring|summer|autumn|winter)$/,
};

const wallTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** As a JSON Schema pattern: a `When` in its stored spelling. */
export const whenPattern = '^\\d{4}-(\\d{2}(-\\d{2}(T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)?)?|spring|summer|autumn|winter)$';

class NoTime extends RangeError {}

/** How exact the text is. Throws RangeError where it is no `When`. */
export function precisionOf(text: string): Precision {
  for (const [precision, pattern] of Object.entries(patterns)) if (pattern.test(text)) return precision as Precision;
  throw new NoTime(
    `«${text}» is no time: give an instant (2019-10-15T13:15:00Z), a day (2019-10-15), a month (2019-10) or a season (2018-autumn)`,
  );
}

/**
 * The `When` in its stored spelling. A clock time without an offset, `2019-10-15T16:15`, is Helsinki's.
 * Throws RangeError where it is none, or names a day or an hour that the calendar does not have (or has twice).
 */
export function when(text: string): When {
  try {
    if (wallTime.test(text)) return helsinkiInstant(text);
    if (precisionOf(text) === 'instant') return instant(text);
    firstInstant(text);
    return text;
  } catch (error) {
    if (error instanceof NoTime) throw error;
    throw new RangeError(`«${text}» is no time: the calendar has no such day or hour, or has it twice`, { cause: error });
  }
}

/** The time to the day: an instant as its day in Helsinki; what is known no better than that stays as it is. */
export function toTheDay(at: When): When {
  return precisionOf(at) === 'instant' ? dayOf(at) : at;
}

/** The first instant of the time that is meant. */
export function firstInstant(at: When): Instant {
  return isStoredInstant(at) ? at : firstOf(at);
}

/** The last instant of the time that is meant: both ends of a day, a month and a season belong to it. */
export function lastInstant(at: When): Instant {
  return isStoredInstant(at) ? at : lastOf(at);
}

/** The calendar is slow, and views ask it for the same few days again and again. */
const firstOf = remembered(10_000, first);
const lastOf = remembered(10_000, last);

/** By its length: nothing else of the stored spellings is as long. */
function isStoredInstant(at: When): boolean {
  return at.length === 24 && at.endsWith('Z');
}

function first(at: When): Instant {
  switch (precisionOf(at)) {
    case 'instant':
      return instant(at);
    case 'day':
      return dayStart(at);
    case 'month':
      return dayStart(`${at}-01`);
    case 'season':
      return dayStart(firstMonth(at).toPlainDate({ day: 1 }).toString());
  }
}

function last(at: When): Instant {
  switch (precisionOf(at)) {
    case 'instant':
      return instant(at);
    case 'day':
      return dayEnd(at);
    case 'month':
      return monthEnd(Temporal.PlainYearMonth.from(at));
    case 'season':
      return monthEnd(firstMonth(at).add({ months: 2 }));
  }
}

function firstMonth(season: When): Temporal.PlainYearMonth {
  const [year, name] = season.split('-') as [string, keyof typeof seasonStart];
  return Temporal.PlainYearMonth.from({ year: Number(year), month: seasonStart[name] });
}

function monthEnd(month: Temporal.PlainYearMonth): Instant {
  return dayEnd(month.toPlainDate({ day: month.daysInMonth }).toString());
}
