import { describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#kernel/event-schema';
import { rowsAfter } from '#kernel/projection.testing';
import { waiting, type WaitingRow } from './waiting.projection.js';

type Told = NewEvent<(typeof waiting)['events']>;

const started: Told = { type: 'ApplicationStarted', data: { call: 'round', region: '19', applicant: 'council-19' } };
const due = '2026-10-30';
const by = { presenter: 'person-p', due };
const reason = 'Annettu väärin';
const asked: readonly Told[] = [
  { type: 'SupplementRequested', data: { ...by, supplement: 'budget', asks: 'Erittely' } },
  { type: 'SupplementRequested', data: { ...by, supplement: 'costs', asks: 'Erittely' } },
  { type: 'HearingOpened', data: { ...by, hearing: 'budget', concerns: 'Kustannukset' } },
];
const heard: readonly Told[] = [
  { type: 'GrantHearingOpened', data: { hearing: 'audit', concern: 'recovery', concerns: 'Käyttö', due } },
  { type: 'GrantHearingOpened', data: { hearing: 'use', concern: 'recovery', concerns: 'Käyttö', due } },
];

function rowAfter(stream: string, ...events: readonly Told[]): WaitingRow {
  return rowsAfter(waiting, stream, events)['round--council-19'] as WaitingRow;
}

function waitsAfter(...events: readonly Told[]): readonly string[] {
  return rowAfter('application-round--council-19', started, ...events)
    .waiting.filter(({ due }) => due !== undefined)
    .map(({ kind, of, due }) => `${kind} ${of} by ${due}`);
}

describe('the view of what waits', () => {
  it('has what was asked by the day that was corrected, of that which was corrected alone', () => {
    expect(
      waitsAfter(...asked, { type: 'DueDayCorrected', data: { asked: 'supplement', id: 'budget', due: '2026-11-13', reason } }),
    ).toEqual([
      'answer-supplement budget by 2026-11-13',
      'answer-supplement costs by 2026-10-30',
      'state-on-application budget by 2026-10-30',
    ]);
    expect(waitsAfter(...heard, { type: 'GrantHearingDueCorrected', data: { hearing: 'use', due: '2026-11-13', reason } })).toEqual([
      'state-on-grant audit by 2026-10-30',
      'state-on-grant use by 2026-11-13',
    ]);
    const recovered = (recovery: string): Told => ({
      type: 'RecoveryDecided',
      data: {
        recovery,
        hearing: 'use',
        duty: 'mandatory',
        parts: [{ payment: 'p', amount: 1 }],
        bearsInterest: true,
        due,
        grounds: 'g',
        decider: 'd',
      },
    });
    const corrected: Told = { type: 'RecoveryDueCorrected', data: { recovery: 'second', due: '2026-11-13', reason } };
    expect(waitsAfter(recovered('first'), recovered('second'), corrected)).toEqual([
      'receive-recovery first by 2026-10-30',
      'receive-recovery second by 2026-11-13',
    ]);
  });

  it('has nothing any more of what was withdrawn', () => {
    expect(waitsAfter(...asked, { type: 'RequestWithdrawn', data: { asked: 'hearing', id: 'budget', reason } })).toEqual([
      'answer-supplement budget by 2026-10-30',
      'answer-supplement costs by 2026-10-30',
    ]);
    expect(waitsAfter(...heard, { type: 'GrantHearingWithdrawn', data: { hearing: 'audit', reason } })).toEqual([
      'state-on-grant use by 2026-10-30',
    ]);
  });

  it('has a payment to be sent only while it is in no batch', () => {
    const decided: Told = { type: 'PaymentDecided', data: { payment: 'p-1', amount: 100, grounds: 'g', decider: 'person-d' } };
    const batched = (batch: string): Told => ({ type: 'PaymentBatched', data: { payment: 'p-1', batch } });
    const leftOut = (batch: string): Told => ({ type: 'PaymentLeftOut', data: { payment: 'p-1', batch, because: 'batch-cancelled' } });
    const toBeSent = (...events: readonly Told[]) =>
      rowAfter('grant-round--council-19', started, decided, ...events)
        .waiting.filter(({ kind }) => kind === 'send-payment')
        .map(({ of, notBy }) => ({ of, notBy }));
    const once = [{ of: 'p-1', notBy: ['person-d'] }];
    expect(toBeSent()).toEqual(once);
    expect(toBeSent(batched('first'))).toEqual([]);
    expect(toBeSent(batched('first'), leftOut('first'))).toEqual(once);
    expect(toBeSent(batched('first'), leftOut('second'))).toEqual([]);
    expect(toBeSent(leftOut('second'))).toEqual(once);
  });
});
