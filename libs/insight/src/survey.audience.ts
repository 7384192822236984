import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import type { RegionCode } from '#kernel/region';
import { surveyEvents } from './survey.events.js';

/** Surveys are public; how many people stand behind a figure is told to those who may see small counts of that region. */
export const surveyAudience: Audience<{ readonly region?: RegionCode }, typeof surveyEvents> = {
  fold: {
    category: 'survey',
    events: surveyEvents,
    initial: {},
    evolve: {
      SurveyWavePublished: () => ({}),
      SurveyResponseRateReported: (_, { data: { region } }) => ({ region }),
      NeedRecorded: (_, { data: { region } }) => ({ region }),
      SupplyRecorded: (_, { data: { region } }) => ({ region }),
      SurveyConcluded: () => ({}),
    },
  },
  sees: (scope, reader) => (mayRead('small counts', reader, scope) ? 'internal' : 'public'),
};
