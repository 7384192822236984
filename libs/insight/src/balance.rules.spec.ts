import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { supportAudiences, supportContents } from '#services/service-content.events';
import { balancesOf, type Need, type Supply } from './balance.rules.js';

const where = { region: '19', municipality: '148' } as const;
const need = (volume: number, more: Partial<Need> = {}): Need => ({
  ...where,
  audience: 'older-people',
  topic: 'devices',
  unit: 'hours-per-month',
  volume,
  ...more,
});
const supply = (capacity: number, more: Partial<Supply> = {}): Supply => ({
  ...where,
  form: 'near',
  unit: 'hours-per-month',
  capacity,
  ...more,
});
const units = ['hours-per-month', 'contacts-per-month', 'people-per-month'] as const;

describe('need against supply', () => {
  it('has a ratio where both are told in one unit', () => {
    expect(balancesOf([need(60)], [supply(20), supply(10, { form: 'remote' })], false)).toEqual([
      { unit: 'hours-per-month', need: 60, supply: 30, ratio: 0.5 },
    ]);
  });

  it('has none across units, nor where one of them was not recorded: that is not zero', () => {
    expect(balancesOf([need(60)], [supply(20, { unit: 'contacts-per-month' })], false)).toEqual([
      { unit: 'contacts-per-month', supply: 20, noRatio: 'no-need' },
      { unit: 'hours-per-month', need: 60, noRatio: 'no-supply' },
    ]);
    expect(balancesOf([need(0)], [supply(20)], false)).toEqual([{ unit: 'hours-per-month', need: 0, supply: 20, noRatio: 'need-is-zero' }]);
    expect(balancesOf([need(60)], [supply(0)], false)).toEqual([{ unit: 'hours-per-month', need: 60, supply: 0, ratio: 0 }]);
  });

  it('takes the need of everyone for that of all audiences together', () => {
    const figures = [need(60), need(20, { audience: 'immigrants' }), need(100, { audience: 'everyone' }), need(5, { topic: 'safety' })];
    expect(balancesOf(figures, [], false)).toMatchObject([{ need: 105 }]);
  });

  it('adds up no people, who need help with several things', () => {
    const people = { unit: 'people-per-month' } as const;
    expect(balancesOf([need(30, people), need(20, { ...people, topic: 'safety' })], [supply(10, people)], false)).toEqual([
      { unit: 'people-per-month', supply: 10, noRatio: 'not-added-up' },
    ]);
    expect(balancesOf([need(30, people)], [supply(15, people)], false)).toMatchObject([{ need: 30, ratio: 0.5 }]);
  });

  it('tells of few people to nobody who may not see them, not even by its ratio', () => {
    const few = [need(4, { unit: 'people-per-month' })];
    const seats = [supply(8, { unit: 'people-per-month' })];
    expect(balancesOf(few, seats, false)).toEqual([{ unit: 'people-per-month', supply: 8, noRatio: 'suppressed' }]);
    expect(balancesOf(few, seats, true)).toMatchObject([{ need: 4, ratio: 2 }]);
  });

  it('has either a ratio or the reason why not, whatever was recorded', () => {
    const needs = fc.uniqueArray(
      fc.record({
        audience: fc.constantFrom(...supportAudiences),
        topic: fc.constantFrom(...supportContents),
        unit: fc.constantFrom(...units),
        volume: fc.nat(20),
      }),
      { selector: ({ audience, topic, unit }) => `${audience} ${topic} ${unit}` },
    );
    const supplies = fc.uniqueArray(fc.record({ unit: fc.constantFrom(...units), capacity: fc.nat(20) }), { selector: ({ unit }) => unit });
    fc.assert(
      fc.property(needs, supplies, fc.boolean(), (wanted, given, seesSmall) => {
        for (const { need: told, supply: there, ratio, noRatio } of balancesOf(
          wanted.map((one) => ({ ...where, ...one })),
          given.map((one) => ({ ...where, form: 'near' as const, ...one })),
          seesSmall,
        )) {
          expect(ratio === undefined).toBe(noRatio !== undefined);
          if (ratio !== undefined) expect(ratio * (told as number)).toBeCloseTo(there as number);
          expect(Number.isFinite(ratio ?? 0)).toBe(true);
        }
      }),
    );
  });
});
