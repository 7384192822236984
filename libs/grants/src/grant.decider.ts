import { applicationFacts } from '#applications/application.facts';
import { allocationFacts } from '#decisions/allocation.facts';
import { need, type Decider } from '#kernel/decider';
import { callOfMatter } from '#kernel/matter';
import { stateGrants, termsFacts } from '#terms/terms.facts';
import type { grantEvents } from './grant.events.js';
import { grantFacts, type GrantFacts } from './grant.facts.js';
import { living, type LivingCommands } from './living.decider.js';
import { paying, type PayingCommands } from './paying.decider.js';

const decide = { ...living, ...paying };
const around = {
  allocation: need(allocationFacts, ({ grant: key }: { grant: string }) => callOfMatter(key)),
  application: need(applicationFacts, ({ grant: key }: { grant: string }) => key),
  terms: need(termsFacts, () => stateGrants),
};
/** Each of its commands stands on the same. */
const needs = Object.fromEntries(Object.keys(decide).map((name) => [name, around])) as Readonly<Record<keyof typeof decide, typeof around>>;

/**
 * The life of one grant, under the key of its matter. Its ceiling rises in the allocation first and falls here first, so
 * that what it is bound to is never more than what the allocation holds for it, whatever runs at once.
 */
export const grant: Decider<LivingCommands & PayingCommands, GrantFacts, typeof grantEvents, typeof needs> = {
  ...grantFacts,
  key: (command) => command.grant,
  belongs: (command) => ({ call: callOfMatter(command.grant), matter: command.grant }),
  needs,
  notifies: (name, { grant: matter }) => (name === 'NotifyDecision' ? matter : undefined),
  decide,
};
