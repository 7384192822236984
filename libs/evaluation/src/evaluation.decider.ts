import { canonicalJson } from '#kernel/canonical-json';
import { need, needEach, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { entry } from '#kernel/keyed';
import { lastInstant } from '#kernel/when';
import type { evaluationEvents } from './evaluation.events.js';
import { evaluationFacts, selfEvaluationKey, type EvaluationFacts, type SelfEvaluation } from './evaluation.facts.js';
import { refuse } from './evaluation.refusals.js';
import { frameworkFacts, frameworkInForce } from './framework.facts.js';

type Commands = CommandsOf<typeof import('./evaluation.commands.js')>;
type Days = Commands['StartSelfEvaluation']['period'];

const needs = {
  StartSelfEvaluation: { published: need(frameworkFacts, ({ framework }: Commands['StartSelfEvaluation']) => framework) },
  PublishNationalEvaluation: {
    evaluations: needEach(evaluationFacts, ({ selfEvaluations }: Commands['PublishNationalEvaluation']) => keysOf(selfEvaluations)),
  },
} satisfies Needs<Commands>;

/** How a region evaluates itself and what the agency says of it; how the whole country does. */
export const evaluation: Decider<Commands, EvaluationFacts, typeof evaluationEvents, typeof needs> = {
  ...evaluationFacts,
  key: (command) => ('region' in command ? selfEvaluationKey(command.region, command.evaluation) : command.evaluation),
  belongs: (command) => ('region' in command ? { region: command.region } : {}),
  needs,

  decide: {
    StartSelfEvaluation({ region, evaluation: id, framework, period }, state, { published }, { at }) {
      if (state.stage === 'started' || state.stage === 'submitted') {
        const { started } = state;
        if (started.framework === framework && canonicalJson(started.period) === canonicalJson(period)) return [];
        throw refuse('evaluation-exists', { evaluation: id });
      }
      const inForce = frameworkInForce(published, at);
      if (!inForce) throw refuse('evaluation-framework-not-in-force', { framework });
      requireForwards(period);
      const criteria = inForce.criteria.map(({ key }) => key);
      const levels = inForce.levels.map(({ level }) => level);
      return [{ type: 'SelfEvaluationStarted', data: { region, framework, version: inForce.version, criteria, levels, period } }];
    },

    SelfAssessCriterion({ region: _, evaluation: id, ...assessed }, state) {
      const own = requireSelf(state, id);
      const known = entry(own.assessed, assessed.criterion);
      if (known && canonicalJson(known) === canonicalJson(assessed)) return [];
      if (own.stage === 'submitted') throw refuse('evaluation-submitted');
      requireCriterion(own, assessed.criterion);
      const { levels } = own.started;
      if (!levels.includes(assessed.level)) throw refuse('evaluation-level-unknown', { level: assessed.level, levels: levels.map(String) });
      return [{ type: 'CriterionSelfAssessed', data: assessed }];
    },

    SubmitSelfEvaluation({ evaluation: id, summary }, state) {
      const own = requireSelf(state, id);
      if (own.stage === 'submitted') return [];
      const missing = own.started.criteria.filter((criterion) => !entry(own.assessed, criterion));
      if (missing.length > 0) throw refuse('evaluation-incomplete', { missing });
      return [{ type: 'SelfEvaluationSubmitted', data: { ...(summary !== undefined && { summary }) } }];
    },

    GiveFeedback({ region: _, evaluation: id, ...feedback }, state) {
      const own = requireShown(state, id);
      const known = entry(own.feedback, feedback.feedback);
      if (known && canonicalJson(known) === canonicalJson(feedback)) return [];
      if (known) throw refuse('feedback-exists', { feedback: feedback.feedback });
      requireCriterion(own, feedback.criterion);
      return [{ type: 'FeedbackGiven', data: feedback }];
    },

    AgreeImprovement({ region: _, evaluation: id, ...agreed }, state, _facts, { at }) {
      const own = requireSubmitted(state, id);
      const { improvement, criterion, by } = agreed;
      const known = entry(own.improvements, improvement);
      if (known && canonicalJson(known) === canonicalJson(agreed)) return [];
      if (known) throw refuse('improvement-exists', { improvement });
      requireCriterion(own, criterion);
      if (lastInstant(by) < at) throw refuse('improvement-due-in-past', { by });
      return [{ type: 'ImprovementAgreed', data: agreed }];
    },

    CompleteImprovement({ evaluation: id, improvement, outcome }, state) {
      const own = requireSubmitted(state, id);
      if (!entry(own.improvements, improvement)) throw refuse('improvement-unknown', { improvement });
      const known = entry(own.outcomes, improvement);
      if (known === outcome) return [];
      if (known !== undefined) throw refuse('improvement-completed', { improvement });
      return [{ type: 'ImprovementCompleted', data: { improvement, outcome } }];
    },

    PublishNationalEvaluation({ evaluation: id, selfEvaluations, ...content }, state, { evaluations }) {
      const keys = keysOf(selfEvaluations);
      if (keys.length === 0) throw refuse('national-evaluation-empty');
      requireForwards(content.period);
      const those = keys.map((key) => requireShown(evaluations.get(key) ?? { stage: 'absent' }, key));
      const data = { ...content, selfEvaluations: keys, versions: versionsIn(those) };
      if (state.stage === 'national' && canonicalJson(state.published) === canonicalJson(data)) return [];
      if (state.stage !== 'absent') throw refuse('evaluation-exists', { evaluation: id });
      return [{ type: 'NationalEvaluationPublished', data }];
    },
  },
};

function keysOf(selfEvaluations: Commands['PublishNationalEvaluation']['selfEvaluations']): readonly string[] {
  return [...new Set(selfEvaluations.map(({ region, evaluation: id }) => selfEvaluationKey(region, id)))].sort();
}

/** Which versions of which frameworks the self-evaluations were made by, and how many by each. */
function versionsIn(those: readonly SelfEvaluation[]) {
  const byVersion = Map.groupBy(those, ({ started: { framework, version } }) => canonicalJson([framework, version]));
  return [...byVersion.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const { framework, version } = (group[0] as SelfEvaluation).started;
      return { framework, version, evaluations: group.length };
    });
}

function requireSelf(state: EvaluationFacts, id: string): SelfEvaluation {
  if (state.stage === 'absent' || state.stage === 'national') throw refuse('evaluation-unknown', { evaluation: id });
  return state;
}

function requireSubmitted(state: EvaluationFacts, id: string): SelfEvaluation {
  const own = requireSelf(state, id);
  if (own.stage !== 'submitted') throw refuse('evaluation-not-submitted', { evaluation: id });
  return own;
}

/** To others than the region there is none before it is submitted, and they are not told apart from where there is none. */
function requireShown(state: EvaluationFacts, id: string): SelfEvaluation {
  const shown = requireSelf(state, id);
  if (shown.stage !== 'submitted') throw refuse('evaluation-unknown', { evaluation: id });
  return shown;
}

function requireCriterion({ started: { criteria } }: SelfEvaluation, criterion: string | undefined): void {
  if (criterion !== undefined && !criteria.includes(criterion)) throw refuse('evaluation-criterion-unknown', { criterion, criteria });
}

function requireForwards({ from, to }: Days): void {
  if (from > to) throw refuse('evaluation-period-reversed', { from, to });
}
