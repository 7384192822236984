import { unchanged } from '#kernel/chosen-events';
import { canonicalJson } from '#kernel/canonical-json';
import type { CommandsOf, Decider } from '#kernel/decider';
import { effectiveAt } from '#kernel/envelope';
import type { EventData } from '#kernel/event-schema';
import { entry, repeated } from '#kernel/keyed';
import { missingInFinnishOrSwedish, type LocalizedText } from '#kernel/localized-text';
import { firstInstant, type When } from '#kernel/when';
import { operatingModelEvents, type OperatingModelSection } from './operating-model.events.js';
import { refuse } from './operating-model.refusals.js';

type Commands = CommandsOf<typeof import('./operating-model.commands.js')>;
type Proposal = EventData<typeof operatingModelEvents, 'RegionalRoleEvaluationProposed'>;
type Sections = readonly OperatingModelSection[];

interface Published {
  readonly stage: 'published';
  /** Version 1 first. */
  readonly versions: readonly { readonly validFrom: When; readonly sections: Sections }[];
  /** By the key of the evaluation; `done` once the ministry has confirmed it. */
  readonly evaluations: Readonly<Record<string, Proposal | 'done'>>;
}
type State = { readonly stage: 'absent' } | Published;

/** The national operating model of digital support: its versions, what regions say of it, and how their role in it is evaluated. */
export const operatingModel: Decider<Commands, State, typeof operatingModelEvents> = {
  category: 'operatingModel',
  events: operatingModelEvents,
  key: (command) => command.model,
  belongs: (command) => ('region' in command && command.region ? { region: command.region } : {}),
  needs: {},
  initial: { stage: 'absent' },

  decide: {
    PublishOperatingModel({ names, sections, validFrom }, state) {
      if (state.stage !== 'absent') throw refuse('operating-model-exists');
      requireFinnishAndSwedish({ names, ...textsOf(sections) });
      return [
        {
          type: 'OperatingModelPublished',
          data: { names, sections: requireComplete(sections) },
          ...(validFrom && { effectiveAt: validFrom }),
        },
      ];
    },

    ReviseOperatingModel({ sections, reason, validFrom }, state, _facts, { at }) {
      const { versions } = requirePublished(state);
      const { length: latest, [latest - 1]: current } = versions;
      if (!current) return [];
      if (canonicalJson(current.sections) === canonicalJson(sections)) {
        if (validFrom === undefined || validFrom === current.validFrom) return [];
        throw refuse('model-sections-same', { version: latest, validFrom });
      }
      requireFinnishAndSwedish(textsOf(sections));
      if (firstInstant(validFrom ?? at) <= firstInstant(current.validFrom))
        throw refuse('model-version-not-later', { current: current.validFrom });
      return [
        {
          type: 'OperatingModelRevised',
          data: { version: latest + 1, sections: requireComplete(sections), reason },
          ...(validFrom && { effectiveAt: validFrom }),
        },
      ];
    },

    GiveOperatingModelFeedback({ model: _, ...data }, state) {
      const { version, section } = data;
      const known = requireVersion(requirePublished(state), version).sections.map(({ key }) => key);
      if (section !== undefined && !known.includes(section)) throw refuse('model-section-unknown', { version, section, known });
      return [{ type: 'OperatingModelFeedbackGiven', data }];
    },

    ProposeRegionalRoleEvaluation({ model: _, ...content }, state, _facts, { actor }) {
      const found = requirePublished(state);
      requireVersion(found, content.version);
      const before = requireNotConfirmed(found, content.evaluation);
      const next = { ...content, proposal: (before?.proposal ?? 0) + 1, proposer: actor.id };
      const isSame = before && canonicalJson({ ...next, proposal: before.proposal }) === canonicalJson(before);
      return isSame ? [] : [{ type: 'RegionalRoleEvaluationProposed', data: next }];
    },

    ConfirmRegionalRoleEvaluation({ evaluation, proposal: read }, state, _facts, { actor }) {
      const proposed = requireNotConfirmed(requirePublished(state), evaluation);
      if (!proposed) throw refuse('evaluation-not-proposed', { evaluation });
      const { proposal, proposer, ...data } = proposed;
      if (read !== proposal) throw refuse('evaluation-proposal-changed', { read, current: proposal });
      if (actor.id === proposer) throw refuse('evaluation-needs-two');
      return [{ type: 'RegionalRoleEvaluated', data }];
    },
  },

  evolve: {
    OperatingModelPublished: (_, event) => ({
      stage: 'published',
      versions: [{ validFrom: effectiveAt(event), sections: event.data.sections }],
      evaluations: {},
    }),
    OperatingModelRevised: (state, event) => ({
      ...(state as Published),
      versions: [...(state as Published).versions, { validFrom: effectiveAt(event), sections: event.data.sections }],
    }),
    ...unchanged('OperatingModelFeedbackGiven'),
    RegionalRoleEvaluationProposed: (state, { data }) => withEvaluation(state as Published, data.evaluation, data),
    RegionalRoleEvaluated: (state, { data }) => withEvaluation(state as Published, data.evaluation, 'done'),
  },
};

function requirePublished(state: State): Published {
  if (state.stage === 'absent') throw refuse('operating-model-unknown');
  return state;
}

function requireVersion({ versions }: Published, version: number) {
  const found = versions[version - 1];
  if (!found) throw refuse('model-version-unknown', { version, latest: versions.length });
  return found;
}

function requireNotConfirmed({ evaluations }: Published, evaluation: string): Proposal | undefined {
  const found = entry(evaluations, evaluation);
  if (found === 'done') throw refuse('evaluation-done', { evaluation });
  return found;
}

function withEvaluation(state: Published, evaluation: string, to: Proposal | 'done'): Published {
  return { ...state, evaluations: { ...state.evaluations, [evaluation]: to } };
}

/** The sections, of which there is one at least and none twice. */
function requireComplete(sections: Sections): Sections {
  if (sections.length === 0) throw refuse('model-sections-missing');
  const twice = repeated(sections.map(({ key }) => key));
  if (twice !== undefined) throw refuse('model-section-repeated', { section: twice });
  for (const { key: section, items = [] } of sections) {
    const item = repeated(items.map(({ key }) => key));
    if (item !== undefined) throw refuse('model-item-repeated', { section, item });
  }
  return sections;
}

function textsOf(sections: Sections): Record<string, LocalizedText> {
  const textsOfSection = ({ key, heading, text, items = [] }: OperatingModelSection): readonly (readonly [string, LocalizedText])[] => [
    [`sections.${key}.heading`, heading],
    [`sections.${key}.text`, text],
    ...items.map((item) => [`sections.${key}.items.${item.key}`, item.text] as const),
  ];
  return Object.fromEntries(sections.flatMap(textsOfSection));
}

function requireFinnishAndSwedish(texts: Record<string, LocalizedText>): void {
  const missing = missingInFinnishOrSwedish(texts);
  if (missing.length > 0) throw refuse('model-language-missing', { missing });
}
