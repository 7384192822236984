import { describe, expect, it } from '@jest/globals';
import { municipalities, municipalitiesOf, municipalityOn, regionOfMunicipality } from './municipality.js';
import { regionCodes } from './region.js';

const codesOn = (day: string) => [...municipalities.keys()].filter((code) => municipalityOn(code, day));

describe('the municipalities', () => {
  it.each([
    ['2018', 311],
    ['2019', 311],
    ['2020', 310],
    ['2021', 309],
    ['2024', 309],
    ['2025', 308],
    ['2026', 308],
  ])('of %s are as many as Statistics Finland counts', (year, count) => {
    expect(codesOn(`${year}-01-01`)).toHaveLength(count);
    expect(codesOn(`${year}-12-31`)).toHaveLength(count);
  });

  it('belong to one region each, and every region has some', () => {
    for (const day of ['2018-01-01', '2026-06-01']) {
      const counts = regionCodes.map((region) => municipalitiesOf(region, day).length);
      expect(Math.min(...counts)).toBeGreaterThan(0);
      expect(counts.reduce((sum, count) => sum + count)).toBe(codesOn(day).length);
    }
  });

  it.each([
    ['142', 'Iitti', '08', '07'],
    ['090', 'Heinävesi', '10', '12'],
    ['152', 'Isokyrö', '15', '14'],
    ['171', 'Joroinen', '10', '11'],
    ['291', 'Kuhmoinen', '13', '06'],
  ])('%s, %s, went from region %s to %s with the beginning of 2021', (code, name, before, after) => {
    expect(municipalities.get(code)?.names.fi).toBe(name);
    expect(regionOfMunicipality(code, '2018-01-01')).toBe(before);
    expect(regionOfMunicipality(code, '2020-12-31')).toBe(before);
    expect(regionOfMunicipality(code, '2021-01-01')).toBe(after);
    expect(regionOfMunicipality(code, '2026-12-31')).toBe(after);
  });

  it.each([
    ['911', 'Valtimo', 2019],
    ['099', 'Honkajoki', 2020],
    ['588', 'Pertunmaa', 2024],
  ])('%s, %s, was there until the end of %s', (code, name, year) => {
    expect(municipalityOn(code, `${year}-12-31`)?.names.fi).toBe(name);
    expect(municipalityOn(code, `${year + 1}-01-01`)).toBeUndefined();
    expect(regionOfMunicipality(code, `${year + 1}-01-01`)).toBeUndefined();
  });

  it('count as they were last known in years to come, and are not known before 2018', () => {
    expect(regionOfMunicipality('091', '2040-05-01')).toBe('01');
    expect(regionOfMunicipality('091', '2017-12-31')).toBeUndefined();
    expect(regionOfMunicipality('999', '2020-01-01')).toBeUndefined();
  });
});
