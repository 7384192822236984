import type { Decider } from '#kernel/decider';
import { callOfMatter, matterKey } from '#kernel/matter';
import type { applicationEvents } from './application.events.js';
import { applicationFacts, type ApplicationFacts } from './application.facts.js';
import { applying, applyingNeeds, claimOfNumber, type ApplyingCommands } from './applying.decider.js';
import { handling, handlingNeeds, type HandlingCommands } from './handling.decider.js';

/** One applicant's application in one call: its stream's key is that of the matter, made of the call and the applicant or the region. */
export const application: Decider<
  ApplyingCommands & HandlingCommands,
  ApplicationFacts,
  typeof applicationEvents,
  typeof applyingNeeds & typeof handlingNeeds
> = {
  ...applicationFacts,
  key: keyOf,
  belongs: (command) => ({
    call: callOfMatter(keyOf(command)),
    matter: keyOf(command),
    ...('region' in command && command.region && { region: command.region }),
  }),
  claims: claimOfNumber,
  needs: { ...applyingNeeds, ...handlingNeeds },
  decide: { ...applying, ...handling },
};

function keyOf(command: { readonly application: string } | { readonly call: string; readonly region: string }): string {
  return 'application' in command ? command.application : matterKey({ call: command.call, region: command.region });
}
