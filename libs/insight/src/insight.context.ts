import type { Context } from '#edge/context';
import { communicationAudience } from './communication.audience.js';
import * as communicationCommands from './communication.commands.js';
import { communication } from './communication.decider.js';
import { communicationRefusals } from './communication.refusals.js';
import { communications } from './communications.projection.js';
import { developmentActions } from './development-actions.projection.js';
import { developmentAudience } from './development.audience.js';
import * as developmentCommands from './development.commands.js';
import { development } from './development.decider.js';
import { developmentRefusals } from './development.refusals.js';
import { DevelopmentActionsResolver, RegionalInsightResolver } from './regional-insight.resolver.js';
import { regionalSurveys } from './regional-surveys.projection.js';
import { surveyAudience } from './survey.audience.js';
import * as surveyCommands from './survey.commands.js';
import { survey } from './survey.decider.js';
import { surveyRefusals } from './survey.refusals.js';

export const insightContext: Context = {
  name: 'insight',
  decides: [
    { decider: survey, commands: surveyCommands, refusals: surveyRefusals, audience: surveyAudience },
    { decider: communication, commands: communicationCommands, refusals: communicationRefusals, audience: communicationAudience },
    { decider: development, commands: developmentCommands, refusals: developmentRefusals, audience: developmentAudience },
  ],
  projections: [regionalSurveys, communications, developmentActions],
  resolvers: [RegionalInsightResolver, DevelopmentActionsResolver],
};
