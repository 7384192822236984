import { describe, expect, it } from '@jest/globals';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import { organisationAt } from './organisation.types.js';
import { organisations, type OrganisationRow } from './organisations.projection.js';

const rows = rowsAfter(organisations, 'organisation-agency', [
  { type: 'OrganisationRegistered', data: { kind: 'agency', names: { fi: 'Väestörekisterikeskus' } }, effectiveAt: '2018-04-05' },
  { type: 'OrganisationRenamed', data: { names: { fi: 'Digi- ja väestötietovirasto' } }, effectiveAt: '2020-01-01' },
  { type: 'OrganisationSucceeded', data: { by: 'other' }, effectiveAt: '2030-01-01' },
]);
const at = (asOf: string) => organisationAt({ ...(rows['agency'] as Stored<OrganisationRow>), _id: 'agency', position: '0' }, { asOf });

describe('the view of organisations', () => {
  it('answers the name of the day, and no organisation before it was one', () => {
    expect(at('2019-12-31T21:59:59.999Z')).toMatchObject({ id: 'agency', kind: 'agency', name: { fi: 'Väestörekisterikeskus' } });
    expect(at('2019-12-31T22:00:00.000Z')).toMatchObject({ name: { fi: 'Digi- ja väestötietovirasto' }, revision: { revision: 2 } });
    expect(at('2018-04-04T12:00:00.000Z')).toBeUndefined();
  });

  it('says who succeeded it, from then on', () => {
    expect(at('2029-12-31T00:00:00.000Z')).not.toHaveProperty('succeededBy');
    expect(at('2030-01-01T00:00:00.000Z')).toMatchObject({ succeededBy: 'other' });
  });

  it('has the names of its first day from the corrected day on, and none before', () => {
    const named = (...days: string[]) => {
      const row = rowsAfter(organisations, 'organisation-agency', [
        { type: 'OrganisationRegistered', data: { kind: 'agency', names: { fi: 'Virsato' } }, effectiveAt: '2018-04-05' },
        { type: 'OrganisationRenamed', data: { names: { fi: 'Virasto' } }, effectiveAt: '2018-04-05' },
        { type: 'OrganisationRenamed', data: { names: { fi: 'Uusi virasto' } }, effectiveAt: '2020-01-01' },
        ...days.map((effectiveAt) => ({ type: 'OrganisationRegistrationCorrected', data: { reason: 'r' }, effectiveAt }) as const),
      ])['agency'] as Stored<OrganisationRow>;
      return ['2017', '2018', '2019', '2020'].map(
        (year) => organisationAt({ ...row, _id: 'agency', position: '0' }, { asOf: `${year}-07-01T00:00:00.000Z` })?.name.fi,
      );
    };
    expect(named()).toEqual([undefined, 'Virasto', 'Virasto', 'Uusi virasto']);
    expect(named('2017-01-01')).toEqual(['Virasto', 'Virasto', 'Virasto', 'Uusi virasto']);
    expect(named('2017-01-01', '2019-01-01')).toEqual([undefined, undefined, 'Virasto', 'Uusi virasto']);
    expect(named('2019-01-01')).toEqual([undefined, undefined, 'Virasto', 'Uusi virasto']);
    expect(named('2020-01-01')).toEqual([undefined, undefined, undefined, 'Uusi virasto']);
  });

  it('says what a correction says of the successor, and no more what was wrong', () => {
    const corrected = rowsAfter(organisations, 'organisation-agency', [
      { type: 'OrganisationRegistered', data: { kind: 'agency', names: { fi: 'Virasto' } }, effectiveAt: '2018-04-05' },
      { type: 'OrganisationSucceeded', data: { by: 'other' }, effectiveAt: '2025-01-01' },
      { type: 'OrganisationSuccessionCorrected', data: { by: 'other', reason: 'r' }, effectiveAt: '2030-01-01' },
    ])['agency'] as Stored<OrganisationRow>;
    const then = (asOf: string) => organisationAt({ ...corrected, _id: 'agency', position: '0' }, { asOf });
    expect(then('2026-01-01T00:00:00.000Z')).not.toHaveProperty('succeededBy');
    expect(then('2030-01-01T00:00:00.000Z')).toMatchObject({ succeededBy: 'other' });
  });
});
