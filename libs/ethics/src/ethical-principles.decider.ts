import type { CommandsOf, Decider } from '#kernel/decider';
import { canonicalJson } from '#kernel/canonical-json';
import { missingInFinnishOrSwedish, type LocalizedText } from '#kernel/localized-text';
import { ethicalPrinciplesEvents, type EthicalPrinciple } from './ethical-principles.events.js';
import { ethicalPrinciplesFacts, type EthicalPrinciplesFacts } from './ethical-principles.facts.js';
import { refuse } from './ethical-principles.refusals.js';

type Commands = CommandsOf<typeof import('./ethical-principles.commands.js')>;

/** The ethical principles of digital support through their versions. */
export const ethicalPrinciples: Decider<Commands, EthicalPrinciplesFacts, typeof ethicalPrinciplesEvents> = {
  ...ethicalPrinciplesFacts,
  key: (command) => command.principlesId,
  needs: {},

  decide: {
    PublishEthicalPrinciples({ principlesId: _, ...content }, { versions }) {
      const { names, principles, inForceFrom, transitionUntil } = content;
      const current = versions.at(-1);
      const next = { ...content, version: versions.length + 1 };
      if (current && canonicalJson({ ...next, version: current.version }) === canonicalJson(current)) return [];
      if (principles.length === 0) throw refuse('principles-empty');
      const twice = principles.find(({ key }, index) => principles.findIndex((other) => other.key === key) !== index);
      if (twice) throw refuse('principle-twice', { key: twice.key });
      inBothLanguages(names, principles);
      if (current && inForceFrom <= current.inForceFrom) throw refuse('principles-not-later', { current: current.inForceFrom });
      if (!current && transitionUntil !== undefined) throw refuse('transition-from-nothing');
      if (transitionUntil !== undefined && transitionUntil < inForceFrom)
        throw refuse('transition-before-force', { until: transitionUntil, from: inForceFrom });
      return [{ type: 'EthicalPrinciplesPublished', data: next }];
    },
  },
};

function inBothLanguages(names: LocalizedText, principles: readonly EthicalPrinciple[]): void {
  const missing = missingInFinnishOrSwedish({
    names,
    ...Object.fromEntries(principles.map(({ key, text }) => [`principles.${key}`, text])),
  });
  if (missing.length > 0) throw refuse('principles-language-missing', { missing });
}
