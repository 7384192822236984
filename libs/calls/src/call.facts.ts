import type { Fold } from '#kernel/decider';
import type { Instant } from '#kernel/helsinki-time';
import type { Cents } from '#kernel/money';
import { unchanged } from '#kernel/chosen-events';
import { lastInstant } from '#kernel/when';
import type { EventData } from '#kernel/event-schema';
import { callEvents, type CallKind, type CallTerms } from './call.events.js';

export type Described = Pick<EventData<typeof callEvents, 'CallPlanned'>, 'names' | 'goals' | 'duties'>;

/** A call as decisions see it: its own decider's state, and what deciders of other streams need of it. */
export type CallFacts =
  | { readonly stage: 'absent' }
  | {
      readonly stage: 'planned' | 'published' | 'closed' | 'cancelled';
      /** Whether it was ever published: a call that was cancelled before is known to few. */
      readonly isPublished: boolean;
      readonly kind: CallKind;
      /** What it is called, and what it is for. */
      readonly described: Described;
      readonly terms: CallTerms;
      readonly isSelected: boolean;
      /** The latest version of each document, by its key. */
      readonly materials: Readonly<Record<string, EventData<typeof callEvents, 'CallMaterialPublished'>>>;
      /** What is known of whom to ask, by the contact's id. */
      readonly contacts: Readonly<Record<string, EventData<typeof callEvents, 'CallContactNamed'>>>;
    };
type Known = Exclude<CallFacts, { stage: 'absent' }>;

export const callFacts: Fold<CallFacts, typeof callEvents> = {
  category: 'call',
  events: callEvents,
  initial: { stage: 'absent' },
  evolve: {
    CallPlanned: (_, { data: { kind, names, goals, duties, terms } }) => ({
      stage: 'planned',
      isPublished: false,
      kind,
      described: { names, goals, duties },
      terms,
      isSelected: false,
      materials: {},
      contacts: {},
    }),
    CallPlanRevised: (call, { data }) => ({ ...(call as Known), described: { ...(call as Known).described, ...data } }),
    CallPublished: (call) => ({ ...(call as Known), stage: 'published', isPublished: true }),
    CallTermsAmended: (call, { data: { terms } }) => ({ ...(call as Known), terms }),
    CallDeadlineExtended: (call, { data: { closes } }) => ({ ...(call as Known), terms: { ...(call as Known).terms, closes } }),
    CallClosed: (call) => ({ ...(call as Known), stage: 'closed' }),
    CallCancelled: (call) => ({ ...(call as Known), stage: 'cancelled' }),
    SelectionRecordedFromSource: (call) => ({ ...(call as Known), isSelected: true }),
    CallMaterialPublished: (call, { data }) => ({
      ...(call as Known),
      materials: { ...(call as Known).materials, [data.material]: data },
    }),
    CallContactNamed: (call, { data }) => ({ ...(call as Known), contacts: { ...(call as Known).contacts, [data.contact]: data } }),
    ...unchanged('SourceStatementRecorded'),
  },
};

/** The last instant that is in time; undefined where no deadline is known. */
export function deadline({ closes }: CallTerms): Instant | undefined {
  return closes === undefined ? undefined : lastInstant(closes);
}

/** Whether the deadline has passed at the instant: decided from the terms, never from whether the closing was recorded. */
export function hasClosed(terms: CallTerms, at: Instant): boolean {
  const last = deadline(terms);
  return last !== undefined && at > last;
}

/** What a share of the costs is a share of: all of them, or what of them income does not cover. */
export function shareBase({ shareOf = 'eligible-costs' }: Pick<CallTerms, 'shareOf'>, costs: Cents, income: Cents): Cents {
  return shareOf === 'eligible-costs' ? costs : Math.max(0, costs - income);
}
