import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallFacts } from '#calls/call.facts';
import { asWritten, recorded } from '#kernel/decider.testing';
import type { EventOf } from '#kernel/envelope';
import type { EventData, NewEvent } from '#kernel/event-schema';
import { forEver, instantOf } from '#kernel/helsinki-time';
import { Refused } from '#kernel/refused';
import { momentAt } from '#edge/moment.testing';
import { rowsAfter } from '#kernel/projection.testing';
import type { Stored } from '#kernel/projection';
import { plan } from './plan.decider.js';
import { planSections, type planEvents } from './plan.events.js';
import { commentAt } from './plan-comment.types.js';
import { planComments } from './plan-comments.projection.js';
import { planAt } from './plan.types.js';
import { plans, type PlanRow } from './plans.projection.js';

type New = NewEvent<typeof planEvents>;

const whose = { call: 'round', region: '19' } as const;
const call: CallFacts = {
  stage: 'published',
  isPublished: true,
  kind: 'pilot',
  terms: { closes: '2026-11-13', planComments: { from: '2026-10-12', to: '2026-10-26' }, applicationsPer: 'region' },
  isSelected: false,
  materials: {},
  described: { names: {}, goals: [], duties: [] },
  contacts: {},
};
const first = Date.parse('2026-10-10T00:00:00Z');
const hour = 3_600_000;

const section = fc.constantFrom(...planSections);
const sections = fc.uniqueArray(fc.record({ section, text: fc.constantFrom('yksi', 'kaksi', 'kolme') }), {
  selector: (one) => one.section,
  maxLength: 8,
});
const everySection = planSections.map((one) => ({ section: one, text: 'valmis' }));
const comment = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const version = fc.integer({ min: 1, max: 4 });

/** Commands that make sense often enough: most are of the plan's latest versions and of few comments. */
const command = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constant('RevisePlan' as const), fc.record({ sections, removed: fc.uniqueArray(section, { maxLength: 2 }) })),
  },
  { weight: 3, arbitrary: fc.tuple(fc.constant('SubmitPlanForComment' as const), fc.record({ version })) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constant('CommentOnPlan' as const),
      fc.record({ comment, version, section, kind: fc.constantFrom('concern' as const, 'question' as const), text: fc.constant('Miksi?') }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('AnswerPlanComment' as const),
      fc.record({ comment, text: fc.constant('Siksi'), resolvedBy: version }, { requiredKeys: ['comment'] }),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('WithdrawPlanComment' as const), fc.record({ comment, reason: fc.constant('Virhe') })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('FinalisePlan' as const), fc.record({ version })) },
);
/** Each command some hours after the one before: from before the comment window to after it. */
const story = fc.array(fc.tuple(command, fc.integer({ min: 0, max: 30 })), { minLength: 5, maxLength: 40 });

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;
const submission = [['SubmitPlanForComment', { version: 1 }], 40] as const;

