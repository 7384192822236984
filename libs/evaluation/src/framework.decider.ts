import { canonicalJson } from '#kernel/canonical-json';
import { needEach, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { repeated } from '#kernel/keyed';
import { missingInFinnishOrSwedish } from '#kernel/localized-text';
import { lastInstant } from '#kernel/when';
import { organisationFacts } from '#organisations/organisation.facts';
import type { EvaluationCriterion, EvaluationLevel, frameworkEvents } from './framework.events.js';
import { frameworkFacts, type FrameworkFacts, type FrameworkVersion } from './framework.facts.js';
import { refuse } from './framework.refusals.js';

type Commands = CommandsOf<typeof import('./framework.commands.js')>;

const needs = {
  DraftEvaluationFramework: {
    organisations: needEach(organisationFacts, ({ coAuthors }: Commands['DraftEvaluationFramework']) => coAuthors),
  },
} satisfies Needs<Commands>;

/** An evaluation framework: drafted together, published version by version. */
export const framework: Decider<Commands, FrameworkFacts, typeof frameworkEvents, typeof needs> = {
  ...frameworkFacts,
  key: (command) => command.framework,
  needs,

  decide: {
    DraftEvaluationFramework({ framework: _, ...content }, { versions, draft }, { organisations }) {
      const next = { ...content, coAuthors: [...new Set(content.coAuthors)], version: versions.length + 1 };
      if (draft && canonicalJson(draft) === canonicalJson(next)) return [];
      const unknown = next.coAuthors.find((organisation) => !organisations.get(organisation)?.isRegistered);
      if (unknown !== undefined) throw refuse('framework-organisation-unknown', { organisation: unknown });
      return [{ type: 'EvaluationFrameworkDrafted', data: next }];
    },

    PublishEvaluationFramework({ framework: _, ...content }, { versions, draft }, _facts, { at }) {
      const current = versions.at(-1);
      if (current && canonicalJson({ ...content, version: current.version }) === canonicalJson(current)) return [];
      if (!draft) throw refuse('framework-not-drafted');
      requireRight(content);
      const { inForceFrom } = content;
      if (current && inForceFrom <= current.inForceFrom) throw refuse('framework-not-later', { current: current.inForceFrom });
      // What was started meanwhile would have been judged by another version.
      if (lastInstant(inForceFrom) < at) throw refuse('framework-in-past', { inForceFrom });
      return [{ type: 'EvaluationFrameworkPublished', data: { ...content, version: versions.length + 1 } }];
    },
  },
};

function requireRight({ names, criteria, levels }: Omit<FrameworkVersion, 'version'>): void {
  const missing = [...(criteria.length === 0 ? ['criteria'] : []), ...(levels.length < 2 ? ['levels'] : [])];
  if (missing.length > 0) throw refuse('framework-incomplete', { missing });
  const twice = repeated(criteria.map(({ key }) => key));
  if (twice !== undefined) throw refuse('framework-criterion-twice', { key: twice });
  if (levels.some(({ level }, index) => index > 0 && level <= (levels[index - 1] as EvaluationLevel).level))
    throw refuse('framework-levels-unordered');
  inBothLanguages(names, criteria, levels);
}

function inBothLanguages(
  names: FrameworkVersion['names'],
  criteria: readonly EvaluationCriterion[],
  levels: readonly EvaluationLevel[],
): void {
  const texts = [
    ['names', names] as const,
    ...criteria.map(({ key, text }) => [`criteria.${key}`, text] as const),
    ...levels.map(({ level, text }) => [`levels.${level}`, text] as const),
  ];
  const missing = missingInFinnishOrSwedish(Object.fromEntries(texts));
  if (missing.length > 0) throw refuse('framework-language-missing', { missing });
}
