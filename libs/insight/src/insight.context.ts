import type { Context } from '#edge/context';
import { communicationAudience } from './communication.audience.js';
import { communication } from './communication.decider.js';
import { communicationRefusals } from './communication.refusals.js';
import { communications } from './communications.projection.js';
import { developmentActions } from './development-actions.projection.js';
import { developmentAudience } from './development.audience.js';
import { development } from './development.decider.js';
import { developmentRefusals } from './development.refusals.js';
import { regionalSurveys } from './regional-surveys.projection.js';
import { surveyAudience } from './survey.audience.js';
import { survey } from './survey.decider.js';
import { surveyRefusals } from './survey.refusals.js';

export const insightContext: Context = {
  name: 'insight',
  decides: [
    { decider: survey, refusals: surveyRefusals, audience: surveyAudience },
    { decider: communication, refusals: communicationRefusals, audience: communicationAudience },
    { decider: development, refusals: developmentRefusals, audience: developmentAudience },
  ],
  projections: [regionalSurveys, communications, developmentActions],
};
