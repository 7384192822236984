import { remembered } from './remembered.js';

/** An instant in UTC with milliseconds, `2019-10-15T13:15:00.000Z`: of one length, so that order as text is order in time. */
export type Instant = string;
/** A calendar day in Helsinki, `2019-10-15`. */
export type Day = string;

const zone = 'Europe/Helsinki';

/** The instant in its one spelling. Takes any ISO 8601 instant with an offset; throws RangeError for anything else. */
export function instant(text: string): Instant {
  return new Date(Temporal.Instant.from(text).epochMilliseconds).toISOString();
}

export function instantOf(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString();
}

/**
 * The instant of a wall-clock time in Helsinki, `2019-10-15T16:15`.
 * Throws RangeError where the clock shows it twice or never (the changes to and from summer time): such a
 * deadline must be given as an instant.
 */
export function helsinkiInstant(wallTime: string): Instant {
  const time = Temporal.PlainDateTime.from(wallTime);
  return instantOf(time.toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds);
}

/** The day that so many days later is. */
export function daysAfter(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The first instant of a Helsinki day. */
export function dayStart(day: Day): Instant {
  return instantOf(startOf(Temporal.PlainDate.from(day)));
}

/** The last instant of a Helsinki day, one millisecond before the next one begins. */
export function dayEnd(day: Day): Instant {
  return instantOf(startOf(Temporal.PlainDate.from(day).add({ days: 1 })) - 1);
}

/** Later than any instant that is recorded. */
export const forEver: Instant = '9999-12-31T23:59:59.999Z';

/** The first instant after it. */
export function justAfter(at: Instant): Instant {
  return instantOf(Date.parse(at) + 1);
}

/** Nine o'clock in the morning in Helsinki, as many days before the day of the instant. */
export function morningBefore(at: Instant, days: number): Instant {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().subtract({ days });
  return helsinkiInstant(`${day.toString()}T09:00`);
}

/**
 * What a clock on a wall in Helsinki shows at the instant, to the minute: `15.10.2019 16.15`. The last instant of a day, with
 * which whole days end, is `24.00`, which 23.59 is not; what the clock shows twice says which of the two it is: `26.10.2025 03.30 (UTC+3)`.
 */
export function helsinkiClock(at: Instant): string {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${time.day}.${time.month}.${time.year}`;
  if (at === dayEnd(time.toPlainDate().toString())) return `${day} 24.00`;
  const shown = `${day} ${two(time.hour)}.${two(time.minute)}`;
  return isShownTwice(time) ? `${shown} (UTC+${time.offsetNanoseconds / 3.6e12})` : shown;
}

function isShownTwice(time: Temporal.ZonedDateTime): boolean {
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    time.toPlainDateTime().toZonedDateTime(zone, { disambiguation }),
  );
  return first?.epochMilliseconds !== second?.epochMilliseconds;
}

/** What calendar and clock in Helsinki show at the instant. */
export interface HelsinkiTime {
  readonly day: Day;
  /** From 1, Monday, to 7, Sunday. */
  readonly weekday: number;
  /** To the minute, `09:05`: of one length, so that order as text is order in the day. */
  readonly time: string;
}

/** Remembers the last ones: one question asks it for the same instant again and again. */
export const helsinkiTimeOf: (at: Instant) => HelsinkiTime = remembered(1_000, readTime);

function readTime(at: Instant): HelsinkiTime {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return { day: time.toPlainDate().toString(), weekday: time.dayOfWeek, time: time.toPlainTime().toString({ smallestUnit: 'minute' }) };
}

function startOf(date: Temporal.PlainDate): number {
  return date.toZonedDateTime(zone).epochMilliseconds;
}

/** The day that it is in Helsinki at the instant. */
export function dayOf(at: Instant): Day {
  return helsinkiTimeOf(at).day;
}
