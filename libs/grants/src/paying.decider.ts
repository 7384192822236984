import type { CommandsOf } from '#kernel/decider';
import type { Day } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import { entry, omit, repeated } from '#kernel/keyed';
import { hindrance, isDisqualified } from './batching.facts.js';
import { openOf, paidBy, repaidBy, type GrantFacts, type OpenedGrant, type Payment, type Recovery } from './grant.facts.js';
import {
  accepted,
  ceiling,
  decider,
  decisionOf,
  handler,
  happened,
  heard,
  inspectedFinal,
  opened,
  own,
  requireDue,
  settlementOf,
  type AroundGrant,
  type GrantDecides,
} from './grant.rules.js';
import { dayWithoutRate, interestOn, type Principal } from './money.rules.js';
import { refuse } from './grant.refusals.js';
import type { LeftOutBecause } from './payment.events.js';

export type PayingCommands = CommandsOf<typeof import('./payment.commands.js')>;

/** What of a grant is paid and comes back. */
export const paying: GrantDecides<PayingCommands> = {
  RequestPayment({ grant, organisation, payment, instalment, amount }, state, facts) {
    const { payments } = accepted(own(state, grant, organisation));
    if (entry(payments, payment)) throw refuse('payment-exists', { payment });
    if (amount === 0) throw refuse('payment-zero');
    if (!decisionOf(facts, grant).paymentPlan.some((one) => one.instalment === instalment))
      throw refuse('instalment-unknown', { instalment });
    return [{ type: 'PaymentRequested', data: { payment, instalment, amount } }];
  },

  DecidePayment({ grant, payment, amount, grounds }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    going(found);
    const asked = entry(found.payments, payment);
    if (asked?.stage !== 'requested') throw refuse('payment-not-requested', { payment });
    if (amount === 0) throw refuse('payment-zero');
    const largest = Math.min(asked.amount, largestPayment(found, facts, grant, asked));
    if (amount > largest) throw refuse('payment-too-large', { amount, largest });
    return [{ type: 'PaymentDecided', data: { payment, amount, grounds, decider: by } }];
  },

  PutPaymentInBatch({ grant, payment, batch, preparer }, state, facts) {
    const one = paymentOf(state, payment);
    if (one?.batch === batch) return [];
    const because = hindrance(state, facts.application, { payment, preparer }) ?? overCeiling(state, facts, grant, payment);
    return [because ? { type: 'PaymentLeftOut', data: { payment, batch, because } } : { type: 'PaymentBatched', data: { payment, batch } }];
  },

  SendPaymentOfBatch({ grant, payment, batch, preparer, releaser }, state, facts) {
    const one = paymentOf(state, payment);
    if (state.stage === 'absent' || one?.batch !== batch || one.stage !== 'batched') return [];
    const because: LeftOutBecause | undefined =
      state.isSuspended || state.isTerminated
        ? 'payments-stopped'
        : isDisqualified(facts.application, preparer)
          ? 'preparer-disqualified'
          : isDisqualified(facts.application, releaser)
            ? 'releaser-disqualified'
            : overCeiling(state, facts, grant, payment);
    return [
      because
        ? { type: 'PaymentLeftOut', data: { payment, batch, because } }
        : { type: 'PaymentSent', data: { payment, sender: preparer, batch } },
    ];
  },

  TakePaymentOutOfBatch({ payment, batch }, state) {
    const one = paymentOf(state, payment);
    if (one?.batch !== batch || one.stage !== 'batched') return [];
    return [{ type: 'PaymentLeftOut', data: { payment, batch, because: 'batch-cancelled' } }];
  },

  RecordPaymentSent({ grant, payment }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const sender = handler(facts, context);
    const one = entry(found.payments, payment);
    if (one?.stage === 'sent' || one?.stage === 'confirmed') return [];
    if (one?.stage === 'batched') throw refuse('payment-in-batch', { payment, batch: one.batch as string });
    if (one?.stage !== 'decided') throw refuse('payment-not-decided', { payment });
    going(found);
    if (one.decider === sender) throw refuse('payment-sender-decided');
    return [{ type: 'PaymentSent', data: { payment, sender } }];
  },

  ConfirmPayment({ grant, payment, paidOn }, state, _facts, context) {
    const one = entry(opened(state, grant).payments, payment);
    if (one?.stage === 'confirmed' && one.paidOn === paidOn) return [];
    if (one?.stage !== 'sent') throw refuse('payment-not-sent', { payment });
    return [{ type: 'PaymentConfirmed', data: { payment, paidOn: happened(paidOn, context), ...inBatch(one) } }];
  },

  RecordPaymentRejected({ grant, payment, reason }, state) {
    const one = entry(opened(state, grant).payments, payment);
    if (one?.stage === 'rejected') return [];
    if (one?.stage !== 'sent') throw refuse('payment-not-sent', { payment });
    return [{ type: 'PaymentRejected', data: { payment, reason, ...inBatch(one) } }];
  },

  SuspendPayments({ grant, hearing, grounds }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    heard(found, hearing, 'suspension', context);
    going(found);
    return [{ type: 'PaymentSuspended', data: { hearing, grounds, decider: by } }];
  },

  ResumePayments({ grant, grounds }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    if (found.isTerminated) throw refuse('payments-terminated');
    return found.isSuspended ? [{ type: 'PaymentResumed', data: { grounds, decider: by } }] : [];
  },

  TerminatePayments({ grant, hearing, grounds }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    heard(found, hearing, 'termination', context);
    return found.isTerminated ? [] : [{ type: 'PaymentTerminated', data: { hearing, grounds, decider: by } }];
  },

  RecordRepayment({ grant, repayment, amount, receivedOn }, state, _facts, context) {
    const found = accepted(opened(state, grant));
    happened(receivedOn, context);
    if (entry(found.repayments, repayment) !== undefined) throw refuse('repayment-exists', { repayment });
    if (amount === 0) throw refuse('payment-zero');
    const largest = recoverable(found);
    if (amount > largest) throw refuse('repayment-too-large', { amount, largest });
    return [{ type: 'RepaymentReceived', data: { repayment, amount, receivedOn } }];
  },

  DecideRecovery({ grant, isFarDayMeant, ...said }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    heard(found, said.hearing, 'recovery', context);
    if (entry(found.recoveries, said.recovery)) throw refuse('recovery-exists', { recovery: said.recovery });
    if (said.parts.length === 0 || repeated(said.parts.map(({ payment }) => payment)) !== undefined) throw refuse('recovery-parts');
    for (const { payment, amount } of said.parts) {
      const one = entry(found.payments, payment);
      if (one?.stage !== 'confirmed') throw refuse('payment-not-confirmed', { payment });
      const largest = one.amount - recoveredOf(found, payment);
      if (amount === 0 || amount > largest) throw refuse('recovery-too-large', { amount, largest: Math.max(0, largest) });
    }
    const whole = said.parts.reduce((sum, { amount }) => sum + amount, 0);
    const largest = recoverable(found);
    if (whole > largest) throw refuse('recovery-too-large', { amount: whole, largest });
    if (said.due !== undefined) requireDue(said.due, isFarDayMeant, context);
    return [{ type: 'RecoveryDecided', data: { ...said, decider: by } }];
  },

  CorrectRecoveryDue({ grant, isFarDayMeant, ...said }, state, facts, context) {
    const found = opened(state, grant);
    decider(facts, grant, context);
    const one = entry(found.recoveries, said.recovery);
    if (!one) throw refuse('recovery-unknown', { recovery: said.recovery });
    if (one.due === said.due) return [];
    if (openOf(one) === 0) throw refuse('recovery-settled', { recovery: said.recovery });
    requireDue(said.due, isFarDayMeant, context);
    return [{ type: 'RecoveryDueCorrected', data: said }];
  },

  RecordRecoveryReceived({ grant, recovery, amount, receivedOn }, state, facts, context) {
    const found = opened(state, grant);
    const one = openRecovery(found, recovery, amount);
    happened(receivedOn, context);
    return [
      { type: 'RecoveryReceived', data: { recovery, amount, receivedOn, interest: interest(found, one, { amount, receivedOn }, facts) } },
    ];
  },

  WaiveRecovery({ grant, recovery, amount, reasons }, state, facts, context) {
    const found = opened(state, grant);
    const by = decider(facts, grant, context);
    openRecovery(found, recovery, amount);
    return [{ type: 'RecoveryWaived', data: { recovery, amount, reasons, decider: by } }];
  },
};

