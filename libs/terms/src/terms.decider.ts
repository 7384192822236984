import type { CommandsOf, Decider } from '#kernel/decider';
import type { DatedValues, TermsFacts } from './terms.facts.js';
import { termsFacts, valueOn } from './terms.facts.js';
import type { termsEvents } from './terms.events.js';

type Commands = CommandsOf<typeof import('./terms.commands.js')>;

/** Numbers that decisions go by, each from a day on. A later entry for the same day corrects an earlier one; both stay. */
export const terms: Decider<Commands, TermsFacts, typeof termsEvents> = {
  ...termsFacts,
  key: (command) => command.terms,
  needs: {},

  decide: {
    PublishInterestRate({ terms: _, ...data }, { rates }) {
      return isSet(rates, data.from, data.rate) ? [] : [{ type: 'InterestRatePublished', data, effectiveAt: data.from }];
    },

    SetTerm({ terms: _, ...data }, { terms: set }) {
      return isSet(set[data.term] ?? [], data.from, data.value) ? [] : [{ type: 'TermSet', data, effectiveAt: data.from }];
    },
  },
};

/** Whether the value is set from that very day on. */
function isSet(table: DatedValues, from: string, value: number): boolean {
  return table.some((entry) => entry.from === from) && valueOn(table, from) === value;
}
