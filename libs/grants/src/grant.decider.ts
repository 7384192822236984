import { applicationFacts } from '#applications/application.facts';
import { allocationFacts } from '#decisions/allocation.facts';
import { need, type Decider } from '#kernel/decider';
import { callOfMatter } from '#kernel/matter';
import { stateGrants, termsFacts } from '#terms/terms.facts';
import type { grantEvents } from './grant.events.js';
import { grantFacts, type GrantFacts } from './grant.facts.js';
import type { AroundGrant } from './grant.rules.js';
import { living, type LivingCommands } from './living.decider.js';
import { paying, type PayingCommands } from './paying.decider.js';

/**
 * The life of one grant, under the key of its matter. Its ceiling rises in the allocation first and falls here first, so
 * that what it is bound to is never more than what the allocation holds for it, whatever runs at once.
 */
export const grant: Decider<LivingCommands & PayingCommands, GrantFacts, typeof grantEvents, AroundGrant> = {
  ...grantFacts,
  key: (command) => command.grant,
  belongs: (command) => ({ call: callOfMatter(command.grant), matter: command.grant }),
  needs: {
    allocation: need(allocationFacts, (command) => callOfMatter(command.grant)),
    application: need(applicationFacts, (command) => command.grant),
    terms: need(termsFacts, () => stateGrants),
  },
  decide: { ...living, ...paying },
};
