import { describe, expect, it } from '@jest/globals';
import { surveyAudience } from './survey.audience.js';
import { surveyEvents } from './survey.events.js';

describe('who sees the events of a survey', () => {
  const of = (region: string) => ({ roles: ['regional-coordinator'], region });

  it('sees counts where they may see small ones: ministry, agency, and the region’s own coordinator', () => {
    const sees = (reader: Parameters<typeof surveyAudience.sees>[1]) => surveyAudience.sees({ region: '19' }, reader);
    expect([sees(of('19')), sees({ roles: ['agency-analyst'] }), sees({ roles: ['ministry-auditor'] })]).toEqual(Array(3).fill('internal'));
    expect([sees(undefined), sees(of('12')), sees({ roles: ['provider'], organisation: 'o' })]).toEqual(Array(3).fill('public'));
  });

  it('sees no count of people in what is public', () => {
    const { SurveyResponseRateReported: rate, NeedRecorded: need } = surveyEvents;
    expect([rate.fields.answered, rate.fields.invited, need.fields.volume].map(({ publicity }) => publicity)).toEqual(
      Array(3).fill('internal'),
    );
  });
});
