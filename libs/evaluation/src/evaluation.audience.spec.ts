import { describe, expect, it } from '@jest/globals';
import { evaluationAudience } from './evaluation.audience.js';
import { indicatorAudience } from './indicator.audience.js';
import { indicatorEvents } from './indicator.events.js';

const own = { roles: ['regional-coordinator'], region: '19' };
const other = { roles: ['regional-coordinator'], region: '12' };
const agency = { roles: ['agency-coordinator'] };

describe('who sees a self-evaluation', () => {
  it('is the region alone, and who reads everything, until it is submitted', () => {
    const sees = (reader: typeof own | typeof agency | undefined) => evaluationAudience.sees({ region: '19', isSubmitted: false }, reader);
    expect([sees(own), sees({ roles: ['ministry-auditor'] })]).toEqual(['internal', 'internal']);
    expect([sees(undefined), sees(other), sees(agency)]).toEqual([undefined, undefined, undefined]);
  });

  it('is anyone afterwards, and its evidence the region, the agency and the ministry', () => {
    const sees = (reader: typeof own | typeof agency | undefined) => evaluationAudience.sees({ region: '19', isSubmitted: true }, reader);
    expect([sees(own), sees(agency), sees(undefined), sees(other)]).toEqual(['internal', 'internal', 'public', 'public']);
  });
});

describe('who sees the value of an indicator in its event', () => {
  it('is who may see small counts of the region', () => {
    const sees = (reader: typeof own | typeof agency | undefined) => indicatorAudience.sees({ region: '19' }, reader);
    expect([sees(own), sees(agency), sees(undefined), sees(other)]).toEqual(['internal', 'internal', 'public', 'public']);
    expect(indicatorEvents.IndicatorReported.fields.value.publicity).toBe('internal');
  });
});
