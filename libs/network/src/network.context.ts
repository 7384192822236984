import type { Context } from '#edge/context';
import { networkAudience } from './network.audience.js';
import { network } from './network.decider.js';
import { networkRefusals } from './network.refusals.js';
import { networks } from './networks.projection.js';
import { programmeRegions } from './programme-regions.projection.js';
import { programmeAudience } from './programme.audience.js';
import { programme } from './programme.decider.js';
import { programmeRefusals } from './programme.refusals.js';

export const networkContext: Context = {
  name: 'network',
  decides: [
    { decider: programme, refusals: programmeRefusals, audience: programmeAudience },
    { decider: network, refusals: networkRefusals, audience: networkAudience },
  ],
  projections: [programmeRegions, networks],
};
