import type { CommandsOf, Decider } from '#kernel/decider';
import { helsinkiClock, instantOf, type Instant } from '#kernel/helsinki-time';
import { lastInstant } from '#kernel/when';
import { kindsOfDrafts, notificationEvents } from './notification.events.js';
import { notificationFacts, type NotificationFacts } from './notification.facts.js';
import { refuse } from './notification.refusals.js';

type Commands = CommandsOf<typeof import('./notification.commands.js')>;

const firstPause = 60_000;
const longestPause = 4 * 3_600_000;

/** One notification to one addressee, from the wish to what came of it. */
export const notification: Decider<Commands, NotificationFacts, typeof notificationEvents> = {
  ...notificationFacts,
  key: (command) => command.notification,
  belongs: (command) =>
    'about' in command
      ? {
          ...(command.call && { call: command.call }),
          ...(command.matter && { matter: command.matter }),
          ...(command.region && { region: command.region }),
        }
      : {},
  needs: {},

  decide: {
    RequestNotification({ kind, region, organisation, about, name, deadline, until }, state) {
      if (state.stage !== 'absent') return [];
      if ((region === undefined) === (organisation === undefined))
        throw new TypeError('a notification is for a region or for an organisation');
      const data = {
        kind,
        about,
        name,
        until: lastInstant(until),
        ...(region && { region }),
        ...(organisation && { organisation }),
        ...(deadline && { deadline }),
      };
      return [{ type: 'NotificationRequested', data }];
    },

    // Who gets an event back may hand the message over, and nobody else: each attempt is started once.
    StartSending({ attempt, recipient }, state, _facts, { at }) {
      const { stage, until, attempt: last } = requireNotification(state);
      if (stage !== 'waiting' || attempt !== last + 1 || at > until) return [];
      return [{ type: 'NotificationSendingStarted', data: { attempt, recipient } }];
    },

    RecordSending({ attempt, outcome, trouble = 'unknown', channel = 'email', messageId = '' }, state, _facts, { at }) {
      const { stage, until, attempt: last } = requireNotification(state);
      if (attempt !== last || !(stage === 'sending' || stage === 'uncertain')) return [];
      switch (outcome) {
        case 'accepted':
          return [{ type: 'NotificationSent', data: { attempt, channel, messageId } }];
        case 'refused':
          return [{ type: 'NotificationGivenUp', data: { attempt, trouble } }];
        case 'failed': {
          const next = after(at, attempt);
          return next > until
            ? [{ type: 'NotificationGivenUp', data: { attempt, trouble } }]
            : [{ type: 'NotificationFailed', data: { attempt, trouble, next } }];
        }
        case 'unknown':
          return stage === 'uncertain' ? [] : [{ type: 'NotificationUncertain', data: { attempt, trouble } }];
      }
    },

    GiveUpNotification({ hadMailbox, isSettled }, state, _facts, { at }) {
      const { stage, until, attempt } = requireNotification(state);
      if (stage === 'waiting' && isSettled) return [{ type: 'NotificationGivenUp', data: { attempt, trouble: 'settled' } }];
      if (stage !== 'waiting' || at <= until) return [];
      return [{ type: 'NotificationGivenUp', data: { attempt, trouble: hadMailbox ? 'too-late' : 'no-mailbox' } }];
    },

    ResendNotification({ reason }, state, _facts, { at }) {
      const { kind, stage, until, attempt } = requireNotification(state);
      // Of a draft the registrar may not know: it is answered as a notification that is not there.
      if (kindsOfDrafts.includes(kind)) throw refuse('notification-unknown');
      if (stage !== 'uncertain' && stage !== 'given-up') throw refuse('notification-not-stuck', { stage });
      if (at > until) throw refuse('notification-too-late', { until: helsinkiClock(until) });
      return [{ type: 'NotificationResendDecided', data: { attempt, reason } }];
    },
  },
};

function requireNotification(state: NotificationFacts) {
  if (state.stage === 'absent') throw refuse('notification-unknown');
  return state;
}

/** When to try again: a minute later, then twice as long each time, up to four hours; to the second, as all times to come. */
function after(at: Instant, attempt: number): Instant {
  const due = Date.parse(at) + Math.min(longestPause, firstPause * 2 ** (attempt - 1));
  return instantOf(Math.ceil(due / 1_000) * 1_000);
}
