import { callFacts } from '#calls/call.facts';
import { organisationFacts } from '#organisations/organisation.facts';
import { need, type Decider } from '#kernel/decider';
import { callOfMatter, matterKey } from '#kernel/matter';
import { planFacts } from '#plans/plan.facts';
import type { applicationEvents } from './application.events.js';
import { applicationFacts, type ApplicationFacts } from './application.facts.js';
import { applying, type ApplyingCommands, type ApplyingFacts } from './applying.decider.js';
import { handling, type HandlingCommands } from './handling.decider.js';

/** One applicant's application in one call: its stream's key is that of the matter, made of the call and the applicant or the region. */
export const application: Decider<ApplyingCommands & HandlingCommands, ApplicationFacts, typeof applicationEvents, ApplyingFacts> = {
  ...applicationFacts,
  key: keyOf,
  belongs: (command) => ({
    call: callOfMatter(keyOf(command)),
    matter: keyOf(command),
    ...('region' in command && command.region && { region: command.region }),
  }),
  needs: {
    call: need(callFacts, (command) => callOfMatter(keyOf(command))),
    applicant: need(organisationFacts, (command) => ('organisation' in command ? command.organisation : undefined)),
    plan: need(planFacts, (command) => ('organisation' in command ? command.application : undefined)),
    ofRegion: need(applicationFacts, (command) =>
      'caseNumber' in command && command.region
        ? matterKey({ call: callOfMatter(command.application), region: command.region })
        : undefined,
    ),
  },
  decide: { ...applying, ...handling },
};

function keyOf(command: { readonly application: string } | { readonly call: string; readonly region: string }): string {
  return 'application' in command ? command.application : matterKey({ call: command.call, region: command.region });
}
