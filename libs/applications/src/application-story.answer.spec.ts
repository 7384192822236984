import { describe, expect, it } from '@jest/globals';
import type { Sealed } from '#kernel/event-schema';
import { rowsAfter } from '#kernel/projection.testing';
import { storyAt } from './application-story.answer.js';
import { applicationStory, type ApplicationStoryRow } from './application-story.projection.js';
import { hashed } from './application-content.rules.js';
import { after, byEmail, content, key, open, revised, started, submittedAt, whose, type ApplicationEvent } from './application.testing.js';

const on = (event: ApplicationEvent, effectiveAt: string) => ({ ...event, effectiveAt }) as ApplicationEvent;
const drafted = [on(started, '2019-09-01'), on(revised, '2019-09-02')];
const submitted = on(submittedAt(open), open);
const amended = (amount: number, arrivedAt: string) =>
  on(
    { type: 'ApplicationAmended', data: { ...hashed({ ...content, amount, ownFunding: 90_000 - amount }), arrival: byEmail(arrivedAt) } },
    arrivedAt,
  );
const received = (applicant: string, arrivedAt: string) =>
  on({ type: 'ApplicationReceived', data: { ...whose, applicant, arrival: byEmail(arrivedAt), caseNumber: 'VM/1/2019' } }, arrivedAt);
const proposed = on(
  { type: 'DecisionProposed', data: { presenter: 'p', outcome: 'granted', amount: 1, grounds: 'x', conditions: [] } },
  '2019-10-21',
);
const unproposed = on({ type: 'DecisionProposalWithdrawn', data: { reason: 'Tarkistetaan' } }, '2019-10-22');
const assessed = (score: number) =>
  on({ type: 'ApplicationAssessed', data: { criterion: 'breadth', score, grounds: 'x', assessor: 'p' } }, '2019-10-20');

const handler = { level: 'secret', isOwn: false, seesDraft: false } as const;
const auditor = { ...handler, seesDraft: true };
const owner = { level: 'public', isOwn: true, seesDraft: true } as const;
const anyone = { level: 'public', isOwn: false, seesDraft: false } as const;
const story = (events: readonly ApplicationEvent[], sight: typeof handler | typeof owner | typeof anyone | typeof auditor, asOf = after) =>
  storyAt(
    rowsAfter(applicationStory, `application-${key}`, events)[key] as ApplicationStoryRow,
    asOf,
    sight,
    async (text: Sealed | undefined) => text ?? null,
  );
const stepsOf = async (...asked: Parameters<typeof story>) => (await story(...asked)).steps.map(({ event }) => event);

describe('the story of an application', () => {
  it('says what it said at the time asked for, by the order of arrival', async () => {
    const events = [...drafted, submitted, amended(50_000, '2019-10-05T00:00:00.000Z'), amended(60_000, '2019-10-03T00:00:00.000Z')];
    const amounts = await Promise.all(
      ['2019-10-02', '2019-10-04', '2019-10-06'].map(async (day) => (await story(events, anyone, `${day}T00:00:00.000Z`)).content?.amount),
    );
    expect(amounts).toEqual([70_000, 60_000, 50_000]);
  });

  it('stays as it was where a supplement came late', async () => {
    const late = on(
      {
        type: 'ApplicationSupplemented',
        data: {
          supplement: 's-1',
          ...hashed({ ...content, amount: 60_000, ownFunding: 30_000 }),
          isLate: true,
          arrival: { channel: 'this-system', arrivedAt: '2019-10-19T00:00:00.000Z' },
        },
      },
      '2019-10-19T00:00:00.000Z',
    );
    expect((await story([...drafted, submitted, late], handler)).content?.amount).toBe(70_000);
  });

  it('says what arrived another way, also where its draft was written on after that', async () => {
    const byPost = on(
      {
        type: 'ApplicationReceived',
        data: {
          ...whose,
          arrival: byEmail('2019-09-01T12:00:00.000Z'),
          caseNumber: 'VM/1/2019',
          ...hashed({ ...content, amount: 60_000, ownFunding: 30_000 }),
        },
      },
      '2019-09-01T12:00:00.000Z',
    );
    expect((await story([...drafted, byPost], auditor)).content?.amount).toBe(60_000);
  });

  it('keeps the draft its owners’, also from another applicant who took its place', async () => {
    expect(await stepsOf([...drafted, submitted], owner)).toEqual(['ApplicationStarted', 'ApplicationRevised', 'ApplicationSubmitted']);
    expect(await stepsOf([...drafted, submitted], anyone)).toEqual(['ApplicationSubmitted']);
    expect(await stepsOf([...drafted, received(whose.applicant, open)], owner)).toHaveLength(3);
    expect(await stepsOf([...drafted, received('another-council', open)], owner)).toEqual(['ApplicationReceived']);
    expect(await stepsOf([...drafted, received('another-council', open)], auditor)).toHaveLength(3);
  });

  it('shows how the decision is prepared to those only who prepare it: the latest score, and what is proposed then', async () => {
    const events = [...drafted, submitted, assessed(10), assessed(20), proposed, unproposed];
    expect(await story(events, handler, '2019-10-21T12:00:00.000Z')).toMatchObject({
      assessments: [{ criterion: 'breadth', score: 20 }],
      proposal: { outcome: 'granted', proposed: '2019-10-21' },
    });
    const told = await story(events, handler, '2019-10-23T00:00:00.000Z');
    expect(told.proposal).toBeNull();
    expect(told.steps.at(-1)).toMatchObject({ event: 'DecisionProposalWithdrawn', reason: 'Tarkistetaan' });
    for (const sight of [owner, anyone]) {
      expect((await story(events, sight, '2019-10-21T12:00:00.000Z')).proposal).toBeNull();
      const { assessments, proposal, disqualifications, steps } = await story(events, sight, '2019-10-23T00:00:00.000Z');
      expect([assessments, proposal, disqualifications, steps.at(-1)?.event]).toEqual([null, null, null, 'ApplicationSubmitted']);
    }
  });

  it('shows what the arrival is seen from to the ministry', async () => {
    expect([
      (await story([received(whose.applicant, open)], handler)).evidence,
      (await story([received(whose.applicant, open)], owner)).evidence,
    ]).toEqual([byEmail(open).evidence, undefined]);
  });
});