function paymentOf(state: GrantFacts, payment: string): Payment | undefined {
  return state.stage === 'absent' ? undefined : entry(state.payments, payment);
}

function inBatch({ batch }: Payment) {
  return batch === undefined ? {} : { batch };
}

/** What the bank rejected was not paid: what was decided or reduced since may leave less room than it takes. */
function overCeiling(state: GrantFacts, facts: AroundGrant, grant: string, payment: string): LeftOutBecause | undefined {
  const one = paymentOf(state, payment);
  if (state.stage === 'absent' || !one?.wasRejected) return undefined;
  return one.amount > largestPayment({ ...state, payments: omit(state.payments, payment) }, facts, grant, one) ? 'too-large' : undefined;
}

/** Nothing is paid while payments are suspended, nor after they were terminated. */
function going({ isSuspended, isTerminated }: OpenedGrant) {
  if (isTerminated) throw refuse('payments-terminated');
  if (isSuspended) throw refuse('payments-suspended');
}

/**
 * What can be paid of an instalment: what is left of it and of the grant. The last one is paid after both inspections of
 * the final report, and up to what the grant comes to by it.
 */
function largestPayment(grant: OpenedGrant, facts: AroundGrant, id: string, asked: Payment): Cents {
  const decision = decisionOf(facts, id);
  const paid = paidBy(grant);
  const leftOfGrant = ceiling(decision, grant) - (paid - repaidBy(grant));
  if (decision.paymentPlan.at(-1)?.instalment === asked.instalment && !inspectedFinal(grant))
    throw refuse('final-payment-before-inspection');
  // Once the final report is inspected, it says what is still to pay, whichever instalment it is of.
  if (inspectedFinal(grant)) return Math.min(leftOfGrant, settlementOf(grant, decision, paid).stillToPay);
  const plannedAmount = decision.paymentPlan.find(({ instalment }) => instalment === asked.instalment)?.amount ?? 0;
  const ofInstalment = Object.values(grant.payments)
    .filter(({ instalment, stage }) => instalment === asked.instalment && stage !== 'requested' && stage !== 'rejected')
    .reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, Math.min(leftOfGrant, plannedAmount - ofInstalment));
}

