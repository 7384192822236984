import type { Claim, CommandsOf, Decider } from '#kernel/decider';
import { refuse } from './application.refusals.js';
import type { caseNumberEvents } from './case-number.events.js';
import { caseNumberFacts, caseNumberKey, type CaseNumberFacts } from './case-number.facts.js';

type Commands = CommandsOf<typeof import('./case-number.commands.js')>;

/** One case number: it is of one application, for good. Its stream is where two that want it meet. */
export const caseNumber: Decider<Commands, CaseNumberFacts, typeof caseNumberEvents> = {
  ...caseNumberFacts,
  key: (command) => caseNumberKey(command.caseNumber),
  needs: {},

  decide: {
    ClaimCaseNumber(claim, holder) {
      if (holder.application === claim.application) return [];
      requireFree(holder, claim);
      return [{ type: 'CaseNumberClaimed', data: claim }];
    },
  },
};

/** Takes the number for the application. */
export function claimOf({ caseNumber: number, application }: Commands['ClaimCaseNumber']): Claim {
  return { decider: caseNumber, name: 'ClaimCaseNumber', content: { caseNumber: number, application } };
}

/** The number is nobody else’s. */
export function requireFree({ application: holder }: CaseNumberFacts, { caseNumber, application }: Commands['ClaimCaseNumber']): void {
  if (holder !== undefined && holder !== application) throw refuse('case-number-taken', { caseNumber, application: holder });
}
