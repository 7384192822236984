import type { Context } from '#edge/context';
import { evaluationAudience } from './evaluation.audience.js';
import * as evaluationCommands from './evaluation.commands.js';
import { evaluation } from './evaluation.decider.js';
import { evaluationRefusals } from './evaluation.refusals.js';
import { EvaluationsResolver, RegionalEvaluationsResolver } from './evaluations.resolver.js';
import { frameworkAudience } from './framework.audience.js';
import * as frameworkCommands from './framework.commands.js';
import { framework } from './framework.decider.js';
import { frameworkRefusals } from './framework.refusals.js';
import { evaluationFrameworks } from './frameworks.projection.js';
import { definitionAudience } from './indicator-definition.audience.js';
import * as definitionCommands from './indicator-definition.commands.js';
import { indicatorDefinition } from './indicator-definition.decider.js';
import { definitionRefusals } from './indicator-definition.refusals.js';
import { indicatorDefinitions } from './indicator-definitions.projection.js';
import { indicatorAudience } from './indicator.audience.js';
import * as indicatorCommands from './indicator.commands.js';
import { indicators } from './indicator.decider.js';
import { indicatorRefusals } from './indicator.refusals.js';
import { regionalIndicators } from './indicators.projection.js';
import { IndicatorsResolver, RegionalIndicatorsResolver } from './indicators.resolver.js';
import { nationalEvaluations } from './national-evaluations.projection.js';
import { selfEvaluations } from './self-evaluations.projection.js';

export const evaluationContext: Context = {
  name: 'evaluation',
  decides: [
    { decider: framework, commands: frameworkCommands, refusals: frameworkRefusals, audience: frameworkAudience },
    { decider: evaluation, commands: evaluationCommands, refusals: evaluationRefusals, audience: evaluationAudience },
    { decider: indicatorDefinition, commands: definitionCommands, refusals: definitionRefusals, audience: definitionAudience },
    { decider: indicators, commands: indicatorCommands, refusals: indicatorRefusals, audience: indicatorAudience },
  ],
  projections: [evaluationFrameworks, selfEvaluations, nationalEvaluations, indicatorDefinitions, regionalIndicators],
  resolvers: [EvaluationsResolver, RegionalEvaluationsResolver, IndicatorsResolver, RegionalIndicatorsResolver],
};
