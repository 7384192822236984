import { applicationEvents } from '#applications/application.events';
import { callEvents } from '#calls/call.events';
import { allocationEvents } from '#decisions/allocation.events';
import { judgedAt, streamKey } from '#kernel/envelope';
import { pick } from '#kernel/keyed';
import { callOfMatter } from '#kernel/matter';
import { lastInstant } from '#kernel/when';
import { keepTerms, termsEvents, type TermsOfCalls } from './call-terms.js';
import { question } from './question.js';

interface State {
  readonly terms: TermsOfCalls;
  readonly published: Set<string>;
  readonly cancelled: Set<string>;
  /** The applications that have arrived and are not withdrawn. */
  readonly arrived: Set<string>;
}

const events = {
  ...termsEvents,
  ...pick(callEvents, 'CallPublished', 'CallCancelled'),
  ...pick(applicationEvents, 'ApplicationSubmitted', 'ApplicationReceived', 'ApplicationWithdrawn'),
  ...pick(allocationEvents, 'GrantDecided'),
};

/** A decision is on an application of its own call, which is published and closed. */
export const decisionOutsideCall = question<State, typeof events>({
  key: 'decision-outside-call',
  title: { fi: 'Päätös hakunsa ulkopuolella', sv: 'Beslut utanför sin utlysning', en: 'Decision outside its call' },
  about: {
    fi: 'Päätös tehdään haussa, joka on julkaistu, jota ei ole peruttu ja jonka hakuaika on päättynyt, ja hakemuksesta, joka on saapunut siihen eikä ole peruutettu.',
    sv: 'Ett beslut fattas i en utlysning som är publicerad, inte återkallad och vars ansökningstid har gått ut, om en ansökan som har inkommit till den och inte återtagits.',
    en: 'A decision is taken in a call that is published, not cancelled and past its deadline, on an application that arrived in it and was not withdrawn.',
  },
  finding: {
    fi: 'Päätös hakemuksesta {application}: {fault}.',
    sv: 'Beslutet om ansökan {application}: {fault}.',
    en: 'The decision on the application {application}: {fault}.',
    terms: {
      fault: {
        'another-call': {
          fi: 'hakemus on toisesta hausta',
          sv: 'ansökan hör till en annan utlysning',
          en: 'the application is of another call',
        },
        'not-published': { fi: 'hakua ei ole julkaistu', sv: 'utlysningen är inte publicerad', en: 'the call is not published' },
        cancelled: { fi: 'haku on peruttu', sv: 'utlysningen är återkallad', en: 'the call was cancelled' },
        'still-open': { fi: 'hakuaika ei ole päättynyt', sv: 'ansökningstiden har inte gått ut', en: 'the deadline has not passed' },
        'not-arrived': {
          fi: 'hakemusta ei ole saapunut tai se on peruutettu',
          sv: 'ansökan har inte inkommit eller har återtagits',
          en: 'the application has not arrived, or was withdrawn',
        },
      },
    },
  },
  events,
  start: () => ({ terms: new Map(), published: new Set(), cancelled: new Set(), arrived: new Set() }),
  on: {
    ...keepTerms,
    CallPublished: ({ published }, { stream }) => void published.add(streamKey(stream)),
    CallCancelled: ({ cancelled }, { stream }) => void cancelled.add(streamKey(stream)),
    ApplicationSubmitted: ({ arrived }, { stream }) => void arrived.add(streamKey(stream)),
    ApplicationReceived: ({ arrived }, { stream }) => void arrived.add(streamKey(stream)),
    ApplicationWithdrawn: ({ arrived }, { stream }) => void arrived.delete(streamKey(stream)),
    GrantDecided: ({ terms, published, cancelled, arrived }, event) => {
      const call = streamKey(event.stream);
      const { application } = event.data;
      const closes = terms.get(call)?.closes;
      const faults = {
        'another-call': callOfMatter(application) !== call,
        'not-published': !published.has(call),
        cancelled: cancelled.has(call),
        'still-open': closes !== undefined && judgedAt(event) <= lastInstant(closes),
        'not-arrived': !arrived.has(application),
      };
      const fault = Object.entries(faults).flatMap(([name, is]) => (is ? [name] : []));
      return fault.length === 0 ? undefined : { application, fault };
    },
  },
});
