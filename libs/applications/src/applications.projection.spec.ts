import { describe, expect, it } from '@jest/globals';
import { momentAt } from '#edge/moment.testing';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import { hashed } from './application-content.rules.js';
import {
  arrived,
  byEmail,
  content,
  key,
  lateAt,
  oneTooLate,
  open,
  revised,
  started,
  submittedAt,
  whose,
  type ApplicationEvent,
} from './application.testing.js';
import { applicationAt } from './application.types.js';
import type { applicationEvents } from './application.events.js';
import { applications, type ApplicationRow } from './applications.projection.js';
import { openTasks, tasksAt, taskKinds, type OpenTasksRow } from './open-tasks.projection.js';

const presenter = 'person-presenter';
const on = (event: ApplicationEvent, effectiveAt: string) => ({ ...event, effectiveAt }) as ApplicationEvent;
const drafted = [on(started, '2019-09-01T00:00:00.000Z'), on(revised, '2019-09-02T00:00:00.000Z')];
const submitted = on(submittedAt(open), open);
const requested = (supplement: string, effectiveAt: string) =>
  on({ type: 'SupplementRequested', data: { supplement, asks: 'x', due: '2019-10-27', presenter } }, effectiveAt);
const supplemented = (supplement: string, effectiveAt: string, isLate = false) =>
  on(
    {
      type: 'ApplicationSupplemented',
      data: {
        supplement,
        ...hashed({ ...content, amount: 60_000, ownFunding: 30_000 }),
        isLate,
        arrival: { channel: 'this-system', arrivedAt: effectiveAt },
      },
    },
    effectiveAt,
  );
const withdrawn = on(
  { type: 'ApplicationWithdrawn', data: { reason: 'x', arrival: byEmail('2019-11-01T00:00:00.000Z') } },
  '2019-11-01T00:00:00.000Z',
);
const received = (arrivedAt: string, more: object = {}) =>
  on({ type: 'ApplicationReceived', data: { ...whose, arrival: byEmail(arrivedAt), caseNumber: 'VM/1/2019', ...more } }, arrivedAt);

const rowAfter = (...events: readonly ApplicationEvent[]) =>
  rowsAfter(applications, `application-${key}`, events)[key] as Stored<ApplicationRow>;
const at = (row: Stored<ApplicationRow>, asOf: string, reader: 'auditor' | 'anyone' = 'auditor') =>
  applicationAt({ ...row, _id: key, position: '0' }, momentAt(asOf), reader === 'auditor' ? { roles: ['ministry-auditor'] } : undefined);

