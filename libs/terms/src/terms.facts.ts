import type { Fold } from '#kernel/decider';
import type { Day } from '#kernel/helsinki-time';
import { termsEvents, type TermName } from './terms.events.js';

/** The terms of state grants: the one stream of terms that decisions on grants stand on. */
export const stateGrants = 'state-grants';

/** Values, each from its day on; of two of one day the later in the table holds. */
export type DatedValues = readonly { readonly from: Day; readonly value: number }[];

/** The terms as they were set so far. */
export interface TermsFacts {
  readonly rates: DatedValues;
  readonly terms: Readonly<Partial<Record<TermName, DatedValues>>>;
}

export const termsFacts: Fold<TermsFacts, typeof termsEvents> = {
  category: 'terms',
  events: termsEvents,
  initial: { rates: [], terms: {} },
  evolve: {
    InterestRatePublished: (facts, { data: { from, rate } }) => ({ ...facts, rates: [...facts.rates, { from, value: rate }] }),
    TermSet: (facts, { data: { term, from, value } }) => ({
      ...facts,
      terms: { ...facts.terms, [term]: [...(facts.terms[term] ?? []), { from, value }] },
    }),
  },
};

/** The value that holds on the day; undefined before the first one. */
export function valueOn(table: DatedValues, day: Day): number | undefined {
  const holding = table.reduce<DatedValues[number] | undefined>(
    (latest, entry) => (entry.from <= day && (latest === undefined || entry.from >= latest.from) ? entry : latest),
    undefined,
  );
  return holding?.value;
}

/** The value of a term on the day; undefined where none was set for it. */
export function termOn({ terms }: TermsFacts, term: TermName, day: Day): number | undefined {
  return valueOn(terms[term] ?? [], day);
}
