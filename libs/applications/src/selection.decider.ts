import { callFacts, deadline, hasClosed } from '#calls/call.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, needEach, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { helsinkiClock } from '#kernel/helsinki-time';
import { applicationFacts } from './application.facts.js';
import { requireCallUnderWay } from './application.rules.js';
import { selectionEvents } from './selection.events.js';
import { refuse } from './selection.refusals.js';

type Commands = CommandsOf<typeof import('./selection.commands.js')>;
type State = { readonly compared?: EventData<typeof selectionEvents, 'SelectionCompared'> };

const needs = {
  CompareSelection: {
    call: need(callFacts, ({ call }: Commands['CompareSelection']) => call),
    applications: needEach(applicationFacts, ({ applications }: Commands['CompareSelection']) => applications),
  },
} satisfies Needs<Commands>;

/** The applications of one call, compared as a whole: one stream a call, for no application owns the whole. */
export const selection: Decider<Commands, State, typeof selectionEvents, typeof needs> = {
  category: 'selection',
  events: selectionEvents,
  key: ({ call }) => call,
  belongs: ({ call }) => ({ call }),
  needs,
  initial: {},

  decide: {
    CompareSelection({ call: key, ...said }, { compared }, { call, applications }, { at, actor }) {
      const terms = requireCallUnderWay(call, key);
      const closes = deadline(terms);
      if (closes !== undefined && !hasClosed(terms, at)) throw refuse('selection-call-still-open', { closes: helsinkiClock(closes) });
      if (said.applications.length === 0) throw refuse('selection-empty');
      const submitted = [...applications].flatMap(([id, one]) =>
        one.stage === 'submitted' && one.call === key ? [{ id, disqualified: one.disqualified }] : [],
      );
      const others = said.applications.filter((id) => !submitted.some((one) => one.id === id));
      if (others.length > 0) throw refuse('selection-of-others', { applications: others });
      const barred = submitted.filter(({ disqualified }) => disqualified.includes(actor.id)).map(({ id }) => id);
      if (barred.length > 0) throw refuse('selection-by-disqualified', { applications: barred });
      const data = { ...said, presenter: actor.id };
      return canonicalJson(data) === canonicalJson(compared ?? {}) ? [] : [{ type: 'SelectionCompared', data }];
    },
  },

  evolve: { SelectionCompared: (_, { data }) => ({ compared: data }) },
};
