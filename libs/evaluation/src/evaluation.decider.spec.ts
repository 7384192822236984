import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { evaluation } from './evaluation.decider.js';
import type { SelfEvaluation } from './evaluation.facts.js';

const { given } = specOf(evaluation);
const text = { fi: 'Teksti', sv: 'Text' };
const versionOf = (version: number, criteria: readonly string[], inForceFrom: string) => ({
  version,
  names: text,
  criteria: criteria.map((key) => ({ key, text })),
  levels: [
    { level: 1, text },
    { level: 2, text },
  ],
  inForceFrom,
});
const published = { versions: [versionOf(1, ['network', 'reach'], '2025-01-01'), versionOf(2, ['network', 'quality'], '2025-09-01')] };
const own = { region: '19', evaluation: 'autumn' } as const;
const period = { from: '2025-01-01', to: '2025-06-30' };
const start = { ...own, framework: 'digital-support', period };
const startedData = {
  region: '19',
  framework: 'digital-support',
  version: 1,
  criteria: ['network', 'reach'],
  levels: [1, 2],
  period,
} as const;
const started = { type: 'SelfEvaluationStarted', data: startedData } as const;
const assess = (criterion: string, level = 2) => ({ criterion, level, evidence: 'Kokousten pöytäkirjat' });
const assessed = (criterion: string, level = 2) => ({ type: 'CriterionSelfAssessed', data: assess(criterion, level) }) as const;
const submitted = { type: 'SelfEvaluationSubmitted', data: {} } as const;
const all = [started, assessed('network'), assessed('reach'), submitted] as const;
const improvement = { improvement: 'small-towns', text: 'Pienet kunnat mukaan', by: '2025-12-31' };
const agreed = { type: 'ImprovementAgreed', data: improvement } as const;

const feedback = { feedback: 'first', criterion: 'network', text: 'Hyvä' };

describe('a self-evaluation', () => {
  it('is judged by the version of the framework that is in force when it starts', () => {
    const knowing = given().knowing({ published });
    knowing.when('StartSelfEvaluation', start, { at: '2025-08-31' }).then([started]);
    knowing
      .when('StartSelfEvaluation', start, { at: '2025-09-01' })
      .then([{ ...started, data: { ...startedData, version: 2, criteria: ['network', 'quality'] } }]);
    knowing
      .when('StartSelfEvaluation', start, { at: '2024-12-31' })
      .thenRefused('evaluation-framework-not-in-force', { framework: 'digital-support' });
    // A version that came into force meanwhile changes nothing of it.
    given(started)
      .knowing({ published })
      .when('SelfAssessCriterion', { ...own, ...assess('quality') }, { at: '2025-10-01' })
      .thenRefused('evaluation-criterion-unknown', { criterion: 'quality', criteria: ['network', 'reach'] });
  });

  it('is started once', () => {
    given(started).knowing({ published }).when('StartSelfEvaluation', start, { at: '2025-10-01' }).thenNothing();
    given(started)
      .knowing({ published })
      .when('StartSelfEvaluation', { ...start, period: { ...period, to: '2025-09-30' } }, { at: '2025-10-01' })
      .thenRefused('evaluation-exists', { evaluation: 'autumn' });
    given()
      .knowing({ published })
      .when('StartSelfEvaluation', { ...start, period: { from: '2025-07-01', to: '2025-06-30' } }, { at: '2025-08-01' })
      .thenRefused('evaluation-period-reversed', { from: '2025-07-01', to: '2025-06-30' });
  });

  it('assesses each criterion at a level of the framework, anew until it is submitted', () => {
    given(started)
      .when('SelfAssessCriterion', { ...own, ...assess('network') })
      .then([assessed('network')]);
    given(started, assessed('network'))
      .when('SelfAssessCriterion', { ...own, ...assess('network') })
      .thenNothing();
    given(started, assessed('network'))
      .when('SelfAssessCriterion', { ...own, ...assess('network', 1) })
      .then([assessed('network', 1)]);
    given(started)
      .when('SelfAssessCriterion', { ...own, ...assess('network', 3) })
      .thenRefused('evaluation-level-unknown', { level: 3, levels: ['1', '2'] });
    given(...all)
      .when('SelfAssessCriterion', { ...own, ...assess('network', 1) })
      .thenRefused('evaluation-submitted');
    given()
      .when('SelfAssessCriterion', { ...own, ...assess('network') })
      .thenRefused('evaluation-unknown', { evaluation: 'autumn' });
  });

  it('is submitted once every criterion is assessed', () => {
    given(started, assessed('network'))
      .when('SubmitSelfEvaluation', own)
      .thenRefused('evaluation-incomplete', { missing: ['reach'] });
    given(...all.slice(0, 3))
      .when('SubmitSelfEvaluation', own)
      .then([submitted]);
    given(...all)
      .when('SubmitSelfEvaluation', own)
      .thenNothing();
  });

  it('gets feedback and improvements once it is submitted', () => {
    given(...all)
      .when('GiveFeedback', { ...own, ...feedback })
      .then([{ type: 'FeedbackGiven', data: feedback }]);
    given(...all, { type: 'FeedbackGiven', data: feedback })
      .when('GiveFeedback', { ...own, ...feedback })
      .thenNothing();
    given(...all, { type: 'FeedbackGiven', data: feedback })
      .when('GiveFeedback', { ...own, ...feedback, text: 'Huono' })
      .thenRefused('feedback-exists', { feedback: 'first' });
    given(...all)
      .when('GiveFeedback', { ...own, ...feedback, criterion: 'quality' })
      .thenRefused('evaluation-criterion-unknown', { criterion: 'quality', criteria: ['network', 'reach'] });
    given(started)
      .when('AgreeImprovement', { ...own, ...improvement })
      .thenRefused('evaluation-not-submitted', { evaluation: 'autumn' });
  });

  it('is to the agency as if there were none before it is submitted', () => {
    for (const before of [[], [started]])
      given(...before)
        .when('GiveFeedback', { ...own, ...feedback })
        .thenRefused('evaluation-unknown', { evaluation: 'autumn' });
  });

  it('leads to improvements that are due later and completed once', () => {
    const complete = { ...own, improvement: 'small-towns', outcome: 'Mukana' };
    const completed = { type: 'ImprovementCompleted', data: { improvement: 'small-towns', outcome: 'Mukana' } } as const;
    given(...all)
      .when('AgreeImprovement', { ...own, ...improvement }, { at: '2025-12-31' })
      .then([agreed]);
    given(...all)
      .when('AgreeImprovement', { ...own, ...improvement }, { at: '2026-01-01' })
      .thenRefused('improvement-due-in-past', { by: '2025-12-31' });
    given(...all, agreed)
      .when('AgreeImprovement', { ...own, ...improvement, by: '2026-12-31' })
      .thenRefused('improvement-exists', { improvement: 'small-towns' });
    given(...all, agreed)
      .when('CompleteImprovement', complete)
      .then([completed]);
    given(...all, agreed, completed)
      .when('CompleteImprovement', complete)
      .thenNothing();
    given(...all, agreed, completed)
      .when('CompleteImprovement', { ...complete, outcome: 'Ei' })
      .thenRefused('improvement-completed', { improvement: 'small-towns' });
    given(...all)
      .when('CompleteImprovement', complete)
      .thenRefused('improvement-unknown', { improvement: 'small-towns' });
  });
});

