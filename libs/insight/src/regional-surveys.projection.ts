import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Projection } from '#kernel/projection';
import { withEntry, type Dated, type Timeline } from '#kernel/timeline';
import { surveyEvents } from './survey.events.js';
import { figureKey } from './survey.facts.js';

type Data<Type extends keyof typeof surveyEvents> = EventData<typeof surveyEvents, Type>;

/** A survey as it went in one region. */
export interface RegionalSurveyRow {
  readonly wave: Dated<Data<'SurveyWavePublished'>>;
  /** How many answered, by who and in which language, with what was corrected. */
  readonly rates: Readonly<Record<string, Timeline<Data<'SurveyResponseRateReported'>>>>;
  readonly findings?: Dated<Data<'SurveyConcluded'>['findings']>;
}

/** What digital support is needed in a region and what there is, as surveys have it: each figure through time. */
export interface RegionalSurveysRow {
  readonly surveys: Readonly<Record<string, RegionalSurveyRow>>;
  readonly needs: Readonly<Record<string, Timeline<Data<'NeedRecorded'>>>>;
  readonly supplies: Readonly<Record<string, Timeline<Data<'SupplyRecorded'>>>>;
}

export const regionalSurveys: Projection<RegionalSurveysRow, typeof surveyEvents, never, 'SurveyWavePublished'> = {
  name: 'regional-surveys',
  version: 1,
  events: surveyEvents,
  key: ({ data }: EventOf<typeof surveyEvents>) => ('regions' in data ? data.regions : data.region),
  upserts: {
    SurveyWavePublished: (row = { surveys: {}, needs: {}, supplies: {} }, event) => ({
      ...row,
      surveys: { ...row.surveys, [streamKey(event.stream)]: { wave: datedBy(event, event.data), rates: {} } },
    }),
  },
  on: {
    SurveyResponseRateReported: (row, event) => {
      const { rates, ...survey } = surveyOf(row, event);
      return withSurvey(row, event, { ...survey, rates: withFigure(rates, figureKey(event.data), datedBy(event, event.data)) });
    },
    NeedRecorded: (row, event) => ({ ...row, needs: withFigure(row.needs, figureKey(event.data), datedBy(event, event.data)) }),
    SupplyRecorded: (row, event) => ({ ...row, supplies: withFigure(row.supplies, figureKey(event.data), datedBy(event, event.data)) }),
    SurveyConcluded: (row, event) => withSurvey(row, event, { ...surveyOf(row, event), findings: datedBy(event, event.data.findings) }),
  },
};

function withFigure<Value>(
  figures: Readonly<Record<string, Timeline<Value>>>,
  key: string,
  figure: Dated<Value>,
): Readonly<Record<string, Timeline<Value>>> {
  return { ...figures, [key]: withEntry(entry(figures, key) ?? [], figure) };
}

function surveyOf({ surveys }: RegionalSurveysRow, { stream }: EventOf<typeof surveyEvents>): RegionalSurveyRow {
  return entry(surveys, streamKey(stream)) as RegionalSurveyRow;
}

function withSurvey(row: RegionalSurveysRow, { stream }: EventOf<typeof surveyEvents>, survey: RegionalSurveyRow): RegionalSurveysRow {
  return { ...row, surveys: { ...row.surveys, [streamKey(stream)]: survey } };
}
