import { canonicalJson } from '#kernel/canonical-json';
import { need, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { effectiveAt as timeOf } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { dayOf, type Instant } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { faultOfMunicipality } from '#kernel/municipality';
import { firstInstant, lastInstant, type When } from '#kernel/when';
import { organisationFacts } from '#organisations/organisation.facts';
import { developmentEvents } from './development.events.js';
import { refuse } from './development.refusals.js';
import { surveyFacts } from './survey.facts.js';

type Commands = CommandsOf<typeof import('./development.commands.js')>;
type Events = typeof developmentEvents;

interface Action {
  readonly agreed: EventData<Events, 'DevelopmentActionAgreed'>;
  readonly since: Instant;
  readonly outcome?: string;
}
type State = Readonly<Record<string, Action>>;

const needs = {
  AgreeDevelopmentAction: {
    survey: need(surveyFacts, ({ survey }: Commands['AgreeDevelopmentAction']) => survey),
    organisation: need(organisationFacts, ({ responsible }: Commands['AgreeDevelopmentAction']) => responsible),
  },
} satisfies Needs<Commands>;

/** What a region does so that its digital support matches the need. */
export const development: Decider<Commands, State, Events, typeof needs> = {
  category: 'development',
  events: developmentEvents,
  key: ({ region }) => region,
  belongs: ({ region }) => ({ region }),
  needs,
  initial: {},

  decide: {
    AgreeDevelopmentAction({ region, effectiveAt, ...content }, state, { survey, organisation }, { at }) {
      const agreed = { ...content, forms: [...new Set(content.forms)], municipalities: [...new Set(content.municipalities)] };
      const { action, by, responsible } = agreed;
      const known = entry(state, action);
      if (known && canonicalJson(known.agreed) === canonicalJson(agreed)) return [];
      if (known) throw refuse('action-exists', { action });
      const from = begun(effectiveAt, at);
      if (lastInstant(by) < from) throw refuse('action-due-before-agreed', { by });
      for (const municipality of agreed.municipalities) {
        const fault = faultOfMunicipality(municipality, region, dayOf(from));
        if (fault) throw refuse('action-municipality', { municipality, fault, region });
      }
      if (agreed.survey !== undefined && (survey.stage === 'absent' || !survey.wave.regions.includes(region)))
        throw refuse('action-survey-unknown', { survey: agreed.survey });
      if (responsible !== undefined && !organisation.isRegistered)
        throw refuse('action-organisation-unknown', { organisation: responsible });
      return [{ type: 'DevelopmentActionAgreed', data: agreed, ...(effectiveAt && { effectiveAt }) }];
    },

    CompleteDevelopmentAction({ region: _, action, outcome, effectiveAt }, state, _facts, { at }) {
      const known = entry(state, action);
      if (!known || known.since > begun(effectiveAt, at)) throw refuse('action-unknown', { action });
      if (known.outcome === outcome) return [];
      if (known.outcome !== undefined) throw refuse('action-completed', { action });
      return [{ type: 'DevelopmentActionCompleted', data: { action, outcome }, ...(effectiveAt && { effectiveAt }) }];
    },
  },

  evolve: {
    DevelopmentActionAgreed: (state, event) => ({
      ...state,
      [event.data.action]: { agreed: event.data, since: firstInstant(timeOf(event)) },
    }),
    DevelopmentActionCompleted: (state, { data: { action, outcome } }) => ({
      ...state,
      [action]: { ...(entry(state, action) as Action), outcome },
    }),
  },
};

/** What is recorded has happened. */
function begun(effectiveAt: When | undefined, at: Instant): Instant {
  const from = firstInstant(effectiveAt ?? at);
  if (effectiveAt !== undefined && from > at) throw refuse('action-in-future', { effectiveAt });
  return from;
}
