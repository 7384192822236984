import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { surveyEvents } from './survey.events.js';

type Events = typeof surveyEvents;

/** A survey wave, what was said of it last, and whether it is concluded. */
export interface PublishedSurvey {
  readonly stage: 'published' | 'concluded';
  readonly wave: EventData<Events, 'SurveyWavePublished'>;
  /** What was recorded last of each thing that is counted, by `figureKey`. */
  readonly figures: Readonly<Record<string, object>>;
  readonly findings?: EventData<Events, 'SurveyConcluded'>['findings'];
}
export type SurveyFacts = { readonly stage: 'absent' } | PublishedSurvey;

export const surveyFacts: Fold<SurveyFacts, Events> = {
  category: 'survey',
  events: surveyEvents,
  initial: { stage: 'absent' },
  evolve: {
    SurveyWavePublished: (_, { data: wave }) => ({ stage: 'published', wave, figures: {} }),
    SurveyResponseRateReported: (state, { data }) => withFigure(state, data, figureKey(data)),
    NeedRecorded: (state, { data }) => withFigure(state, data, figureKey(data)),
    SupplyRecorded: (state, { data }) => withFigure(state, data, figureKey(data)),
    SurveyConcluded: (state, { data: { findings } }) => ({ ...(state as PublishedSurvey), stage: 'concluded', findings }),
  },
};

/** What a figure is of, without how much it is. */
export function figureKey(
  figure:
    | Omit<EventData<Events, 'SurveyResponseRateReported'>, 'invited' | 'answered'>
    | Omit<EventData<Events, 'NeedRecorded'>, 'volume'>
    | Omit<EventData<Events, 'SupplyRecorded'>, 'capacity'>,
): string {
  if ('group' in figure) return ['rate', figure.region, figure.group, figure.language ?? 'all'].join(' ');
  const where = [figure.region, figure.municipality, figure.unit];
  return 'audience' in figure ? ['need', ...where, figure.audience, figure.topic].join(' ') : ['supply', ...where, figure.form].join(' ');
}

function withFigure(state: SurveyFacts, figure: object, key: string): SurveyFacts {
  const { figures, ...rest } = state as PublishedSurvey;
  return { ...rest, figures: { ...figures, [key]: figure } };
}
