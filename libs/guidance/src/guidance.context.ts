import type { Context } from '#edge/context';
import { guidanceAudience } from './guidance.audience.js';
import { guidance } from './guidance.decider.js';
import { guidanceRefusals } from './guidance.refusals.js';
import { guidances } from './guidances.projection.js';
import { operatingModelAudience } from './operating-model.audience.js';
import { operatingModel } from './operating-model.decider.js';
import { operatingModelRefusals } from './operating-model.refusals.js';
import { operatingModels } from './operating-models.projection.js';
import { supportStructures } from './support-structures.projection.js';

export const guidanceContext: Context = {
  name: 'guidance',
  decides: [
    { decider: operatingModel, refusals: operatingModelRefusals, audience: operatingModelAudience },
    { decider: guidance, refusals: guidanceRefusals, audience: guidanceAudience },
  ],
  projections: [operatingModels, guidances, supportStructures],
};