describe('a national evaluation', () => {
  const evaluationBy = (version: number, stage: SelfEvaluation['stage'] = 'submitted'): SelfEvaluation => ({
    stage,
    started: { ...startedData, version },
    assessed: {},
    feedback: {},
    improvements: {},
    outcomes: {},
  });
  const publish = {
    evaluation: 'finland-2025',
    names: text,
    period,
    findings: text,
    selfEvaluations: [
      { region: '19', evaluation: 'autumn' },
      { region: '01', evaluation: 'autumn' },
      { region: '02', evaluation: 'autumn' },
    ],
  } as const;
  const knowing = (third: SelfEvaluation['stage'] = 'submitted') =>
    given().knowing({
      evaluations: new Map([
        ['19--autumn', evaluationBy(1)],
        ['01--autumn', evaluationBy(2)],
        ['02--autumn', evaluationBy(2, third)],
      ]),
    });

  it('says which versions of frameworks it mixes, and how many by each', () => {
    knowing()
      .when('PublishNationalEvaluation', publish)
      .then([
        {
          type: 'NationalEvaluationPublished',
          data: {
            names: text,
            period,
            findings: text,
            selfEvaluations: ['01--autumn', '02--autumn', '19--autumn'],
            versions: [
              { framework: 'digital-support', version: 1, evaluations: 1 },
              { framework: 'digital-support', version: 2, evaluations: 2 },
            ],
          },
        },
      ]);
  });

  it('stands on self-evaluations that were submitted', () => {
    knowing('started').when('PublishNationalEvaluation', publish).thenRefused('evaluation-unknown', { evaluation: '02--autumn' });
    given().when('PublishNationalEvaluation', publish).thenRefused('evaluation-unknown', { evaluation: '01--autumn' });
    knowing()
      .when('PublishNationalEvaluation', { ...publish, selfEvaluations: [] })
      .thenRefused('national-evaluation-empty');
  });
});
