import { callFacts, type CallFacts } from '#calls/call.facts';
import { need, type CommandsOf, type Decider } from '#kernel/decider';
import { datedBy } from '#kernel/envelope';
import type { Cents } from '#kernel/money';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { allocationEvents } from './allocation.events.js';
import { refuse } from './allocation.refusals.js';

type Commands = CommandsOf<typeof import('./allocation.commands.js')>;
/** The amounts reserved through time; none before the first. */
type State = { readonly amounts: Timeline<Cents> };

/** The money of one call: one stream, so that the ceiling is one invariant. */
export const allocation: Decider<Commands, State, typeof allocationEvents, { call: CallFacts }> = {
  category: 'allocation',
  events: allocationEvents,
  key: (command) => command.call,
  belongs: ({ call }) => ({ call }),
  needs: { call: need(callFacts, (command) => command.call) },
  initial: { amounts: [] },

  decide: {
    SetAppropriation({ call: key, ...data }, { amounts }, { call }) {
      ofCall(key, call);
      if (amounts.length > 0) throw refuse('appropriation-set');
      moreThanZero(data.amount);
      return [{ type: 'AppropriationSet', data }];
    },

    AdjustAppropriation({ call: key, amount, reason, effectiveAt }, { amounts }, { call }, { at }) {
      ofCall(key, call);
      if (amounts.length === 0) throw refuse('appropriation-not-set');
      moreThanZero(amount);
      if (amount === valueAt(amounts, effectiveAt ? firstInstant(effectiveAt) : at)) return [];
      return [{ type: 'AppropriationAdjusted', data: { amount, reason }, ...(effectiveAt && { effectiveAt }) }];
    },
  },

  evolve: {
    AppropriationSet: (_, event) => ({ amounts: [datedBy(event, event.data.amount)] }),
    AppropriationAdjusted: ({ amounts }, event) => ({ amounts: withEntry(amounts, datedBy(event, event.data.amount)) }),
  },
};

function ofCall(key: string, { stage }: CallFacts) {
  if (stage === 'absent') throw refuse('allocation-call-unknown', { call: key });
  if (stage === 'cancelled') throw refuse('allocation-call-cancelled', { call: key });
}

function moreThanZero(amount: Cents) {
  if (amount === 0) throw refuse('appropriation-zero');
}
