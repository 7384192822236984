import { applicationEvents } from '#applications/application.events';
import { allocationEvents } from '#decisions/allocation.events';
import { streamKey } from '#kernel/envelope';
import { helsinkiClock, type Instant } from '#kernel/helsinki-time';
import { pick } from '#kernel/keyed';
import { callOfMatter } from '#kernel/matter';
import { lastInstant } from '#kernel/when';
import { keepTerms, termsEvents, type TermsOfCalls } from './call-terms.js';
import { question, type Found } from './question.js';

interface State {
  readonly terms: TermsOfCalls;
  /** When each application arrived first. */
  readonly arrivedAt: Map<string, Instant>;
}

const events = {
  ...termsEvents,
  ...pick(applicationEvents, 'ApplicationSubmitted', 'ApplicationReceived', 'ApplicationAmended', 'DecisionProposed'),
  ...pick(allocationEvents, 'GrantDecided'),
};

const arrives = ({ arrivedAt }: State, { stream, data: { arrival } }: { stream: string; data: { arrival: { arrivedAt: Instant } } }) =>
  void (arrivedAt.has(streamKey(stream)) || arrivedAt.set(streamKey(stream), arrival.arrivedAt));

/** What arrived after the deadline is found inadmissible and nothing else, and is not amended. */
export const lateAsInTime = question<State, typeof events>({
  key: 'late-as-in-time',
  title: {
    fi: 'Myöhästynyt hakemus käsitelty ajoissa saapuneena',
    sv: 'Försenad ansökan behandlad som inkommen i tid',
    en: 'Late application treated as in time',
  },
  about: {
    fi: 'Hakuajan päättymisen jälkeen saapunut hakemus voidaan vain jättää tutkimatta. Saapumishetki ratkaisee; muutos saapuu ennen määräaikaa.',
    sv: 'En ansökan som inkommit efter att ansökningstiden gått ut kan endast lämnas utan prövning. Ankomsttiden avgör; en ändring inkommer före tidsfristen.',
    en: 'An application that arrived after the deadline can only be found inadmissible. The instant of arrival decides; an amendment arrives before the deadline.',
  },
  finding: {
    fi: 'Hakemus {application} saapui {arrived} eli myöhässä, mutta sitä käsiteltiin ajoissa saapuneena.',
    sv: 'Ansökan {application} inkom {arrived}, alltså för sent, men behandlades som om den inkommit i tid.',
    en: 'The application {application} arrived {arrived}, too late, and was treated as in time.',
  },
  events,
  start: () => ({ terms: new Map(), arrivedAt: new Map() }),
  on: {
    ...keepTerms,
    ApplicationSubmitted: arrives,
    ApplicationReceived: arrives,
    ApplicationAmended: (state, { stream, data: { arrival } }) => lateAt(state, streamKey(stream), arrival.arrivedAt),
    DecisionProposed: (state, { stream, data: { outcome } }) => examined(state, streamKey(stream), outcome),
    GrantDecided: (state, { data: { application, outcome } }) => examined(state, application, outcome),
  },
});

function examined(state: State, application: string, outcome: string): Found {
  const arrived = state.arrivedAt.get(application);
  return outcome === 'inadmissible' || arrived === undefined ? undefined : lateAt(state, application, arrived);
}

function lateAt({ terms }: State, application: string, arrived: Instant): Found {
  const closes = terms.get(callOfMatter(application))?.closes;
  return closes !== undefined && arrived > lastInstant(closes) ? { application, arrived: helsinkiClock(arrived) } : undefined;
}
