import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { helsinkiTimeOf, instantOf } from '#kernel/helsinki-time';
import { Refused } from '#kernel/refused';
import { formOf, supportForms, SupportKind, type ServiceContent } from './service-content.events.js';
import { isOpenAt, rightContent } from './service-content.rules.js';

const right: ServiceContent = {
  names: { fi: 'Opastus' },
  kind: 'peer-support',
  contents: ['devices'],
  languages: ['fi'],
  audiences: ['everyone'],
  municipalities: ['091'],
  hours: [],
  exceptions: [],
  accessibility: [],
};
const refusalOf = (change: Partial<ServiceContent>, from = '2026-05-01T09:00:00.000Z') => {
  try {
    rightContent({ ...right, ...change }, from);
  } catch (error) {
    if (error instanceof Refused) return [error.code, error.details];
    throw error;
  }
  return undefined;
};
const hours = (opens: string, closes: string) => ({ opens, closes });
const monday = (opens: string, closes: string) => ({ weekday: 'monday' as const, opens, closes });

describe('a service', () => {
  it('has contents, languages and audiences, and where it needs them municipalities, a place, a telephone', () => {
    expect(refusalOf({})).toBeUndefined();
    expect(refusalOf({ contents: [], languages: [], audiences: [] })).toEqual([
      'service-incomplete',
      { missing: ['contents', 'languages', 'audiences'] },
    ]);
    expect(refusalOf({ municipalities: [] })).toEqual(['service-incomplete', { missing: ['municipalities'] }]);
    expect(refusalOf({ kind: 'chat', municipalities: [] })).toBeUndefined();
    for (const kind of ['service-point', 'unstaffed-service-point'] as const)
      expect(refusalOf({ kind })).toEqual(['service-incomplete', { missing: ['place'] }]);
    expect(refusalOf({ kind: 'phone' })).toEqual(['service-incomplete', { missing: ['phone'] }]);
    expect(refusalOf({ kind: 'phone', phone: '0800' })).toBeUndefined();
  });

  it('is offered in municipalities that there are then', () => {
    const field = 'municipalities';
    expect(refusalOf({ municipalities: ['091', '000'] })).toEqual(['service-municipality-unknown', { field, municipality: '000' }]);
    const ended = ['service-municipality-ended', { field, municipality: '911', year: 2019 }];
    expect(refusalOf({ municipalities: ['911'] }, '2019-12-31T21:59:59.999Z')).toBeUndefined();
    expect(refusalOf({ municipalities: ['911'] }, '2019-12-31T22:00:00.000Z')).toEqual(ended);
  });

  it('has its place in one of them', () => {
    const at = (municipality: string) => ({ place: { municipality, address: 'Katu 1' } });
    expect(refusalOf(at('091'))).toBeUndefined();
    expect(refusalOf(at('049'))).toEqual(['service-place-elsewhere', { municipality: '049' }]);
    expect(refusalOf(at('588'))).toEqual(['service-municipality-ended', { field: 'place.municipality', municipality: '588', year: 2024 }]);
    expect(refusalOf({ kind: 'course', municipalities: [], ...at('049') })).not.toBeDefined();
  });

  it('opens before it closes, once at a time', () => {
    expect(
      refusalOf({ hours: [monday('09:00', '12:00'), monday('12:00', '24:00'), { ...monday('10:00', '11:00'), weekday: 'friday' }] }),
    ).toBeUndefined();
    for (const [opens, closes] of [
      ['16:00', '09:00'],
      ['09:00', '09:00'],
    ] as const)
      expect(refusalOf({ hours: [monday('08:00', '08:30'), monday(opens, closes)] })).toEqual([
        'hours-impossible',
        { field: 'hours.1', opens, closes },
      ]);
    expect(refusalOf({ hours: [monday('09:00', '12:00'), monday('11:59', '13:00')] })).toEqual(['hours-overlap', { field: 'hours.1' }]);
  });

  it('has its exceptions by day, each once and as possible as the usual hours', () => {
    const day = (on: string, ...those: readonly ReturnType<typeof hours>[]) => ({ on, hours: those });
    expect(
      refusalOf({ exceptions: [day('2026-12-24'), day('2026-12-31', hours('09:00', '12:00'), hours('13:00', '14:00'))] }),
    ).toBeUndefined();
    expect(refusalOf({ exceptions: [day('2026-12-24'), day('2026-12-24', hours('09:00', '12:00'))] })).toEqual([
      'exception-twice',
      { field: 'exceptions.1', on: '2026-12-24' },
    ]);
    expect(refusalOf({ exceptions: [day('2026-12-24', hours('12:00', '09:00'))] })).toEqual([
      'hours-impossible',
      { field: 'exceptions.0.hours.0', opens: '12:00', closes: '09:00' },
    ]);
    expect(refusalOf({ exceptions: [day('2026-12-24', hours('09:00', '12:00'), hours('10:00', '11:00'))] })).toEqual([
      'hours-overlap',
      { field: 'exceptions.0.hours.1' },
    ]);
  });

  it('is of one form', () => {
    const kinds = Object.values(supportForms).flat();
    expect(SupportKind.form).toMatchObject({ values: kinds });
    expect(formOf('unstaffed-service-point')).toBe('remote');
    expect(formOf('service-point')).toBe('near');
    expect(formOf('online-training')).toBe('training');
  });
});

