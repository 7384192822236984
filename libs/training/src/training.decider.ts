import { guidanceFacts } from '#guidance/guidance.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, type CommandsOf, type Decider, type Needs } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { helsinkiClock } from '#kernel/helsinki-time';
import { repeated } from '#kernel/keyed';
import { missingInFinnishOrSwedish } from '#kernel/localized-text';
import { trainingEvents, type Attendance } from './training.events.js';
import { refuse } from './training.refusals.js';

type Commands = CommandsOf<typeof import('./training.commands.js')>;
type Events = typeof trainingEvents;
type Scheduled = EventData<Events, 'TrainingScheduled'>;

interface Known {
  readonly stage: 'scheduled' | 'held' | 'cancelled';
  readonly schedule: Scheduled;
  readonly attendance: readonly Attendance[];
}
type State = { readonly stage: 'absent' } | Known;

const needs = {
  ScheduleTraining: { guidance: need(guidanceFacts, ({ guidance }: Commands['ScheduleTraining']) => guidance) },
} satisfies Needs<Commands>;

/** Training that the agency gives to those who arrange digital support, and who took part in it. */
export const training: Decider<Commands, State, Events, typeof needs> = {
  category: 'training',
  events: trainingEvents,
  key: (command) => command.training,
  needs,
  initial: { stage: 'absent' },

  decide: {
    ScheduleTraining({ training: _, ...content }, state, { guidance }) {
      if (state.stage !== 'absent') requireOpen(state);
      const schedule = { ...content, languages: [...new Set(content.languages)], regions: [...new Set(content.regions)] };
      if (state.stage !== 'absent' && canonicalJson(state.schedule) === canonicalJson(schedule)) return [];
      requireComplete(schedule);
      if (schedule.guidance !== undefined && (!guidance.isPublished || guidance.retired !== undefined))
        throw refuse('training-guidance-unknown', { guidance: schedule.guidance });
      return [{ type: 'TrainingScheduled', data: schedule }];
    },

    HoldTraining({ training: key, attendance: told, correction }, state, _facts, { at }) {
      const { stage, schedule, attendance: before } = requireKnown(state, key);
      if (stage === 'cancelled') throw refuse('training-cancelled');
      if (at < schedule.starts) throw refuse('training-not-started', { starts: helsinkiClock(schedule.starts) });
      const attendance = inOrder(told);
      requireInvited(attendance, schedule);
      if (stage === 'held') {
        if (canonicalJson(attendance) === canonicalJson(before)) return [];
        if (correction === undefined) throw refuse('training-correction-reason');
      }
      return [{ type: 'TrainingHeld', data: { attendance, ...(correction && { correction }) } }];
    },

    CancelTraining({ training: key, reason }, state) {
      const known = requireKnown(state, key);
      if (known.stage === 'cancelled') return [];
      requireOpen(known);
      return [{ type: 'TrainingCancelled', data: { reason } }];
    },
  },

  evolve: {
    TrainingScheduled: (_, { data: schedule }) => ({ stage: 'scheduled', schedule, attendance: [] }),
    TrainingHeld: (state, { data: { attendance } }) => ({ ...(state as Known), stage: 'held', attendance }),
    TrainingCancelled: (state) => ({ ...(state as Known), stage: 'cancelled' }),
  },
};

function requireKnown(state: State, training: string): Known {
  if (state.stage === 'absent') throw refuse('training-unknown', { training });
  return state;
}

function requireOpen({ stage }: Known): void {
  if (stage === 'held') throw refuse('training-held');
  if (stage === 'cancelled') throw refuse('training-cancelled');
}

function requireComplete({ names, description, languages, form, place, starts, ends }: Scheduled): void {
  const missingTexts = missingInFinnishOrSwedish({ names, ...(description && { description }) });
  if (missingTexts.length > 0) throw refuse('training-language-missing', { missing: missingTexts });
  const missing = [...(languages.length === 0 ? ['languages'] : []), ...(form !== 'online' && place === undefined ? ['place'] : [])];
  if (missing.length > 0) throw refuse('training-incomplete', { missing });
  if (ends <= starts) throw refuse('training-ends-first');
}

function requireInvited(attendance: readonly Attendance[], { regions }: Scheduled): void {
  const twice = repeated(attendance.map(({ region }) => region));
  if (twice !== undefined) throw refuse('training-region-twice', { region: twice });
  const stranger = attendance.find(({ region, participants }) => participants > 0 && regions.length > 0 && !regions.includes(region));
  if (stranger) throw refuse('training-region-not-invited', { region: stranger.region });
}

/** In the order of the regions, so that the same figures are the same however they are told. */
function inOrder(attendance: readonly Attendance[]): readonly Attendance[] {
  return attendance.toSorted((a, b) => (a.region < b.region ? -1 : 1));
}
