import { canonicalJson } from '#kernel/canonical-json';
import type { CommandsOf, Decider } from '#kernel/decider';
import type { definitionEvents } from './indicator.events.js';
import { definitionFacts, type DefinitionFacts } from './indicator-definition.facts.js';
import { refuse } from './indicator-definition.refusals.js';

type Commands = CommandsOf<typeof import('./indicator-definition.commands.js')>;

/** What an indicator is and how it is measured, version by version. */
export const indicatorDefinition: Decider<Commands, DefinitionFacts, typeof definitionEvents> = {
  ...definitionFacts,
  key: (command) => command.indicator,
  needs: {},

  decide: {
    DefineIndicator({ indicator: _, ...content }, { versions }) {
      const current = versions.at(-1);
      const next = { ...content, version: versions.length + 1 };
      if (current && canonicalJson({ ...next, version: current.version }) === canonicalJson(current)) return [];
      if (current && current.measure !== content.measure) throw refuse('indicator-measure-changed', { measure: current.measure });
      return [{ type: 'IndicatorDefined', data: next }];
    },
  },
};
