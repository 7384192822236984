import { isActiveAt, organisationFacts, type OrganisationFacts } from '#organisations/organisation.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, needEach, type CommandsOf, type Decider, type FactsByKey, type Needs } from '#kernel/decider';
import { effectiveAt } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import type { Instant } from '#kernel/helsinki-time';
import { missingInFinnishOrSwedish, type LocalizedText } from '#kernel/localized-text';
import { firstInstant, toTheDay, type When } from '#kernel/when';
import { guidanceEvents } from './guidance.events.js';
import { guidanceFacts } from './guidance.facts.js';
import { refuse } from './guidance.refusals.js';

type Commands = CommandsOf<typeof import('./guidance.commands.js')>;
type Events = typeof guidanceEvents;
type Content = EventData<Events, 'GuidancePublished'>;
type Draft = EventData<Events, 'SupportStructureDrafted'>;

interface Guidance {
  readonly stage: 'guidance';
  readonly content: Content;
  readonly version: number;
  /** When the latest version came into use. */
  readonly since: When;
  readonly retired?: When;
}
interface Structure {
  readonly stage: 'structure';
  readonly draft: Draft;
  /** The number of the draft that was adopted last. */
  readonly adoptedDraft?: number;
  /** From when it is in use. */
  readonly adoptedFrom?: When;
  /** How many versions were adopted. */
  readonly versions: number;
}
type State = { readonly stage: 'absent' } | Guidance | Structure;

const needs = {
  RetireGuidance: { replacement: need(guidanceFacts, ({ replacedBy }: Commands['RetireGuidance']) => replacedBy) },
  DraftSupportStructure: { organisations: needEach(organisationFacts, ({ coAuthors }: Commands['DraftSupportStructure']) => coAuthors) },
} satisfies Needs<Commands>;

/** What the agency gives to those who arrange digital support: guidance through its versions, and support structures made together. */
export const guidance: Decider<Commands, State, Events, typeof needs> = {
  category: 'guidance',
  events: guidanceEvents,
  key: (command) => ('guidance' in command ? command.guidance : command.structure),
  needs,
  initial: { stage: 'absent' },

  decide: {
    PublishGuidance({ guidance: key, effectiveAt: from, ...content }, state) {
      const published = rightContent(content);
      if (state.stage === 'guidance' && isSame(state.content, published) && saysNoOther(from, state.since)) return [];
      if (state.stage !== 'absent') throw refuse('guidance-exists', { guidance: key });
      return [{ type: 'GuidancePublished', data: published, ...(from && { effectiveAt: from }) }];
    },

    ReviseGuidance({ guidance: key, reason, effectiveAt: from, ...content }, state, _facts, { at }) {
      const { content: current, version, since } = requireInUse(state, key);
      const revised = rightContent(content);
      if (isSame(current, revised)) {
        if (saysNoOther(from, since)) return [];
        throw refuse('guidance-same', { version, since: toTheDay(since) });
      }
      requireLater(since, from ?? at);
      return [{ type: 'GuidanceRevised', data: { version: version + 1, ...revised, reason }, ...(from && { effectiveAt: from }) }];
    },

    RetireGuidance({ guidance: key, reason, replacedBy, effectiveAt: from }, state, { replacement }, { at }) {
      const { since } = requireInUse(state, key);
      requireLater(since, from ?? at);
      if (replacedBy !== undefined && (replacedBy === key || !replacement.isPublished || replacement.retired !== undefined))
        throw refuse('guidance-replacement-unknown', { replacedBy });
      return [{ type: 'GuidanceRetired', data: { reason, ...(replacedBy && { replacedBy }) }, ...(from && { effectiveAt: from }) }];
    },

    DraftSupportStructure({ structure, ...content }, state, { organisations }, { at }) {
      if (state.stage === 'guidance') throw refuse('structure-id-taken', { structure });
      const drafted = { ...content, coAuthors: [...new Set(content.coAuthors)] };
      requireCoAuthors(drafted.coAuthors, organisations, at);
      requireFinnishAndSwedish({ names: drafted.names, text: drafted.text });
      const before = state.stage === 'structure' ? state.draft : undefined;
      if (before && isSame({ ...drafted, draft: before.draft }, before)) return [];
      return [{ type: 'SupportStructureDrafted', data: { ...drafted, draft: (before?.draft ?? 0) + 1 } }];
    },

    AdoptSupportStructure({ structure, draft: read, effectiveAt: from }, state) {
      if (state.stage !== 'structure') throw refuse('structure-unknown', { structure });
      const { draft, adoptedDraft, adoptedFrom, versions } = state;
      const { draft: current, ...content } = draft;
      if (adoptedDraft === current && read === current && saysNoOther(from, adoptedFrom)) return [];
      if (adoptedDraft === current) throw refuse('structure-not-drafted', { structure });
      if (read !== current) throw refuse('structure-draft-changed', { read, current });
      return [{ type: 'SupportStructureAdopted', data: { version: versions + 1, ...content }, ...(from && { effectiveAt: from }) }];
    },
  },

  evolve: {
    GuidancePublished: (_, event) => ({ stage: 'guidance', content: event.data, version: 1, since: effectiveAt(event) }),
    GuidanceRevised: (_, event) => {
      const { version, reason: __, ...content } = event.data;
      return { stage: 'guidance', content, version, since: effectiveAt(event) };
    },
    GuidanceRetired: (state, event) => ({ ...(state as Guidance), retired: effectiveAt(event) }),
    SupportStructureDrafted: (state, { data: draft }) =>
      state.stage === 'structure' ? { ...state, draft } : { stage: 'structure', draft, versions: 0 },
    SupportStructureAdopted: (state, event) => {
      const structure = state as Structure;
      return { ...structure, adoptedDraft: structure.draft.draft, adoptedFrom: effectiveAt(event), versions: event.data.version };
    },
  },
};

function rightContent(content: Content): Content {
  if (content.readers.length === 0) throw refuse('guidance-readers-missing');
  requireFinnishAndSwedish({ names: content.names, text: content.text });
  return { ...content, readers: [...new Set(content.readers)] };
}

function requireFinnishAndSwedish(texts: Readonly<Record<string, LocalizedText>>): void {
  const missing = missingInFinnishOrSwedish(texts);
  if (missing.length > 0) throw refuse('guidance-language-missing', { missing });
}

function requireInUse(state: State, guidance: string): Guidance {
  if (state.stage !== 'guidance') throw refuse('guidance-unknown', { guidance });
  if (state.retired !== undefined) throw refuse('guidance-retired', { guidance, since: toTheDay(state.retired) });
  return state;
}

/** Whether no day is given, or that from which it holds already: another one would be lost in silence. */
function saysNoOther(from: When | undefined, since: When | undefined): boolean {
  return from === undefined || from === since;
}

function requireLater(current: When, next: When): void {
  if (firstInstant(next) <= firstInstant(current)) throw refuse('guidance-not-later', { current });
}

function requireCoAuthors(keys: readonly string[], organisations: FactsByKey<OrganisationFacts>, at: Instant): void {
  if (keys.length === 0) throw refuse('structure-co-authors-missing');
  const unknown = keys.find((key) => !isActiveAt(organisations.get(key) ?? organisationFacts.initial, at));
  if (unknown !== undefined) throw refuse('structure-co-author-unknown', { organisation: unknown });
}

function isSame(one: object, other: object): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
