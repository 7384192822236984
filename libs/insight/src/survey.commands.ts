import { commandOf, effectiveAt } from '#edge/commands';
import { field, hinted, optional } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText, Region } from '#kernel/schemas';
import { surveyEvents } from './survey.events.js';

const { SurveyWavePublished, SurveyResponseRateReported, NeedRecorded, SupplyRecorded, SurveyConcluded } = surveyEvents;

const by = ['regional-coordinator', 'agency-coordinator'] as const;
const survey = field(KeyText, { fi: 'Kyselyn tunnus', sv: 'Enkätens id', en: 'Id of the survey' });
const region = hinted(
  optional(Region, { fi: 'Maakunta, jonka kysely on', sv: 'Landskapet vars enkät det är', en: 'Whose survey it is' }),
  'A regional coordinator names the own region; the agency leaves it out.',
);

export class PublishSurveyWave extends commandOf(
  'Publishes a survey wave: the agency for many regions, a region for itself.',
  { by },
  { survey, region, ...SurveyWavePublished.fields, effectiveAt },
) {}

export class ReportSurveyResponseRate extends commandOf(
  'Reports how many answered a survey in a region. A later report of the same respondents corrects it; both stay on record.',
  { by },
  { survey, ...SurveyResponseRateReported.fields },
) {}

export class RecordNeed extends commandOf(
  'Records how much digital support is needed in a municipality, as a survey shows it. A later one of the same kind replaces it.',
  { by },
  { survey, ...NeedRecorded.fields },
) {}

export class RecordSupply extends commandOf(
  'Records how much digital support can be given in a municipality. A later one of the same form and unit replaces it.',
  { by },
  { survey, ...SupplyRecorded.fields },
) {}

export class ConcludeSurvey extends commandOf(
  'Concludes a survey whose time to answer has ended, with what it found. Nothing is recorded of it any more.',
  { by },
  { survey, region, ...omit(SurveyConcluded.fields, 'regions'), effectiveAt },
) {}
