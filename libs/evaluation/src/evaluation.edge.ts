import type { ContextEdge } from '#edge/context-edge';
import * as evaluationCommands from './evaluation.commands.js';
import { evaluation } from './evaluation.decider.js';
import { EvaluationsResolver, RegionalEvaluationsResolver } from './evaluations.resolver.js';
import * as frameworkCommands from './framework.commands.js';
import { framework } from './framework.decider.js';
import * as definitionCommands from './indicator-definition.commands.js';
import { indicatorDefinition } from './indicator-definition.decider.js';
import * as indicatorCommands from './indicator.commands.js';
import { indicators } from './indicator.decider.js';
import { IndicatorsResolver, RegionalIndicatorsResolver } from './indicators.resolver.js';
import { evaluationContext } from './evaluation.context.js';

export const evaluationEdge: ContextEdge = {
  context: evaluationContext,
  commands: [
    { decider: framework, module: frameworkCommands },
    { decider: evaluation, module: evaluationCommands },
    { decider: indicatorDefinition, module: definitionCommands },
    { decider: indicators, module: indicatorCommands },
  ],
  resolvers: [EvaluationsResolver, RegionalEvaluationsResolver, IndicatorsResolver, RegionalIndicatorsResolver],
};
