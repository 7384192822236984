import { callEvents, type CallTerms } from '#calls/call.events';
import { streamKey, type EventOf } from '#kernel/envelope';
import { pick } from '#kernel/keyed';

/** The terms of each call as they stand, by its key. */
export type TermsOfCalls = Map<string, CallTerms>;

/** The events that say them. */
export const termsEvents = pick(callEvents, 'CallPlanned', 'CallTermsAmended', 'CallDeadlineExtended');

type Terms<Type extends keyof typeof termsEvents> = EventOf<typeof termsEvents, Type>;

/** Keeps the terms of calls in the state of a question that needs them. */
export const keepTerms = {
  CallPlanned: ({ terms }: { readonly terms: TermsOfCalls }, { stream, data }: Terms<'CallPlanned'>) =>
    void terms.set(streamKey(stream), data.terms),
  CallTermsAmended: ({ terms }: { readonly terms: TermsOfCalls }, { stream, data }: Terms<'CallTermsAmended'>) =>
    void terms.set(streamKey(stream), data.terms),
  CallDeadlineExtended: ({ terms }: { readonly terms: TermsOfCalls }, { stream, data: { closes } }: Terms<'CallDeadlineExtended'>) =>
    void terms.set(streamKey(stream), { ...terms.get(streamKey(stream)), closes }),
};
