import type { CommandsOf, Decider } from '#kernel/decider';
import { datedBy } from '#kernel/envelope';
import type { RegionCode } from '#kernel/region';
import { valueAt, withEntry, type Timeline } from '#kernel/timeline';
import { firstInstant } from '#kernel/when';
import { programmeEvents } from './programme.events.js';
import { refuse } from './programme.refusals.js';

type Commands = CommandsOf<typeof import('./programme.commands.js')>;
/** Whether a region takes part, through time. */
type State = { readonly [Region in RegionCode]?: Timeline<boolean> };

/** The programme of regional coordination: which regions take part in it, and when. */
export const programme: Decider<Commands, State, typeof programmeEvents> = {
  category: 'programme',
  events: programmeEvents,
  key: (command) => command.programme,
  belongs: ({ region }) => ({ region }),
  needs: {},
  initial: {},

  decide: {
    JoinProgramme({ region, effectiveAt }, state, _facts, { at }) {
      if (takesPart(state, region, effectiveAt ?? at)) return [];
      return [{ type: 'RegionJoinedProgramme', data: { region }, ...(effectiveAt && { effectiveAt }) }];
    },

    LeaveProgramme({ programme: key, region, reason, effectiveAt }, state, _facts, { at }) {
      if (!takesPart(state, region, effectiveAt ?? at)) throw refuse('region-not-in-programme', { programme: key, region });
      return [{ type: 'RegionLeftProgramme', data: { region, ...(reason && { reason }) }, ...(effectiveAt && { effectiveAt }) }];
    },
  },

  evolve: {
    RegionJoinedProgramme: (state, event) => withPart(state, event.data.region, datedBy(event, true)),
    RegionLeftProgramme: (state, event) => withPart(state, event.data.region, datedBy(event, false)),
  },
};

function takesPart(state: State, region: RegionCode, when: string): boolean {
  return valueAt(state[region] ?? [], firstInstant(when)) ?? false;
}

function withPart(state: State, region: RegionCode, entry: Timeline<boolean>[number]): State {
  return { ...state, [region]: withEntry(state[region] ?? [], entry) };
}
