import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { notification } from './notification.decider.js';

const { given } = specOf(notification);
const key = { notification: 'n' };
const until = '2026-10-15T13:15:00.000Z';
const content = { kind: 'call-applications-end' as const, about: 'call-c', name: { fi: 'Kuvitteellinen haku' }, until };
const requested = { type: 'NotificationRequested', data: { ...content, region: '19' } } as const;
const started = (attempt = 1) => ({ type: 'NotificationSendingStarted', data: { attempt, recipient: 'region-19--1' } }) as const;
const failed = (attempt: number, next: string) => ({ type: 'NotificationFailed', data: { attempt, trouble: 'timed-out', next } }) as const;
const uncertain = { type: 'NotificationUncertain', data: { attempt: 1, trouble: 'stopped-midway' } } as const;
const givenUp = { type: 'NotificationGivenUp', data: { attempt: 1, trouble: 'answered-550' } } as const;
const sent = { type: 'NotificationSent', data: { attempt: 1, channel: 'email', messageId: '<n@example.fi>' } } as const;
const resend = { type: 'NotificationResendDecided', data: { attempt: 1, reason: 'Ei tullut perille' } } as const;
const start = (attempt: number) => ({ ...key, attempt, recipient: 'region-19--1' });
const record = (outcome: 'accepted' | 'refused' | 'failed' | 'unknown', attempt = 1) => ({
  ...key,
  attempt,
  outcome,
  trouble: 'timed-out',
  messageId: '<n@example.fi>',
  channel: 'email' as const,
});

describe('asking for a notification', () => {
  it('is for one addressee, and done once', () => {
    given()
      .when('RequestNotification', { ...key, ...content, region: '19' })
      .then([requested]);
    given(requested)
      .when('RequestNotification', { ...key, ...content, region: '19' })
      .thenNothing();
    given()
      .when('RequestNotification', { ...key, ...content, organisation: 'council', deadline: '2026-10-15' })
      .then([{ type: 'NotificationRequested', data: { ...content, organisation: 'council', deadline: '2026-10-15' } }]);
    given()
      .when('RequestNotification', { ...key, ...content })
      .thenFault(/for a region or for an organisation/);
    given()
      .when('RequestNotification', { ...key, ...content, region: '19', organisation: 'council' })
      .thenFault(/for a region or for an organisation/);
  });

  it('carries its region, call and matter with every event', () => {
    expect(notification.belongs?.({ ...key, ...content, region: '19', call: 'c', matter: 'm' })).toEqual({
      region: '19',
      call: 'c',
      matter: 'm',
    });
  });
});

describe('sending a notification', () => {
  it('is started once for each attempt, in their order, and not when its time has passed', () => {
    given(requested).when('StartSending', start(1)).then([started()]);
    given(requested).when('StartSending', start(2)).thenNothing();
    given(requested, started()).when('StartSending', start(1)).thenNothing();
    given(requested, started()).when('StartSending', start(2)).thenNothing();
    given(requested, started(), failed(1, until))
      .when('StartSending', start(2))
      .then([started(2)]);
    given(requested).when('StartSending', start(1), { at: '2026-10-15T13:15:00.001Z' }).thenNothing();
    given().when('StartSending', start(1)).thenRefused('notification-unknown');
  });

  it.each([[sent], [uncertain], [givenUp]])('is not started again after $type', (end) => {
    given(requested, started(), end).when('StartSending', start(2)).thenNothing();
  });

  it('comes to what the messenger says of it', () => {
    given(requested, started()).when('RecordSending', record('accepted')).then([sent]);
    given(requested, started())
      .when('RecordSending', record('refused'))
      .then([{ ...givenUp, data: { attempt: 1, trouble: 'timed-out' } }]);
    given(requested, started())
      .when('RecordSending', record('unknown'))
      .then([{ ...uncertain, data: { attempt: 1, trouble: 'timed-out' } }]);
  });

  it('takes what is known later in the place of not knowing, and nothing after an end', () => {
    given(requested, started(), uncertain).when('RecordSending', record('accepted')).then([sent]);
    given(requested, started(), uncertain).when('RecordSending', record('unknown')).thenNothing();
    given(requested, started(), sent).when('RecordSending', record('unknown')).thenNothing();
    given(requested, started(), uncertain, resend, started(2)).when('RecordSending', record('unknown', 1)).thenNothing();
  });

  it.each([
    [1, '2026-10-14T06:01:00.000Z'],
    [2, '2026-10-14T06:02:00.000Z'],
    [5, '2026-10-14T06:16:00.000Z'],
    [9, '2026-10-14T10:00:00.000Z'],
    [400, '2026-10-14T10:00:00.000Z'],
  ])('is tried again after a while that doubles up to four hours: after attempt %d at %s', (attempt, next) => {
    given(requested, started(attempt))
      .when('RecordSending', record('failed', attempt), { at: '2026-10-14T06:00:00.000Z' })
      .then([failed(attempt, next)]);
  });

  it('is given up where the next attempt would come too late', () => {
    given(requested, started(2))
      .when('RecordSending', record('failed', 2), { at: '2026-10-15T13:13:00.000Z' })
      .then([failed(2, until)]);
    given(requested, started(2))
      .when('RecordSending', record('failed', 2), { at: '2026-10-15T13:13:00.001Z' })
      .then([{ type: 'NotificationGivenUp', data: { attempt: 2, trouble: 'timed-out' } }]);
  });

  it('is given up when its time has passed, and not before', () => {
    given(requested)
      .when('GiveUpNotification', { ...key, hadMailbox: false }, { at: until })
      .thenNothing();
    const late = { at: '2026-10-15T13:15:00.001Z' };
    given(requested)
      .when('GiveUpNotification', { ...key, hadMailbox: false }, late)
      .then([{ type: 'NotificationGivenUp', data: { attempt: 0, trouble: 'no-mailbox' } }]);
    given(requested)
      .when('GiveUpNotification', { ...key, hadMailbox: true }, late)
      .then([{ type: 'NotificationGivenUp', data: { attempt: 0, trouble: 'too-late' } }]);
    given(requested, started())
      .when('GiveUpNotification', { ...key, hadMailbox: true }, late)
      .thenNothing();
  });
});

describe('sending a notification again', () => {
  const again = { ...key, reason: 'Ei tullut perille' };

  it('takes a decision, where its sending is in doubt or was given up', () => {
    given(requested, started(), uncertain).when('ResendNotification', again).then([resend]);
    given(requested, started(), givenUp).when('ResendNotification', again).then([resend]);
    given(requested, started(), uncertain, resend)
      .when('StartSending', start(2))
      .then([started(2)]);
  });

  it('is refused where it is being sent or was, and where its time has passed', () => {
    given(requested).when('ResendNotification', again).thenRefused('notification-not-stuck', { stage: 'waiting' });
    given(requested, started()).when('ResendNotification', again).thenRefused('notification-not-stuck', { stage: 'sending' });
    given(requested, started(), sent).when('ResendNotification', again).thenRefused('notification-not-stuck', { stage: 'sent' });
    given(requested, started(), uncertain)
      .when('ResendNotification', again, { at: '2026-10-15T13:15:00.001Z' })
      .thenRefused('notification-too-late', { until: '15.10.2026 16.15' });
    given().when('ResendNotification', again).thenRefused('notification-unknown');
    const ofDraft = { ...requested, data: { ...requested.data, kind: 'application-in-draft' } } as const;
    given(ofDraft, started(), uncertain).when('ResendNotification', again).thenRefused('notification-unknown');
  });
});