/** What becomes of the commands, after the first version was submitted: each is decided on the state that the events before it left. */
function eventsOf(commands: Story): New[] {
  let at = first;
  const events: New[] = [{ type: 'PlanDrafted', data: { ...whose, sections: everySection }, effectiveAt: instantOf(at) }];
  let state = evolved(plan.initial, events[0] as New, 0);
  for (const [[name, content], hours] of [submission, ...commands]) {
    at += hours * hour;
    try {
      const decided = plan.decide[name](
        { ...whose, ...content } as never,
        state,
        { call },
        { at: instantOf(at), actor: { id: 'person-1', role: 'someone' }, opened: asWritten },
      );
      for (const event of decided) {
        events.push({ ...event, effectiveAt: instantOf(at) });
        state = evolved(state, event, events.length - 1);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return events;
}

function evolved(state: typeof plan.initial, event: New, revision: number) {
  return plan.evolve[event.type](state, recorded(event, revision) as EventOf<typeof planEvents, typeof event.type> as never);
}

function dataOf<Type extends New['type']>(events: readonly New[], type: Type) {
  return events.filter((event) => event.type === type).map(({ data }) => data as EventData<typeof planEvents, Type>);
}

type CommentEvent = Extract<New, { type: keyof typeof planComments.events }>;
const isOfComment = (event: New): event is CommentEvent => event.type in planComments.events;

describe('whatever is sent to a plan', () => {
  it('leaves every comment on a version that had been submitted when it was made', () => {
    let comments = 0;
    fc.assert(
      fc.property(story, (commands) => {
        const events = eventsOf(commands);
        for (const [index, event] of events.entries()) {
          if (event.type !== 'PlanCommented') continue;
          comments++;
          expect(dataOf(events.slice(0, index), 'PlanSubmittedForComment')).toContainEqual({ version: event.data.version });
          expect([
            (event.effectiveAt as string) >= '2026-10-11T21:00:00.000Z',
            (event.effectiveAt as string) < '2026-10-26T22:00:00.000Z',
          ]).toEqual([true, true]);
        }
      }),
    );
    expect(comments).toBeGreaterThan(20);
  });

  it('leaves no comment waiting that was answered or withdrawn, and every other', () => {
    fc.assert(
      fc.property(story, (commands) => {
        const events = eventsOf(commands);
        const rows = rowsAfter(planComments, 'plan-round--19', events.filter(isOfComment));
        const waiting = Object.values(rows)
          .map((row) => commentAt({ ...row, _id: 'x', position: '0' }, momentAt('2027-01-01T00:00:00.000Z')))
          .filter((one) => one?.state === 'waiting')
          .map((one) => one?.id);
        const done = [...dataOf(events, 'PlanCommentAnswered'), ...dataOf(events, 'PlanCommentWithdrawn')].map((data) => data.comment);
        expect(new Set(done).size).toBe(done.length);
        expect([...waiting, ...done].sort()).toEqual(
          dataOf(events, 'PlanCommented')
            .map((data) => data.comment)
            .sort(),
        );
        for (const row of Object.values(rows)) expect(row.waitsUntil === forEver).toBe(waiting.includes(row.made.value.comment));
      }),
    );
  });

  it('leaves versions without gaps, none of which ever changes, and none after the final one', () => {
    fc.assert(
      fc.property(story, (commands) => {
        const events = eventsOf(commands);
        const made = dataOf(events, 'PlanRevised').map((data) => data.version);
        expect(made).toEqual(made.map((_, index) => index + 2));
        const shown = new Map<number, unknown>();
        for (let length = 1; length <= events.length; length++) {
          const row = rowsAfter(plans, 'plan-round--19', events.slice(0, length))['round--19'] as Stored<PlanRow>;
          const seen = planAt({ ...row, _id: 'round--19', position: '0' }, momentAt('2027-01-01T00:00:00.000Z'), {
            roles: ['ministry-auditor'],
          });
          for (const one of seen?.versions ?? []) {
            if (shown.has(one.version)) expect(one.sections).toEqual(shown.get(one.version));
            shown.set(one.version, one.sections);
          }
        }
        const last = events.findIndex(({ type }) => type === 'PlanFinalised');
        if (last !== -1)
          expect(
            events
              .slice(last + 1)
              .map(({ type }) => type)
              .filter((type) => type !== 'PlanCommentAnswered' && type !== 'PlanCommentWithdrawn'),
          ).toEqual([]);
      }),
    );
  });

  it('never ends in a final plan with a concern that waits', () => {
    fc.assert(
      fc.property(story, (commands) => {
        const events = eventsOf(commands);
        const last = events.findIndex(({ type }) => type === 'PlanFinalised');
        if (last === -1) return;
        const until = events.slice(0, last);
        const done = [...dataOf(until, 'PlanCommentAnswered'), ...dataOf(until, 'PlanCommentWithdrawn')].map((data) => data.comment);
        const concerns = dataOf(until, 'PlanCommented')
          .filter(({ kind }) => kind === 'concern')
          .map((data) => data.comment);
        expect(concerns.filter((one) => !done.includes(one))).toEqual([]);
      }),
    );
  });
});
