import { canonicalJson } from '#kernel/canonical-json';
import type { CommandsOf, Decider } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { entry, omit } from '#kernel/keyed';
import { firstInstant, lastInstant } from '#kernel/when';
import { communicationEvents } from './communication.events.js';
import { refuse } from './communication.refusals.js';

type Commands = CommandsOf<typeof import('./communication.commands.js')>;
type Events = typeof communicationEvents;
type Planned = EventData<Events, 'CommunicationPlanned'>;
type Published = EventData<Events, 'CommunicationPublished'>;

/** What was planned and published last, by the ids of communications. */
interface State {
  readonly planned: Readonly<Record<string, Planned>>;
  readonly published: Readonly<Record<string, Published>>;
}

/** How it is told of digital support in a region. */
export const communication: Decider<Commands, State, Events> = {
  category: 'communication',
  events: communicationEvents,
  key: ({ region }) => region,
  belongs: ({ region }) => ({ region }),
  needs: {},
  initial: { planned: {}, published: {} },

  decide: {
    PlanCommunication({ region: _, ...content }, { planned, published }, _facts, { at }) {
      const plan = complete(content);
      const { communication: id, on } = plan;
      if (entry(published, id)) throw refuse('communication-published', { communication: id });
      const known = entry(planned, id);
      if (known && canonicalJson(known) === canonicalJson(plan)) return [];
      if (lastInstant(on) < at) throw refuse('communication-in-past', { on });
      return [{ type: 'CommunicationPlanned', data: plan }];
    },

    PublishCommunication({ region: _, ...content }, { published }, _facts, { at }) {
      const told = complete(content);
      const { communication: id, on } = told;
      const known = entry(published, id);
      if (known && canonicalJson(known) === canonicalJson(told)) return [];
      if (known && canonicalJson(withoutReach(known)) !== canonicalJson(withoutReach(told)))
        throw refuse('communication-published', { communication: id });
      if (firstInstant(on) > at) throw refuse('communication-in-future', { on });
      // Whom it reached is known later: what is told again is of the time when it is told.
      return [{ type: 'CommunicationPublished', data: told, ...(!known && { effectiveAt: on }) }];
    },
  },

  evolve: {
    CommunicationPlanned: (state, { data }) => ({ ...state, planned: { ...state.planned, [data.communication]: data } }),
    CommunicationPublished: (state, { data }) => ({ ...state, published: { ...state.published, [data.communication]: data } }),
  },
};

function withoutReach(told: Published): Omit<Published, 'reach' | 'reachFrom'> {
  return omit(told, 'reach', 'reachFrom');
}

/** The content with nothing in it twice. @throws Refused where it lacks a list */
function complete<Content extends Pick<Planned, 'languages' | 'audiences'>>(content: Content): Content {
  const once = { ...content, languages: [...new Set(content.languages)], audiences: [...new Set(content.audiences)] };
  const missing = (['languages', 'audiences'] as const).filter((list) => once[list].length === 0);
  if (missing.length > 0) throw refuse('communication-incomplete', { missing });
  return once;
}
