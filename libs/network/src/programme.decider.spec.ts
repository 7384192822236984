import { describe, it } from '@jest/globals';
import { publicRecord, specOf } from '#kernel/decider.testing';
import { programme } from './programme.decider.js';

const { given } = specOf(programme);
const lapland = { programme: 'regional-coordination', region: '19' } as const;
const joined = { type: 'RegionJoinedProgramme', data: { region: '19' }, effectiveAt: '2018-autumn' } as const;
const left = { type: 'RegionLeftProgramme', data: { region: '19' }, effectiveAt: '2020-10-21' } as const;

describe('the programme', () => {
  it('is joined by a region from a time on, as exactly as it is known', () => {
    given()
      .when('JoinProgramme', { ...lapland, effectiveAt: '2018-autumn' })
      .then([joined]);
    given()
      .when('JoinProgramme', lapland, { at: '2018-10-01', source: publicRecord })
      .then([{ type: 'RegionJoinedProgramme', data: { region: '19' } }]);
  });

  it('is not joined again by a region that takes part then', () => {
    given(joined)
      .when('JoinProgramme', { ...lapland, effectiveAt: '2019-12' })
      .thenNothing();
    given(joined, left)
      .when('JoinProgramme', { ...lapland, effectiveAt: '2020-10-20' })
      .thenNothing();
  });

  it('is left by a region that takes part then, and can be joined anew', () => {
    given(joined)
      .when('LeaveProgramme', { ...lapland, effectiveAt: '2020-10-21' })
      .then([left]);
    given(joined, left)
      .when('JoinProgramme', { ...lapland, effectiveAt: '2021-11-01' })
      .then([{ type: 'RegionJoinedProgramme', data: { region: '19' }, effectiveAt: '2021-11-01' }]);
    given(joined)
      .when('LeaveProgramme', { ...lapland, reason: 'Rahoitus päättyi', effectiveAt: '2020-10-21' })
      .then([{ ...left, data: { region: '19', reason: 'Rahoitus päättyi' } }]);
  });

  it('is not left by a region that takes no part then', () => {
    const refusal = { programme: 'regional-coordination', region: '19' };
    given()
      .when('LeaveProgramme', { ...lapland, effectiveAt: '2020-10-21' })
      .thenRefused('region-not-in-programme', refusal);
    given(joined)
      .when('LeaveProgramme', { ...lapland, effectiveAt: '2018-08-31' })
      .thenRefused('region-not-in-programme', refusal);
    given(joined, left)
      .when('LeaveProgramme', { ...lapland, effectiveAt: '2021-01-01' })
      .thenRefused('region-not-in-programme', refusal);
    given({ ...joined, data: { region: '01' } })
      .when('LeaveProgramme', { ...lapland, effectiveAt: '2019-01-01' })
      .thenRefused('region-not-in-programme', refusal);
  });
});
