import { describe, expect, it } from '@jest/globals';
import { momentAt } from '#edge/moment.testing';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import { commentAt, timesOf } from './plan-comment.types.js';
import { planComments } from './plan-comments.projection.js';
import { planAt } from './plan.types.js';
import { plans, type PlanRow } from './plans.projection.js';

const region = { roles: ['regional-coordinator'], region: '19' };
const agency = { roles: ['agency-coordinator'] };

const story = [
  {
    type: 'PlanDrafted',
    data: {
      call: 'round',
      region: '19',
      sections: [
        { section: 'budget', text: '100' },
        { section: 'objectives', text: 'Tuki' },
      ],
    },
    effectiveAt: '2026-09-01',
  },
  { type: 'PlanSubmittedForComment', data: { version: 1 }, effectiveAt: '2026-09-23' },
  {
    type: 'PlanRevised',
    data: { version: 2, sections: [{ section: 'budget', text: '90' }], removed: ['objectives'] },
    effectiveAt: '2026-09-25',
  },
  {
    type: 'GoalSet',
    data: { goal: 'g', indicator: 'Opastettuja', unit: 'henkilöä', target: 500, by: '2027-12-31' },
    effectiveAt: '2026-09-26',
  },
  {
    type: 'GoalSet',
    data: { goal: 'g', indicator: 'Opastettuja', unit: 'henkilöä', target: 600, by: '2027-12-31' },
    effectiveAt: '2026-09-28',
  },
  { type: 'PlanFinalised', data: { version: 2 }, effectiveAt: '2026-10-10' },
  { type: 'GoalProgressAssessed', data: { goal: 'g', value: 120.5, assessment: 'Hyvä' }, effectiveAt: '2027-01-10' },
] as const;
const row = rowsAfter(plans, 'plan-round--19', story)['round--19'] as Stored<PlanRow>;
const at = (asOf: string, reader = region) => planAt({ ...row, _id: 'round--19', position: '0' }, momentAt(asOf), reader);

describe('the view of plans', () => {
  it('tells a plan’s story: each version with all that it says, and what became of it', () => {
    expect(at('2026-11-01T00:00:00.000Z')).toMatchObject({
      id: 'round--19',
      stage: 'final',
      revision: { revision: 6 },
      versions: [
        {
          version: 1,
          drafted: '2026-09-01',
          submitted: '2026-09-23',
          sections: [
            { section: 'objectives', text: 'Tuki' },
            { section: 'budget', text: '100' },
          ],
        },
        { version: 2, drafted: '2026-09-25', finalised: '2026-10-10', sections: [{ section: 'budget', text: '90' }] },
      ],
    });
  });

  it('submits and finalises the version that the event names, and no other', () => {
    expect(row.versions.map(({ submitted, finalised }) => [submitted, finalised])).toEqual([
      ['2026-09-23', undefined],
      [undefined, '2026-10-10'],
    ]);
  });

  it('answers what there was on the day asked for', () => {
    expect(at('2026-08-31T00:00:00.000Z')).toBeUndefined();
    expect(at('2026-09-10T00:00:00.000Z')).toMatchObject({ stage: 'draft', versions: [{ version: 1 }], goals: [] });
    expect(at('2026-09-10T00:00:00.000Z')?.versions[0]?.submitted).toBeUndefined();
    expect(at('2026-09-24T00:00:00.000Z')).toMatchObject({ stage: 'submitted' });
    expect(at('2026-09-27T00:00:00.000Z')).toMatchObject({ goals: [{ id: 'g', target: 500, assessments: [] }] });
    expect(at('2027-02-01T00:00:00.000Z')).toMatchObject({
      goals: [{ id: 'g', target: 600, assessments: [{ value: 120.5, effectiveAt: '2027-01-10' }] }],
    });
  });

  it('shows the agency no version before it was submitted or finalised, whatever was submitted before', () => {
    const versions = (asOf: string) => at(asOf, agency as typeof region)?.versions.map(({ version }) => version);
    expect(versions('2026-09-22T20:59:59.999Z')).toBeUndefined();
    expect(versions('2026-09-22T21:00:00.000Z')).toEqual([1]);
    expect(versions('2026-10-01T00:00:00.000Z')).toEqual([1]);
    expect(versions('2026-10-11T00:00:00.000Z')).toEqual([1, 2]);
  });

  it('shows the agency no goal that was set since it was last submitted or finalised', () => {
    const goals = (asOf: string) => at(asOf, agency as typeof region)?.goals.map(({ target }) => target);
    expect(goals('2026-09-29T00:00:00.000Z')).toEqual([]);
    expect(goals('2026-10-11T00:00:00.000Z')).toEqual([600]);
  });
});

describe('the view of comments', () => {
  const made = (comment: string, effectiveAt: string) =>
    ({
      type: 'PlanCommented',
      data: { comment, version: 1, section: 'budget', kind: 'concern', text: 'Miksi?', author: 'p' },
      effectiveAt,
    }) as const;
  const rows = rowsAfter(planComments, 'plan-round--19', [
    made('a', '2026-09-24T09:00:00.000Z'),
    made('b', '2026-09-24T09:00:00.000Z'),
    made('c', '2026-09-24T09:00:00.000Z'),
    made('d', '2026-09-24T09:00:00.000Z'),
    { type: 'PlanCommentAnswered', data: { comment: 'a', resolvedBy: 2, author: 'q' }, effectiveAt: '2026-09-24T10:30:30.000Z' },
    { type: 'PlanCommentAnswered', data: { comment: 'b', text: 'Siksi', author: 'q' }, effectiveAt: '2026-09-25T09:00:00.000Z' },
    { type: 'PlanCommentWithdrawn', data: { comment: 'c', reason: 'Virhe' }, effectiveAt: '2026-09-26T09:00:00.000Z' },
  ]);
  const commentsAt = (asOf: string) =>
    Object.entries(rows).flatMap(([id, one]) => commentAt({ ...one, _id: id, position: '0' }, momentAt(asOf)) ?? []);

  it('says what came of each, as of the instant asked for', () => {
    const states = (asOf: string) => commentsAt(asOf).map(({ state }) => state);
    expect(states('2026-09-24T08:59:59.999Z')).toEqual([]);
    expect(states('2026-09-24T10:30:29.999Z')).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    expect(states('2026-09-24T10:30:30.000Z')).toEqual(['answered', 'waiting', 'waiting', 'waiting']);
    expect(states('2026-10-01T00:00:00.000Z')).toEqual(['answered', 'answered', 'withdrawn', 'waiting']);
    expect(commentsAt('2026-10-01T00:00:00.000Z')[0]).toMatchObject({
      id: 'a',
      planId: 'round--19',
      answer: { resolvedBy: 2 },
      minutesToAnswer: 90,
    });
  });

  it('counts the time from a comment to its answer', () => {
    expect(timesOf(commentsAt('2026-10-01T00:00:00.000Z'))).toEqual({
      made: 4,
      answered: 2,
      waiting: 1,
      medianMinutesToAnswer: 90,
      longestMinutesToAnswer: 1_440,
    });
    expect(timesOf(commentsAt('2026-09-24T09:00:00.000Z'))).toEqual({ made: 4, answered: 0, waiting: 4 });
  });
});
