import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayEnd, dayStart, helsinkiClock, helsinkiInstant, helsinkiTimeOf, instant, instantOf } from './helsinki-time.js';
import { firstInstant, lastInstant, precisionOf, when } from './when.js';

describe('Helsinki time', () => {
  it('puts 16.15 on 15 October 2019 at 13:15 UTC, and two weeks later at 14:15', () => {
    expect(helsinkiInstant('2019-10-15T16:15')).toBe('2019-10-15T13:15:00.000Z');
    expect(helsinkiInstant('2019-10-29T16:15')).toBe('2019-10-29T14:15:00.000Z');
    expect(helsinkiClock('2019-10-15T13:15:00.000Z')).toBe('15.10.2019 16.15');
  });

  it.each(['2019-10-27T03:30', '2019-03-31T03:30'])('refuses %s, which the clock shows twice or never', (wallTime) => {
    expect(() => helsinkiInstant(wallTime)).toThrow(expect.objectContaining({ name: 'RangeError' }));
  });

  it('shows no two deadlines alike that are not one: a whole day and its 23.59, and both of the hour that is doubled', () => {
    const shown = ['2019-10-14T20:59:00.000Z', lastInstant('2019-10-14'), '2025-10-26T00:30:00.000Z', '2025-10-26T01:30:00.000Z'];
    expect(shown.map(helsinkiClock)).toEqual([
      '14.10.2019 23.59',
      '14.10.2019 24.00',
      '26.10.2025 03.30 (UTC+3)',
      '26.10.2025 03.30 (UTC+2)',
    ]);
    expect(['2025-10-25T23:59:00.000Z', '2025-10-26T02:00:00.000Z'].map(helsinkiClock)).toEqual(['26.10.2025 02.59', '26.10.2025 04.00']);
  });

  it('gives the day of the change to winter time 25 hours, and that of the change to summer time 23', () => {
    const hours = (day: string) => (Date.parse(dayEnd(day)) + 1 - Date.parse(dayStart(day))) / 3_600_000;
    expect([hours('2019-10-27'), hours('2020-03-29'), hours('2020-01-01')]).toEqual([25, 23, 24]);
  });

  it('says what calendar and clock show, also in the hour that the clock shows twice', () => {
    expect(helsinkiTimeOf('2026-10-24T21:30:00.000Z')).toEqual({ day: '2026-10-25', weekday: 7, time: '00:30' });
    expect(helsinkiTimeOf('2026-10-25T00:59:59.999Z')).toEqual({ day: '2026-10-25', weekday: 7, time: '03:59' });
    expect(helsinkiTimeOf('2026-10-25T01:00:00.000Z')).toEqual({ day: '2026-10-25', weekday: 7, time: '03:00' });
    expect(helsinkiTimeOf('2026-10-25T22:00:00.000Z')).toEqual({ day: '2026-10-26', weekday: 1, time: '00:00' });
  });

  it('leaves no instant between two days, and none in both', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const day = Temporal.PlainDate.from('1990-01-01').add({ days });
        const next = day.add({ days: 1 }).toString();
        expect(Date.parse(dayEnd(day.toString())) + 1).toBe(Date.parse(dayStart(next)));
        expect(helsinkiClock(dayStart(day.toString()))).toBe(`${day.day}.${day.month}.${day.year} 00.00`);
      }),
    );
  });

  it('spells instants in one way, so that their order as text is their order in time', () => {
    expect(instant('2019-10-15T16:15:00+03:00')).toBe('2019-10-15T13:15:00.000Z');
    const time = fc.integer({ min: 0, max: 4e12 });
    fc.assert(fc.property(time, time, (a, b) => expect(instantOf(a) < instantOf(b)).toBe(a < b)));
  });
});

describe('a time as exact as its source', () => {
  it.each([
    ['2019-10-15T16:15:00+03:00', 'instant', '2019-10-15T13:15:00.000Z', '2019-10-15T13:15:00.000Z'],
    ['2019-10-15', 'day', '2019-10-14T21:00:00.000Z', '2019-10-15T20:59:59.999Z'],
    ['2019-10', 'month', '2019-09-30T21:00:00.000Z', '2019-10-31T21:59:59.999Z'],
    ['2018-autumn', 'season', '2018-08-31T21:00:00.000Z', '2018-11-30T21:59:59.999Z'],
    ['2018-winter', 'season', '2018-11-30T22:00:00.000Z', '2019-02-28T21:59:59.999Z'],
  ])('%s is a %s from %s to %s', (text, precision, first, last) => {
    expect([precisionOf(text), firstInstant(text), lastInstant(text)]).toEqual([precision, first, last]);
  });

  it('may be given as a clock on a wall in Helsinki shows it', () => {
    expect(when('2019-10-15T16:15')).toBe('2019-10-15T13:15:00.000Z');
  });

  it.each(['2019', '2019-13', '2019-02-30', '15.10.2019', '2019-10-27T03:30', '2019-10-15T25:00', '2018-Autumn', ''])(
    '«%s» is none',
    (text) => {
      expect(() => when(text)).toThrow(expect.objectContaining({ name: 'RangeError' }));
    },
  );
});