describe('whether a service is open', () => {
  const at = (instant: string, change: Partial<ServiceContent>) => isOpenAt({ ...right, ...change }, helsinkiTimeOf(instant));

  it('goes by the clock in Helsinki, also when that is put back', () => {
    const sunday = { hours: [{ weekday: 'sunday' as const, opens: '02:00', closes: '03:30' }] };
    // 25 October 2026: at 4 o'clock it is 3 again.
    expect(at('2026-10-24T22:59:59.999Z', sunday)).toBe(false);
    expect(at('2026-10-24T23:00:00.000Z', sunday)).toBe(true);
    expect(at('2026-10-25T00:29:59.999Z', sunday)).toBe(true);
    expect(at('2026-10-25T00:30:00.000Z', sunday)).toBe(false);
    expect(at('2026-10-25T01:15:00.000Z', sunday)).toBe(true);
    expect(at('2026-10-25T01:30:00.000Z', sunday)).toBe(false);
    const week = { hours: [monday('09:00', '16:00')] };
    expect(at('2026-10-19T06:00:00.000Z', week)).toBe(true);
    expect(at('2026-10-26T06:30:00.000Z', week)).toBe(false);
    expect(at('2026-10-26T07:00:00.000Z', week)).toBe(true);
    expect(at('2026-10-26T14:00:00.000Z', week)).toBe(false);
    expect(at('2026-10-27T08:00:00.000Z', week)).toBe(false);
  });

  it('goes by the exception of the day, and until midnight where it says 24:00', () => {
    const days = {
      hours: [monday('09:00', '16:00')],
      exceptions: [
        { on: '2026-10-26', hours: [hours('20:00', '24:00')] },
        { on: '2026-11-02', hours: [] },
      ],
    };
    expect(at('2026-10-26T08:00:00.000Z', days)).toBe(false);
    expect(at('2026-10-26T21:59:59.999Z', days)).toBe(true);
    expect(at('2026-10-26T22:00:00.000Z', days)).toBe(false);
    expect(at('2026-11-02T08:00:00.000Z', days)).toBe(false);
    expect(at('2026-11-09T08:00:00.000Z', days)).toBe(true);
  });

  it('is not known where no hours are', () => {
    expect(at('2026-10-26T08:00:00.000Z', {})).toBeUndefined();
    expect(at('2026-10-26T08:00:00.000Z', { exceptions: [{ on: '2026-10-26', hours: [] }] })).toBe(false);
  });

  it('is so for as many minutes of a week as its hours have, but for a week in which the clock is changed', () => {
    const time = fc.integer({ min: 0, max: 1_440 });
    const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(time, time, (a, b) => {
        fc.pre(a < b);
        const [start, step] = [Date.parse('2026-06-01T00:00:00.000Z'), 30];
        const isOpen = (minutes: number) => at(instantOf(start + minutes * 60_000), { hours: [monday(clock(a), clock(b))] });
        const open = Array.from({ length: (7 * 1_440) / step }, (_, index) => isOpen(index * step)).filter(Boolean).length;
        expect(open).toBe(Math.ceil(b / step) - Math.ceil(a / step));
      }),
      { numRuns: 20 },
    );
  });
});
