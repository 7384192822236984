import type { Context } from '#edge/context';
import { evaluationAudience } from './evaluation.audience.js';
import { evaluation } from './evaluation.decider.js';
import { evaluationRefusals } from './evaluation.refusals.js';
import { frameworkAudience } from './framework.audience.js';
import { framework } from './framework.decider.js';
import { frameworkRefusals } from './framework.refusals.js';
import { evaluationFrameworks } from './frameworks.projection.js';
import { definitionAudience } from './indicator-definition.audience.js';
import { indicatorDefinition } from './indicator-definition.decider.js';
import { definitionRefusals } from './indicator-definition.refusals.js';
import { indicatorDefinitions } from './indicator-definitions.projection.js';
import { indicatorAudience } from './indicator.audience.js';
import { indicators } from './indicator.decider.js';
import { indicatorRefusals } from './indicator.refusals.js';
import { regionalIndicators } from './indicators.projection.js';
import { nationalEvaluations } from './national-evaluations.projection.js';
import { selfEvaluations } from './self-evaluations.projection.js';

export const evaluationContext: Context = {
  name: 'evaluation',
  decides: [
    { decider: framework, refusals: frameworkRefusals, audience: frameworkAudience },
    { decider: evaluation, refusals: evaluationRefusals, audience: evaluationAudience },
    { decider: indicatorDefinition, refusals: definitionRefusals, audience: definitionAudience },
    { decider: indicators, refusals: indicatorRefusals, audience: indicatorAudience },
  ],
  projections: [evaluationFrameworks, selfEvaluations, nationalEvaluations, indicatorDefinitions, regionalIndicators],
};
