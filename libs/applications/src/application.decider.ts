import { callFacts, type CallFacts } from '#calls/call.facts';
import { need, type CommandsOf, type Decider } from '#kernel/decider';
import { applicationEvents } from './application.events.js';
import { refuse } from './application.refusals.js';

type Commands = CommandsOf<typeof import('./application.commands.js')>;
type State = { readonly stage: 'absent' | 'recorded' };

/** One region's application in one call. So far only what public sources say of it; applying comes with its own rules. */
export const application: Decider<Commands, State, typeof applicationEvents, { call: CallFacts }> = {
  category: 'application',
  events: applicationEvents,
  key: ({ call, region }) => applicationKey(call, region),
  belongs: ({ call, region }) => ({ call, region, matter: applicationKey(call, region) }),
  needs: { call: need(callFacts, (command) => command.call) },
  initial: { stage: 'absent' },

  decide: {
    RecordApplicationFromSource(data, state, { call }, { source }) {
      if (!source) throw new TypeError('what is recorded from a source names the source');
      if (call.stage === 'absent') throw refuse('application-call-unknown', { call: data.call });
      return state.stage === 'absent' ? [{ type: 'ApplicationRecordedFromSource', data }] : [];
    },
  },

  evolve: { ApplicationRecordedFromSource: () => ({ stage: 'recorded' }) },
};

/** Two hyphens stand in no key, so that no two pairs make the same one. */
function applicationKey(call: string, region: string): string {
  return `${call}--${region}`;
}
