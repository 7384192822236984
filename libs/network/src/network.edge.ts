import type { ContextEdge } from '#edge/context-edge';
import * as networkCommands from './network.commands.js';
import { network } from './network.decider.js';
import { NetworkCoordinatorsResolver, NetworkMembersResolver, NetworksResolver } from './networks.resolver.js';
import * as programmeCommands from './programme.commands.js';
import { programme } from './programme.decider.js';
import { RegionalStatesResolver } from './regional-states.resolver.js';
import { networkContext } from './network.context.js';

export const networkEdge: ContextEdge = {
  context: networkContext,
  commands: [
    { decider: programme, module: programmeCommands },
    { decider: network, module: networkCommands },
  ],
  resolvers: [RegionalStatesResolver, NetworksResolver, NetworkCoordinatorsResolver, NetworkMembersResolver],
};
