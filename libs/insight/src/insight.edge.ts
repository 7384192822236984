import type { ContextEdge } from '#edge/context-edge';
import * as communicationCommands from './communication.commands.js';
import { communication } from './communication.decider.js';
import * as developmentCommands from './development.commands.js';
import { development } from './development.decider.js';
import { DevelopmentActionsResolver, RegionalInsightResolver } from './regional-insight.resolver.js';
import * as surveyCommands from './survey.commands.js';
import { survey } from './survey.decider.js';
import { insightContext } from './insight.context.js';

export const insightEdge: ContextEdge = {
  context: insightContext,
  commands: [
    { decider: survey, module: surveyCommands },
    { decider: communication, module: communicationCommands },
    { decider: development, module: developmentCommands },
  ],
  resolvers: [RegionalInsightResolver, DevelopmentActionsResolver],
};
