import { datedBy, streamKey, type EventOf } from '#kernel/envelope';
import type { Projection } from '#kernel/projection';
import { withEntry, type Timeline } from '#kernel/timeline';
import { termsEvents, type TermName } from './terms.events.js';

/** A number from a day on, and where it is published. */
interface Published {
  readonly value: number;
  readonly publishedIn: string;
}

/** What holds from when: the rates of interest, and each term. */
export interface TermsInForceRow {
  readonly rates: Timeline<Published>;
  readonly terms: Readonly<Partial<Record<TermName, Timeline<Published>>>>;
}

const none: TermsInForceRow = { rates: [], terms: {} };

export const termsInForce: Projection<TermsInForceRow, typeof termsEvents, never, 'InterestRatePublished' | 'TermSet'> = {
  name: 'terms-in-force',
  version: 1,
  events: termsEvents,
  key: (event: EventOf<typeof termsEvents>) => streamKey(event.stream),
  upserts: {
    InterestRatePublished: (row = none, event) => {
      const { rate, publishedIn } = event.data;
      return { ...row, rates: withEntry(row.rates, datedBy(event, { value: rate, publishedIn })) };
    },
    TermSet: (row = none, event) => {
      const { term, value, publishedIn } = event.data;
      return { ...row, terms: { ...row.terms, [term]: withEntry(row.terms[term] ?? [], datedBy(event, { value, publishedIn })) } };
    },
  },
};