describe('the view of a call’s applications', () => {
  it('shows an application as it stood: a draft, submitted, supplemented, withdrawn', () => {
    const row = rowAfter(
      ...drafted,
      submitted,
      requested('s-1', '2019-10-20T00:00:00.000Z'),
      supplemented('s-1', '2019-10-21T00:00:00.000Z'),
      withdrawn,
    );
    expect(at(row, '2019-08-31T00:00:00.000Z')).toBeUndefined();
    expect(at(row, '2019-09-01T00:00:00.000Z')).toMatchObject({ stage: 'draft' });
    expect(at(row, '2019-09-03T00:00:00.000Z')).toMatchObject({ stage: 'draft', amount: 70_000, eligibleCosts: 100_000 });
    expect(at(row, '2019-10-20T00:00:00.000Z')).toMatchObject({ stage: 'submitted', arrivedAt: open, amount: 70_000 });
    expect(at(row, '2019-10-22T00:00:00.000Z')).toMatchObject({ stage: 'submitted', amount: 60_000 });
    expect(at(row, '2019-11-02T00:00:00.000Z')).toMatchObject({ stage: 'withdrawn', revision: { revision: 5 } });
  });

  it('is public from the arrival on', () => {
    expect(rowAfter(...drafted)).toMatchObject({ publicSince: null });
    expect(rowAfter(...drafted, submitted)).toMatchObject({ publicSince: open });
    expect(rowAfter(received('2019-10-15T13:14:00.000Z'))).toMatchObject({
      publicSince: '2019-10-15T13:14:00.000Z',
    });
    const row = rowAfter(...drafted, submitted);
    expect(at(row, '2019-09-03T00:00:00.000Z', 'anyone')).toBeUndefined();
    expect(at(row, open, 'anyone')).toMatchObject({ stage: 'submitted' });
  });

  it('says what is missing, what is late, and under which number it is registered', () => {
    expect(at(rowAfter(received(oneTooLate), lateAt(oneTooLate)), '2019-12-01T00:00:00.000Z')).toMatchObject({
      isLate: true,
      caseNumber: 'VM/1/2019',
      missing: ['eligibleCosts', 'income', 'ownFunding', 'otherFunding', 'amount'],
    });
    expect(
      at(rowAfter(received(open, { ...hashed(content), inadmissible: 'applicant-not-eligible' })), '2019-12-01T00:00:00.000Z'),
    ).toMatchObject({ isLate: false, missing: [], inadmissible: 'applicant-not-eligible' });
    const numbered = on(
      { type: 'ApplicationReceived', data: { ...whose, arrival: { channel: 'this-system', arrivedAt: open }, caseNumber: 'VM/2/2019' } },
      '2019-10-20T00:00:00.000Z',
    );
    const row = rowAfter(...drafted, submitted, numbered);
    expect(row).toMatchObject({ publicSince: open, revision: 3 });
    expect([at(row, '2019-10-19T00:00:00.000Z'), at(row, '2019-10-21T00:00:00.000Z')].map((one) => one?.caseNumber)).toEqual([
      undefined,
      'VM/2/2019',
    ]);
    expect(at(row, '2019-10-21T00:00:00.000Z')).toMatchObject({ amount: 70_000, stage: 'submitted', arrivedAt: open });
  });

  it('says of a draft what it lacks before it can be submitted: all of it before anything was written', () => {
    const draft = (...events: ApplicationEvent[]) =>
      at(rowAfter(on(started, '2019-09-01T00:00:00.000Z'), ...events), '2019-09-30T00:00:00.000Z');
    const written = (data: object) => on({ type: 'ApplicationRevised', data: { content: data } } as never, '2019-09-02T00:00:00.000Z');
    expect(draft()?.missing).toEqual(['planVersion', 'eligibleCosts', 'income', 'ownFunding', 'otherFunding', 'amount']);
    expect(draft(written({ income: 0, amount: 1 }))?.missing).toEqual(['planVersion', 'eligibleCosts', 'ownFunding', 'otherFunding']);
    expect(draft(on(revised, '2019-09-02T00:00:00.000Z'))?.missing).toEqual([]);
  });

  it('keeps the figures where a supplement came late', () => {
    expect(at(rowAfter(...arrived, supplemented('s-1', '2019-11-01T00:00:00.000Z', true)), '2019-12-01T00:00:00.000Z')).toMatchObject({
      amount: 70_000,
      revision: { revision: 3 },
    });
  });
});

describe('the view of open tasks', () => {
  const tasks = (events: readonly ApplicationEvent[], asOf = '2020-01-01T00:00:00.000Z') =>
    tasksAt(
      rowsAfter<OpenTasksRow, typeof applicationEvents>(openTasks, `application-${key}`, events)[key] as OpenTasksRow,
      asOf,
      taskKinds,
    ).map(({ kind, of }) => (of ? `${kind} ${of}` : kind));
  const after = (event: ApplicationEvent) => on(event, '2019-11-02T00:00:00.000Z');

  it('has a draft submitted, then registered and handled', () => {
    expect(tasks(drafted)).toEqual(['submit-draft']);
    expect(tasks([...drafted, submitted])).toEqual(['register', 'handle']);
    expect(tasks([...drafted, submitted], '2019-09-03T00:00:00.000Z')).toEqual(['submit-draft']);
    expect(tasks([...drafted, submitted, received('2019-11-01T00:00:00.000Z')])).toEqual(['handle']);
    expect(tasks([received(open)])).toEqual(['handle']);
    expect(tasks([...drafted, received(open)])).toEqual(['handle']);
    const whileDrafted = '2019-09-03T00:00:00.000Z';
    expect(tasks([...drafted, received(open)], whileDrafted)).toEqual(['submit-draft']);
    expect(tasks([...drafted, received(open, { applicant: 'another-council' })], whileDrafted)).toEqual([]);
  });

  it('has each request answered on its own', () => {
    const asked = [received(open), requested('s-1', '2019-10-20T00:00:00.000Z'), requested('s-2', '2019-10-20T00:00:00.000Z')];
    expect(tasks([...asked, supplemented('s-1', '2019-10-21T00:00:00.000Z')])).toEqual(['handle', 'answer-supplement s-2']);
    expect(tasks([...asked, withdrawn])).toEqual([]);
  });

  it('has nothing to handle or to answer while a decision is proposed', () => {
    const proposed = after({ type: 'DecisionProposed', data: { presenter, outcome: 'refused', grounds: 'x', conditions: [] } });
    expect(tasks([received(open), proposed])).toEqual([]);
    expect(tasks([received(open), requested('s-1', '2019-10-20T00:00:00.000Z'), proposed])).toEqual([]);
    expect(tasks([...drafted, submitted, proposed])).toEqual(['register']);
    expect(tasks([received(open), proposed, after({ type: 'DecisionProposalWithdrawn', data: { reason: 'x' } })])).toEqual(['handle']);
  });
});
