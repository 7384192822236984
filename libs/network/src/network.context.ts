import type { Context } from '#edge/context';
import { networkAudience } from './network.audience.js';
import * as networkCommands from './network.commands.js';
import { network } from './network.decider.js';
import { networkRefusals } from './network.refusals.js';
import { networks } from './networks.projection.js';
import { NetworkCoordinatorsResolver, NetworkMembersResolver, NetworksResolver } from './networks.resolver.js';
import { programmeRegions } from './programme-regions.projection.js';
import { programmeAudience } from './programme.audience.js';
import * as programmeCommands from './programme.commands.js';
import { programme } from './programme.decider.js';
import { programmeRefusals } from './programme.refusals.js';
import { RegionalStatesResolver } from './regional-states.resolver.js';

export const networkContext: Context = {
  name: 'network',
  decides: [
    { decider: programme, commands: programmeCommands, refusals: programmeRefusals, audience: programmeAudience },
    { decider: network, commands: networkCommands, refusals: networkRefusals, audience: networkAudience },
  ],
  projections: [programmeRegions, networks],
  resolvers: [RegionalStatesResolver, NetworksResolver, NetworkCoordinatorsResolver, NetworkMembersResolver],
};
