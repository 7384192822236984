import { describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#kernel/event-schema';
import { rowsAfter } from '#kernel/projection.testing';
import { regionCodes } from '#kernel/region';
import { callReminders, type CallRemindersRow } from './call-reminders.process.js';

type Event = NewEvent<(typeof callReminders)['events']>;
const terms = { closes: '2026-10-15T13:15:00.000Z', planComments: { from: '2026-09-23', to: '2026-10-04' } };
const planned = (set: object): Event => ({
  type: 'CallPlanned',
  data: { kind: 'pilot', names: { fi: 'Kuvitteellinen haku' }, organiser: 'm', goals: [], duties: [], terms: set },
});
const published: Event = { type: 'CallPublished', data: {} };
const extended = (closes: string): Event => ({ type: 'CallDeadlineExtended', data: { closes, reason: 'Häiriö' } });

const due = (...events: readonly Event[]) => {
  const rows = rowsAfter<CallRemindersRow, (typeof callReminders)['events']>(callReminders, 'call-c', events);
  return Object.entries(rows).flatMap(([key, row]) => callReminders.due(row, key));
};
/** What one region is reminded of, when, until when and because of what. */
const ofLapland = (...events: readonly Event[]) =>
  due(...events)
    .filter(({ command }) => (command.content as { region: string }).region === '19')
    .map(({ at, until, because, command }) => [
      (command.content as { kind: string }).kind,
      (command.content as { deadline: string }).deadline,
      at,
      until,
      because,
    ]);

describe('the reminders of a call', () => {
  it('come a week and a day before each deadline, at nine in Helsinki, each until the next has its turn', () => {
    expect(ofLapland(planned(terms), published)).toEqual([
      ['call-comment-window-ends', '2026-10-04', '2026-09-27T06:00:00.000Z', '2026-10-03T05:59:59.999Z', 'event-1'],
      ['call-comment-window-ends', '2026-10-04', '2026-10-03T06:00:00.000Z', '2026-10-04T20:59:59.999Z', 'event-1'],
      ['call-applications-end', '2026-10-15T13:15:00.000Z', '2026-10-08T06:00:00.000Z', '2026-10-14T05:59:59.999Z', 'event-1'],
      ['call-applications-end', '2026-10-15T13:15:00.000Z', '2026-10-14T06:00:00.000Z', '2026-10-15T13:15:00.000Z', 'event-1'],
    ]);
  });

  it('are one for each region, deadline and lead time, each of an id of its own that stays the same', () => {
    const ids = due(planned(terms), published).map(({ id }) => id);
    expect(new Set(ids).size).toBe(regionCodes.length * 4);
    expect(due(planned(terms), published).map(({ id }) => id)).toEqual(ids);
  });

  it('follow the deadline as it is now, across the change to winter time', () => {
    const after = ofLapland(planned({ closes: terms.closes }), published, extended('2026-10-29T14:15:00.000Z'));
    expect(after).toEqual([
      ['call-applications-end', '2026-10-29T14:15:00.000Z', '2026-10-22T06:00:00.000Z', '2026-10-28T06:59:59.999Z', 'event-2'],
      ['call-applications-end', '2026-10-29T14:15:00.000Z', '2026-10-28T07:00:00.000Z', '2026-10-29T14:15:00.000Z', 'event-2'],
    ]);
    const amended: Event = { type: 'CallTermsAmended', data: { terms: { closes: '2026-10-20' }, reason: 'Tarkennus' } };
    expect(ofLapland(planned(terms), published, amended).map(([kind, deadline]) => [kind, deadline])).toEqual([
      ['call-applications-end', '2026-10-20'],
      ['call-applications-end', '2026-10-20'],
    ]);
  });

  it('are not wanted again once they were asked for, and others are not mistaken for them', () => {
    const all = due(planned(terms), published);
    const requests = all.map(({ command }) => command.content as { notification: string });
    const rows = rowsAfter<CallRemindersRow, (typeof callReminders)['events']>(callReminders, 'call-c', [planned(terms), published]);
    let row = rows['c'] as CallRemindersRow;
    const fold = (stream: string, about: string) => {
      const event = { type: 'NotificationRequested', stream, data: { about } } as never;
      for (const key of [callReminders.key(event)].flat())
        if (key === 'c') row = callReminders.on.NotificationRequested(row, event, key) as CallRemindersRow;
    };
    for (const { notification } of requests.slice(1)) fold(`notification-${notification}`, 'call-c');
    fold(`notification-${requests[0]?.notification}`, 'call-another');
    fold(`notification-${requests[0]?.notification}`, 'plan-c');
    expect(callReminders.due(row, 'c').map(({ id }) => id)).toEqual([all[0]?.id]);
  });

  it('are none for a call that is not published, was cancelled or has closed, nor where no deadline is known', () => {
    const closed: Event = { type: 'CallClosed', data: {} };
    const cancelled: Event = { type: 'CallCancelled', data: { reason: 'Peruttu' } };
    for (const events of [
      [planned(terms)],
      [planned(terms), published, cancelled],
      [planned(terms), published, closed],
      [planned({}), published],
    ])
      expect(due(...events)).toEqual([]);
  });
});
