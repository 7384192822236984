import { commandOf } from '#edge/commands';
import { field, hinted, listOf, record } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { evaluationEvents } from './evaluation.events.js';

const {
  SelfEvaluationStarted,
  CriterionSelfAssessed,
  SelfEvaluationSubmitted,
  FeedbackGiven,
  ImprovementAgreed,
  ImprovementCompleted,
  NationalEvaluationPublished,
} = evaluationEvents;

const region = ['regional-coordinator'] as const;
const agency = ['agency-coordinator'] as const;
const evaluation = field(KeyText, { fi: 'Arvioinnin tunnus', sv: 'Utvärderingens id', en: 'Id of the evaluation' });
const whose = { region: SelfEvaluationStarted.fields.region, evaluation: hinted(evaluation, 'Its id among those of the region.') };

export class StartSelfEvaluation extends commandOf(
  'Starts a self-evaluation of a region. It is judged by the version of the framework that is in force now.',
  { by: region },
  { ...whose, ...pick(SelfEvaluationStarted.fields, 'framework', 'period') },
) {}

export class SelfAssessCriterion extends commandOf(
  'Assesses a criterion: at which level the region is, and what shows it. Until it is submitted it can be assessed anew.',
  { by: region },
  { ...whose, ...CriterionSelfAssessed.fields },
) {}

export class SubmitSelfEvaluation extends commandOf(
  'Submits a self-evaluation once every criterion is assessed. From then on it is public, but for its evidence.',
  { by: region },
  { ...whose, ...SelfEvaluationSubmitted.fields },
) {}

export class GiveFeedback extends commandOf(
  'Gives a region feedback on its self-evaluation.',
  { by: agency },
  { ...whose, ...FeedbackGiven.fields },
) {}

export class AgreeImprovement extends commandOf(
  'Records what a region improves after its self-evaluation.',
  { by: region },
  { ...whose, ...ImprovementAgreed.fields },
) {}

export class CompleteImprovement extends commandOf(
  'Records that an improvement was completed, and what came of it.',
  { by: region },
  { ...whose, ...ImprovementCompleted.fields },
) {}

export class PublishNationalEvaluation extends commandOf(
  'Publishes how the whole country does, from self-evaluations that were submitted. It says which versions of frameworks it mixes.',
  { by: agency },
  {
    evaluation,
    ...omit(NationalEvaluationPublished.fields, 'selfEvaluations', 'versions'),
    selfEvaluations: field(listOf(record(whose, 'SelfEvaluationOfRegion')), {
      fi: 'Itsearvioinnit, joihin se perustuu',
      sv: 'Självutvärderingarna som den grundar sig på',
      en: 'The self-evaluations that it stands on',
    }),
  },
) {}
