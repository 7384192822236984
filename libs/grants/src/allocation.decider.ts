import { callFacts, type CallFacts } from '#calls/call.facts';
import { need, type CommandsOf, type Decider } from '#kernel/decider';
import type { Cents } from '#kernel/money';
import { allocationEvents } from './allocation.events.js';
import { refuse } from './allocation.refusals.js';

type Commands = CommandsOf<typeof import('./allocation.commands.js')>;
/** The amount reserved; undefined before it is. */
type State = { readonly amount?: Cents };

/** The money of one call: one stream, so that the ceiling is one invariant. */
export const allocation: Decider<Commands, State, typeof allocationEvents, { call: CallFacts }> = {
  category: 'allocation',
  events: allocationEvents,
  key: (command) => command.call,
  belongs: ({ call }) => ({ call }),
  needs: { call: need(callFacts, (command) => command.call) },
  initial: {},

  decide: {
    SetAppropriation({ call: key, ...data }, { amount }, { call }) {
      ofCall(key, call);
      if (amount !== undefined) throw refuse('appropriation-set');
      moreThanZero(data.amount);
      return [{ type: 'AppropriationSet', data }];
    },

    AdjustAppropriation({ call: key, amount, reason, effectiveAt }, { amount: current }, { call }) {
      ofCall(key, call);
      if (current === undefined) throw refuse('appropriation-not-set');
      moreThanZero(amount);
      if (amount === current) return [];
      return [{ type: 'AppropriationAdjusted', data: { amount, reason }, ...(effectiveAt && { effectiveAt }) }];
    },
  },

  evolve: {
    AppropriationSet: (_, { data: { amount } }) => ({ amount }),
    AppropriationAdjusted: (_, { data: { amount } }) => ({ amount }),
  },
};

function ofCall(key: string, { stage }: CallFacts) {
  if (stage === 'absent') throw refuse('allocation-call-unknown', { call: key });
  if (stage === 'cancelled') throw refuse('allocation-call-cancelled', { call: key });
}

function moreThanZero(amount: Cents) {
  if (amount === 0) throw refuse('appropriation-zero');
}
