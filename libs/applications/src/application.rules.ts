import type { CallTerms } from '#calls/call.events';
import type { CallFacts } from '#calls/call.facts';
import type { DecideContext } from '#kernel/decider';
import { helsinkiClock, type Instant } from '#kernel/helsinki-time';
import type { Arrival, OtherArrival } from './application-content.events.js';
import { hasArrived, type ApplicationFacts, type ArrivedApplication } from './application.facts.js';
import { refuse } from './application.refusals.js';

/** The terms of a call in which one can apply, or could. */
export function requireCallUnderWay(call: CallFacts, key: string): CallTerms {
  // A call that was never published is answered as one that is not there: most may not know of it.
  if (call.stage === 'absent' || !call.isPublished) throw refuse('application-call-unknown', { call: key });
  if (call.stage === 'cancelled') throw refuse('application-call-cancelled', { call: key });
  return call.terms;
}

/** An application that has arrived. Of a draft nobody is told but those whose it is. */
export function requireArrived(state: ApplicationFacts, application: string): ArrivedApplication {
  if (state.stage === 'recorded') throw refuse('application-of-the-record');
  if (!hasArrived(state)) throw refuse('application-unknown', { application });
  return state;
}

/** The organisation's own application that has arrived. */
export function requireOwnArrived(state: ApplicationFacts, application: string, organisation: string): ArrivedApplication {
  const submitted = requireArrived(state, application);
  if (submitted.applicant !== organisation) throw refuse('application-unknown', { application });
  return submitted;
}

/** An application that can change: neither withdrawn, nor decided, nor locked by the proposal of a decision. */
export function requireUnlocked(submitted: ArrivedApplication): ArrivedApplication {
  if (submitted.stage === 'withdrawn') throw refuse('application-withdrawn');
  requireUndecided(submitted);
  if (submitted.proposal) throw refuse('application-locked');
  return submitted;
}

/** An application on which no decision has fallen. */
export function requireUndecided({ isDecided }: ArrivedApplication): void {
  if (isDecided) throw refuse('application-decided');
}

/** Through this system it arrives at the instant of the command; what came another way, at the instant that the registrar gives. */
export function arrivalOf(given: OtherArrival | undefined, { at, actor }: DecideContext): Arrival {
  if (actor.role !== 'ministry-registrar') {
    if (given) throw refuse('arrival-by-registrar');
    return { channel: 'this-system', arrivedAt: at };
  }
  if (!given) throw refuse('arrival-missing', { missing: ['arrival'] });
  if (given.arrivedAt > at) throw refuse('arrival-in-future', { arrivedAt: helsinkiClock(given.arrivedAt) });
  const { channel, arrivedAt, evidence } = given;
  return { channel, arrivedAt, evidence };
}

/** What comes another way is about the instant of its arrival, not of its recording. */
export function dated({ channel, arrivedAt }: Arrival): { effectiveAt?: Instant } {
  return channel === 'this-system' ? {} : { effectiveAt: arrivedAt };
}