function confirmedBy({ payments }: OpenedGrant): Cents {
  return Object.values(payments).reduce((sum, { stage, amount }) => (stage === 'confirmed' ? sum + amount : sum), 0);
}

/** What of recoveries is to come in still, or was waived: neither is there to be repaid or recovered again. */
/** What of the confirmed payments is neither back nor to be recovered already. */
function recoverable(found: OpenedGrant): Cents {
  return confirmedBy(found) - repaidBy(found) - openRecoveries(found);
}

function openRecoveries({ recoveries }: OpenedGrant): Cents {
  return Object.values(recoveries).reduce((sum, one) => sum + openOf(one) + one.waived, 0);
}

function recoveredOf({ recoveries }: OpenedGrant, payment: string): Cents {
  return Object.values(recoveries)
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => (part.payment === payment ? sum + part.amount : sum), 0);
}

function openRecovery({ recoveries }: OpenedGrant, recovery: string, amount: Cents): Recovery {
  const one = entry(recoveries, recovery);
  if (!one) throw refuse('recovery-unknown', { recovery });
  const open = openOf(one);
  if (amount === 0 || amount > open) throw refuse('recovery-over-open', { amount, open });
  return one;
}

/** The interest that this receipt brings: of all that came in so far, rounded down once, less what was charged before. */
function interest(grant: OpenedGrant, recovery: Recovery, now: Recovery['received'][number], { terms }: AroundGrant): Cents {
  if (!recovery.bearsInterest) return 0;
  const tables = { rates: terms.rates, additions: terms.terms['interest-addition'] ?? [] };
  const principals = principalsOf(grant, { ...recovery, received: [...recovery.received, now] });
  const day = principals.map((one) => dayWithoutRate(tables, one)).find((missing) => missing !== undefined);
  if (day !== undefined) throw refuse('interest-rate-unknown', { day });
  return interestOn(principals, tables) - recovery.interest;
}

/** Which of the payments each receipt repays: the first of the recovery's parts first. */
function principalsOf({ payments }: OpenedGrant, { parts, received }: Recovery): readonly Principal[] {
  const left = parts.map(({ payment, amount }) => ({ paidOn: entry(payments, payment)?.paidOn as Day, amount }));
  return received.flatMap(({ amount, receivedOn }) => {
    let open = amount;
    return left.flatMap((part) => {
      const taken = Math.min(open, part.amount);
      open -= taken;
      part.amount -= taken;
      return taken === 0 ? [] : [{ amount: taken, paidOn: part.paidOn, repaidOn: receivedOn }];
    });
  });
}
