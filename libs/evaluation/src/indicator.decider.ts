import { canonicalJson } from '#kernel/canonical-json';
import { need, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import { entry, omit } from '#kernel/keyed';
import { faultOfMunicipality } from '#kernel/municipality';
import { lastInstant } from '#kernel/when';
import { definitionFacts } from './indicator-definition.facts.js';
import { indicatorEvents, type IndicatorMeasure } from './indicator.events.js';
import { refuse } from './indicator.refusals.js';
import { cellKey, type Reported } from './indicator.rules.js';

type Commands = CommandsOf<typeof import('./indicator.commands.js')>;
/** What was reported last, by what it is about. */
type State = Readonly<Record<string, Reported>>;

const needs = {
  ReportIndicator: { defined: need(definitionFacts, ({ indicator }: Commands['ReportIndicator']) => indicator) },
} satisfies Needs<Commands>;

/** The values of indicators in a region: reported, missing or corrected, and never overwritten. */
export const indicators: Decider<Commands, State, typeof indicatorEvents, typeof needs> = {
  category: 'indicators',
  events: indicatorEvents,
  key: ({ region }) => region,
  belongs: ({ region }) => ({ region }),
  needs,
  initial: {},

  decide: {
    ReportIndicator({ region, ...reported }, state, { defined }, { at }) {
      const { indicator, version, period, municipality, correction } = reported;
      const definition = defined.versions.find((one) => one.version === version);
      if (!definition) throw refuse('indicator-version-unknown', { indicator, version });
      requirePossible(reported, definition.measure);
      const known = entry(state, cellKey(reported));
      if (known && canonicalJson(omit(known, 'correction')) === canonicalJson(omit(reported, 'correction'))) return [];
      if (period.from > period.to) throw refuse('indicator-period-reversed', period);
      if (lastInstant(period.to) >= at) throw refuse('indicator-period-goes-on', { to: period.to });
      const fault = municipality === undefined ? undefined : faultOfMunicipality(municipality, region, period.to);
      if (municipality !== undefined && fault) throw refuse('indicator-municipality', { municipality, fault, region });
      if (known && correction === undefined) throw refuse('indicator-correction-unexplained');
      if (!known && correction !== undefined) throw refuse('indicator-nothing-to-correct');
      return [{ type: 'IndicatorReported', data: reported }];
    },
  },

  evolve: { IndicatorReported: (state, { data }) => ({ ...state, [cellKey(data)]: data }) },
};

function requirePossible({ value, basis, missingBecause }: Reported, measure: IndicatorMeasure): void {
  const isMissing = value === undefined;
  if (isMissing !== (basis === undefined) || isMissing !== (missingBecause !== undefined)) throw refuse('indicator-value-or-reason');
  if (isMissing) return;
  const isPossible =
    Number.isFinite(value) && value >= 0 && (measure !== 'count' || Number.isSafeInteger(value)) && (measure !== 'share' || value <= 100);
  if (!isPossible) throw refuse('indicator-value-impossible', { value });
}
