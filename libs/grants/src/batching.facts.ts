import type { ApplicationFacts } from '#applications/application.facts';
import type { CommandsOf } from '#kernel/decider';
import { entry } from '#kernel/keyed';
import type { GrantFacts } from './grant.facts.js';
import type { LeftOutBecause } from './payment.events.js';

/** The commands by which a batch asks for its payments, sends them, and tells what the bank says. */
export type BatchedCommands = Pick<
  CommandsOf<typeof import('./payment.commands.js')>,
  'PutPaymentInBatch' | 'SendPaymentOfBatch' | 'TakePaymentOutOfBatch' | 'ConfirmPayment' | 'RecordPaymentRejected'
>;

/**
 * Why a payment cannot be put into a batch by this person now; undefined where it can. Whether what the bank rejected still
 * fits into the grant is for the grant's own decider to say.
 */
export function hindrance(
  grant: GrantFacts,
  application: ApplicationFacts,
  { payment, preparer }: { readonly payment: string; readonly preparer: string },
): LeftOutBecause | undefined {
  const one = grant.stage === 'absent' ? undefined : entry(grant.payments, payment);
  if (grant.stage === 'absent' || one === undefined || one.stage === 'requested') return 'not-decided';
  if (one.stage !== 'decided' && one.stage !== 'rejected') return 'in-another-batch';
  if (grant.stage !== 'accepted') return 'grant-over';
  if (grant.isSuspended || grant.isTerminated) return 'payments-stopped';
  if (one.decider === preparer) return 'preparer-decided';
  return isDisqualified(application, preparer) ? 'preparer-disqualified' : undefined;
}

/** Whether somebody may not handle the matter. */
export function isDisqualified(application: ApplicationFacts, person: string): boolean {
  return 'disqualified' in application && application.disqualified.includes(person);
}
