import type { ContextEdge } from '#edge/context-edge';
import * as organisationCommands from './organisation.commands.js';
import { organisation } from './organisation.decider.js';
import { OrganisationsResolver } from './organisations.resolver.js';
import * as successionCommands from './succession.commands.js';
import { succession } from './succession.decider.js';
import { organisationsContext } from './organisations.context.js';

export const organisationsEdge: ContextEdge = {
  context: organisationsContext,
  commands: [
    { decider: organisation, module: organisationCommands },
    { decider: succession, module: successionCommands },
  ],
  resolvers: [OrganisationsResolver],
};
