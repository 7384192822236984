import { describe, expect, it } from '@jest/globals';
import type { CallFacts } from '#calls/call.facts';
import { specOf } from '#kernel/decider.testing';
import { plan } from './plan.decider.js';

const { given } = specOf(plan);

/** The fictional call's comment window ends on the day after the change to winter time of 2026. */
const terms = {
  opens: '2026-08-20',
  closes: '2026-11-13T14:15:00.000Z',
  planComments: { from: '2026-10-12', to: '2026-10-26' },
  applicationsPer: 'region' as const,
};
const call = {
  stage: 'published',
  isPublished: true,
  kind: 'regional-coordination',
  terms,
  isSelected: false,
  materials: {},
  described: { names: {}, goals: [], duties: [] },
  contacts: {},
} as const satisfies CallFacts;
const known = { call };
const whose = { call: 'round', region: '19' } as const;
const sections = [
  { section: 'objectives', text: 'Digituki joka kuntaan' },
  { section: 'budget', text: '100 000 euroa' },
] as const;
const complete = ['objectives', 'network', 'needs-and-supply', 'communication', 'evaluation', 'budget', 'schedule'].map((section) => ({
  section: section as 'objectives',
  text: 'Valmis',
}));

const before = '2026-09-20T09:00:00Z';
const inWindow = '2026-10-14T09:00:00Z';
const drafted = { type: 'PlanDrafted', data: { ...whose, sections } } as const;
const completed = { type: 'PlanDrafted', data: { ...whose, sections: complete } } as const;
const revised = {
  type: 'PlanRevised',
  data: { version: 2, sections: [{ section: 'budget', text: '90 000 euroa' }], removed: [] },
} as const;
const submitted = (version: number) => ({ type: 'PlanSubmittedForComment', data: { version } }) as const;
const finalised = (version: number) => ({ type: 'PlanFinalised', data: { version } }) as const;
const comment = { comment: 'c-1', version: 1, section: 'budget', kind: 'concern', text: 'Miten rahat riittävät?' } as const;
const commented = { type: 'PlanCommented', data: { ...comment, author: 'person-1' } } as const;
const answered = { type: 'PlanCommentAnswered', data: { comment: 'c-1', text: 'Kunnat osallistuvat', author: 'person-1' } } as const;
const withdrawn = { type: 'PlanCommentWithdrawn', data: { comment: 'c-1', reason: 'Väärä maakunta' } } as const;

describe('the drafting of a plan', () => {
  const draft = { ...whose, sections: [...sections] };

  it('makes its first version, once, in a call that is published and has not closed', () => {
    given().knowing(known).when('DraftPlan', draft, { at: before }).then([drafted]);
    given(drafted).knowing(known).when('DraftPlan', draft, { at: before }).thenRefused('plan-exists');
    given().knowing(known).when('DraftPlan', draft, { at: '2026-11-13T14:15:00.000Z' }).then([drafted]);
    given()
      .knowing(known)
      .when('DraftPlan', draft, { at: '2026-11-13T14:15:00.001Z' })
      .thenRefused('plan-call-closed', { closes: '13.11.2026 16.15' });
  });

  it.each([
    ['absent', 'plan-call-unknown'],
    ['planned', 'plan-call-unknown'],
    ['cancelled', 'plan-call-unknown'],
    ['cancelled', 'plan-call-cancelled'],
  ] as const)('is refused in a call that is %s', (stage, code) => {
    given()
      .knowing({ call: { ...call, stage, isPublished: code === 'plan-call-cancelled' } })
      .when('DraftPlan', draft, { at: before })
      .thenRefused(code, { call: 'round' });
  });

  it('has a section at least, each once, and continuity of pilots only', () => {
    given()
      .knowing(known)
      .when('DraftPlan', { ...whose, sections: [] }, { at: before })
      .thenRefused('plan-empty');
    given()
      .knowing(known)
      .when('DraftPlan', { ...whose, sections: [...sections, sections[0]] }, { at: before })
      .thenRefused('section-twice', { section: 'objectives' });
    const continuing = { ...whose, sections: [{ section: 'continuity' as const, text: 'Jatkuu' }] };
    given().knowing(known).when('DraftPlan', continuing, { at: before }).thenRefused('section-for-pilots', { section: 'continuity' });
    given()
      .knowing({ call: { ...call, kind: 'pilot' } })
      .when('DraftPlan', continuing, { at: before })
      .then([{ type: 'PlanDrafted', data: continuing }]);
  });

  it('is for an applicant of the region where the call has one application per applicant, and only there', () => {
    const perApplicant = { call: { ...call, terms: { ...terms, applicationsPer: 'applicant' as const } } };
    const own = { ...draft, applicant: 'council-19' };
    given().knowing(perApplicant).when('DraftPlan', draft, { at: before }).thenRefused('applicant-needed');
    given()
      .knowing({ ...perApplicant, applicant: { isRegistered: false } })
      .when('DraftPlan', own, { at: before })
      .thenRefused('applicant-not-of-region', { applicant: 'council-19', region: '19' });
    given()
      .knowing({ ...perApplicant, applicant: { isRegistered: true } })
      .when('DraftPlan', own, { at: before })
      .thenRefused('applicant-not-of-region');
    given()
      .knowing({ ...perApplicant, applicant: { isRegistered: true, region: '12' } })
      .when('DraftPlan', own, { at: before })
      .thenRefused('applicant-not-of-region');
    given()
      .knowing({ ...perApplicant, applicant: { isRegistered: true, region: '19' } })
      .when('DraftPlan', own, { at: before })
      .then([{ type: 'PlanDrafted', data: own }]);
    given()
      .knowing({ ...known, applicant: { isRegistered: true, region: '19' } })
      .when('DraftPlan', own, { at: before })
      .thenRefused('applicant-not-taken');
  });

  it('shares its matter with the application and the grant of the region, or of the applicant', () => {
    expect(plan.key(draft)).toBe('round--19');
    expect(plan.key({ ...draft, applicant: 'council-19' })).toBe('round--council-19');
    expect(plan.belongs?.({ ...draft, applicant: 'council-19' })).toEqual({ call: 'round', region: '19', matter: 'round--council-19' });
  });
});

describe('the revising of a plan', () => {
  it('makes the next version of what changes, and nothing where nothing does', () => {
    const change = { ...whose, sections: [sections[0], { section: 'budget' as const, text: '90 000 euroa' }] };
    given(drafted).knowing(known).when('RevisePlan', change).then([revised]);
    given(drafted, revised).knowing(known).when('RevisePlan', change).thenNothing();
    given(drafted, revised)
      .knowing(known)
      .when('RevisePlan', { ...whose, sections: [], removed: ['budget', 'schedule'] })
      .then([{ type: 'PlanRevised', data: { version: 3, sections: [], removed: ['budget'] } }]);
    given(drafted)
      .knowing(known)
      .when('RevisePlan', { ...whose, sections: [], removed: ['objectives', 'budget'] })
      .thenRefused('plan-empty');
    given(drafted)
      .knowing(known)
      .when('RevisePlan', { ...whose, sections: [sections[0]], removed: ['objectives'] })
      .thenRefused('section-twice', { section: 'objectives' });
  });

  it('leaves a final plan as it is', () => {
    for (const name of ['RevisePlan', 'SetGoal'] as const) {
      const content = { ...whose, sections: [...sections], goal: 'g', indicator: 'i', unit: 'u', target: 1, by: '2027-12-31' };
      given(completed, finalised(1)).knowing(known).when(name, content).thenRefused('plan-final', { version: 1 });
    }
  });

  it('is answered to the agency as one that is not there, while nothing of it was submitted', () => {
    const byAgency = { at: inWindow, actor: { id: 'p', role: 'agency-coordinator' } };
    for (const [name, content] of [
      ['WithdrawPlanComment', { comment: 'c-1', reason: 'r' }],
      ['AssessGoalProgress', { goal: 'g', on: '2026-10-01', assessment: 'a' }],
    ] as const)
      for (const past of [[], [drafted]])
        given(...past)
          .knowing(known)
          .when(name, { ...whose, ...content }, byAgency)
          .thenRefused('plan-unknown');
  });

  it('does not reach the plan of another region', () => {
    const other = { call: 'round', region: '12', applicant: 'association' } as const;
    for (const [name, content] of [
      ['RevisePlan', { sections: [...sections] }],
      ['SubmitPlanForComment', { version: 1 }],
      ['AnswerPlanComment', { comment: 'c-1', text: 't' }],
      ['WithdrawPlanComment', { comment: 'c-1', reason: 'r' }],
      ['FinalisePlan', { version: 1 }],
      ['AssessGoalProgress', { goal: 'g', on: '2026-10-01', assessment: 'a' }],
    ] as const) {
      given(drafted, submitted(1), commented)
        .knowing(known)
        .when(name, { ...other, ...content }, { at: inWindow })
        .thenRefused('plan-unknown');
    }
    given(drafted, submitted(1))
      .knowing(known)
      .when('CommentOnPlan', { ...other, ...comment }, { at: inWindow })
      .thenRefused('version-not-submitted');
  });

  it('stops where the call is cancelled', () => {
    const cancelled = { call: { ...call, stage: 'cancelled' } } as const;
    given(drafted)
      .knowing(cancelled)
      .when('RevisePlan', { ...whose, sections: [...sections] })
      .thenRefused('plan-call-cancelled');
    given(drafted)
      .knowing(cancelled)
      .when('SubmitPlanForComment', { ...whose, version: 1 })
      .thenRefused('plan-call-cancelled');
    given(drafted, submitted(1))
      .knowing(cancelled)
      .when('CommentOnPlan', { ...whose, ...comment }, { at: inWindow })
      .thenRefused('plan-call-cancelled');
    given(drafted, submitted(1), commented)
      .knowing(cancelled)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', text: 't' })
      .thenRefused('plan-call-cancelled');
    given(completed)
      .knowing(cancelled)
      .when('FinalisePlan', { ...whose, version: 1 })
      .thenRefused('plan-call-cancelled');
  });
});

describe('the submission for comment', () => {
  it('is of the latest version, once, and not after the comment window', () => {
    given(drafted)
      .knowing(known)
      .when('SubmitPlanForComment', { ...whose, version: 1 }, { at: before })
      .then([submitted(1)]);
    given(drafted, submitted(1))
      .knowing(known)
      .when('SubmitPlanForComment', { ...whose, version: 1 }, { at: before })
      .thenNothing();
    given(drafted, revised)
      .knowing(known)
      .when('SubmitPlanForComment', { ...whose, version: 1 }, { at: before })
      .thenRefused('version-not-latest', { version: 1, latest: 2 });
    given(drafted)
      .knowing(known)
      .when('SubmitPlanForComment', { ...whose, version: 1 }, { at: '2026-10-26T21:59:59.999Z' })
      .then([submitted(1)]);
    given(drafted)
      .knowing(known)
      .when('SubmitPlanForComment', { ...whose, version: 1 }, { at: '2026-10-26T22:00:00.000Z' })
      .thenRefused('comment-window-closed', { closes: '26.10.2026 24.00' });
  });

  it('needs a call that has a comment window', () => {
    given(drafted)
      .knowing({ call: { ...call, terms: {} } })
      .when('SubmitPlanForComment', { ...whose, version: 1 }, { at: before })
      .thenRefused('comment-window-missing');
  });
});

describe('a comment', () => {
  it.each([
    ['2026-10-11T20:59:59.999Z', false],
    ['2026-10-11T21:00:00.000Z', true],
    // In winter time a Helsinki day ends an hour later in UTC than in summer time.
    ['2026-10-26T21:59:59.999Z', true],
    ['2026-10-26T22:00:00.000Z', false],
  ])('at %s, by whole Helsinki days across the change to winter time, is in the window: %s', (at, isIn) => {
    const outcome = given(drafted, submitted(1))
      .knowing(known)
      .when('CommentOnPlan', { ...whose, ...comment }, { at });
    if (isIn) outcome.then([commented]);
    else if (at < inWindow) outcome.thenRefused('comment-window-not-open', { opens: '12.10.2026 00.00' });
    else outcome.thenRefused('comment-window-closed', { closes: '26.10.2026 24.00' });
  });

  it('is on a version that was submitted for comment, also once there is a later one', () => {
    const on = (version: number) => ({ ...whose, ...comment, version });
    given(drafted, submitted(1), revised).knowing(known).when('CommentOnPlan', on(1), { at: inWindow }).then([commented]);
    given(drafted, submitted(1), revised)
      .knowing(known)
      .when('CommentOnPlan', on(2), { at: inWindow })
      .thenRefused('version-not-submitted', { version: 2 });
    given(drafted).knowing(known).when('CommentOnPlan', on(1), { at: inWindow }).thenRefused('version-not-submitted', { version: 1 });
    given().knowing(known).when('CommentOnPlan', on(1), { at: inWindow }).thenRefused('version-not-submitted', { version: 1 });
  });

  it('has an id of its own, and names its author under the author’s id', () => {
    given(drafted, submitted(1), commented)
      .knowing(known)
      .when('CommentOnPlan', { ...whose, ...comment }, { at: inWindow })
      .thenRefused('comment-exists', { comment: 'c-1' });
    given(drafted, submitted(1))
      .knowing(known)
      .when(
        'CommentOnPlan',
        { ...whose, ...comment, authorName: 'Eino Esimerkki' },
        { at: inWindow, actor: { id: 'person-7', role: 'agency-coordinator' } },
      )
      .then([{ type: 'PlanCommented', data: { ...comment, author: 'person-7', authorName: 'Eino Esimerkki' } }]);
  });

  it('is not made on a final plan', () => {
    given(completed, submitted(1), finalised(1))
      .knowing(known)
      .when('CommentOnPlan', { ...whose, ...comment }, { at: inWindow })
      .thenRefused('plan-final');
  });

  it('is withdrawn while it waits, with a reason', () => {
    given(drafted, submitted(1), commented)
      .knowing(known)
      .when('WithdrawPlanComment', { ...whose, comment: 'c-1', reason: 'Väärä maakunta' })
      .then([withdrawn]);
    given(drafted, submitted(1), commented, withdrawn)
      .knowing(known)
      .when('WithdrawPlanComment', { ...whose, comment: 'c-1', reason: 'r' })
      .thenNothing();
    given(drafted, submitted(1), commented, answered)
      .knowing(known)
      .when('WithdrawPlanComment', { ...whose, comment: 'c-1', reason: 'r' })
      .thenRefused('comment-answered', { comment: 'c-1' });
    given(drafted)
      .knowing(known)
      .when('WithdrawPlanComment', { ...whose, comment: 'c-2', reason: 'r' })
      .thenRefused('comment-unknown', { comment: 'c-2' });
  });
});

describe('the answer to a comment', () => {
  const story = [drafted, submitted(1), commented] as const;

  it('says why, or names the later version that resolves it', () => {
    given(...story)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', text: 'Kunnat osallistuvat' })
      .then([answered]);
    given(...story, revised)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', resolvedBy: 2 })
      .then([{ type: 'PlanCommentAnswered', data: { comment: 'c-1', resolvedBy: 2, author: 'person-1' } }]);
    given(...story)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1' })
      .thenRefused('answer-empty');
    given(...story, revised)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', resolvedBy: 3 })
      .thenRefused('version-resolves-nothing', { version: 3, commented: 1, latest: 2 });
    given(...story, revised)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', resolvedBy: 1 })
      .thenRefused('version-resolves-nothing', { version: 1, commented: 1, latest: 2 });
  });

  it('is given once, and not to a comment that was withdrawn or never made', () => {
    given(...story, answered)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', text: 'Toisin' })
      .thenRefused('comment-answered');
    given(...story, withdrawn)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', text: 't' })
      .thenRefused('comment-withdrawn');
    given(...story)
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-9', text: 't' })
      .thenRefused('comment-unknown');
  });

  it('may come after the comment window and after the plan is final', () => {
    const question = { ...commented, data: { ...commented.data, kind: 'question' } } as const;
    given(completed, submitted(1), question, finalised(1))
      .knowing(known)
      .when('AnswerPlanComment', { ...whose, comment: 'c-1', text: 'Kunnat osallistuvat' }, { at: '2026-11-30' })
      .then([answered]);
  });
});

describe('the finalising of a plan', () => {
  const finalise = (version: number) => ({ ...whose, version });

  it('is of the latest version with all its sections, once', () => {
    given(completed)
      .knowing(known)
      .when('FinalisePlan', finalise(1))
      .then([finalised(1)]);
    given(completed, finalised(1)).knowing(known).when('FinalisePlan', finalise(1)).thenNothing();
    given(completed, revised).knowing(known).when('FinalisePlan', finalise(1)).thenRefused('version-not-latest', { version: 1, latest: 2 });
    given(drafted)
      .knowing(known)
      .when('FinalisePlan', finalise(1))
      .thenRefused('plan-incomplete', { missing: ['network', 'needs-and-supply', 'communication', 'evaluation', 'schedule'] });
    given(completed)
      .knowing({ call: { ...call, kind: 'pilot' } })
      .when('FinalisePlan', finalise(1))
      .thenRefused('plan-incomplete', { missing: ['continuity'] });
  });

  it('waits for an answer to every concern, and for nothing else', () => {
    given(completed, submitted(1), commented)
      .knowing(known)
      .when('FinalisePlan', finalise(1))
      .thenRefused('concerns-unanswered', { comments: ['c-1'] });
    given(completed, submitted(1), commented, answered)
      .knowing(known)
      .when('FinalisePlan', finalise(1))
      .then([finalised(1)]);
    given(completed, submitted(1), commented, withdrawn)
      .knowing(known)
      .when('FinalisePlan', finalise(1))
      .then([finalised(1)]);
    const suggestion = { ...commented, data: { ...commented.data, kind: 'suggestion' } } as const;
    given(completed, submitted(1), suggestion)
      .knowing(known)
      .when('FinalisePlan', finalise(1))
      .then([finalised(1)]);
  });
});

describe('a goal', () => {
  const goal = { goal: 'guidance', indicator: 'Opastettuja', unit: 'henkilöä', baseline: 0, target: 500, by: '2027-12-31' };
  const set = { type: 'GoalSet', data: goal } as const;
  const assess = { ...whose, goal: 'guidance', on: '2026-10-14', value: 120.5, assessment: 'Hyvässä vauhdissa' };

  it('is set, and set anew, while the plan is not final', () => {
    given(drafted)
      .knowing(known)
      .when('SetGoal', { ...whose, ...goal })
      .then([set]);
    given(drafted, set)
      .knowing(known)
      .when('SetGoal', { ...whose, ...goal })
      .thenNothing();
    given(drafted, set)
      .knowing(known)
      .when('SetGoal', { ...whose, ...goal, target: 600 })
      .then([{ type: 'GoalSet', data: { ...goal, target: 600 } }]);
  });

  it('of a final plan is assessed for a day that has begun', () => {
    given(completed, set, finalised(1))
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: inWindow })
      .then([
        {
          type: 'GoalProgressAssessed',
          data: { goal: 'guidance', value: 120.5, assessment: 'Hyvässä vauhdissa' },
          effectiveAt: '2026-10-14',
        },
      ]);
    given(completed, set, finalised(1))
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: '2026-10-13T20:59:59.999Z' })
      .thenRefused('assessment-in-future', { on: '2026-10-14' });
    const progress = { type: 'GoalProgressAssessed', data: { goal: 'guidance', value: 120.5, assessment: 'Hyvässä vauhdissa' } } as const;
    given(completed, set, finalised(1), { ...progress, effectiveAt: '2026-10-14' })
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: inWindow })
      .thenNothing();
    given(completed, set, finalised(1), { ...progress, effectiveAt: '2026-10-13' })
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: inWindow })
      .then([{ ...progress, effectiveAt: '2026-10-14' }]);
    given(completed, set).knowing(known).when('AssessGoalProgress', assess, { at: inWindow }).thenRefused('plan-not-final');
    given(completed, finalised(1))
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: inWindow })
      .thenRefused('goal-unknown', { goal: 'guidance' });
  });
});

describe('a name that every object has', () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype);

  it.each(inherited)('names no goal until one is set so: %s', (goal) => {
    const data = { goal, indicator: 'Opastettuja', unit: 'henkilöä', baseline: 0, target: 500, by: '2027-12-31' };
    const assess = { ...whose, goal, on: '2026-10-14', assessment: 'Hyvässä vauhdissa' };
    given(completed, finalised(1))
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: inWindow })
      .thenRefused('goal-unknown', { goal });
    given(completed)
      .knowing(known)
      .when('SetGoal', { ...whose, ...data })
      .then([{ type: 'GoalSet', data }]);
    given(completed, { type: 'GoalSet', data }, finalised(1))
      .knowing(known)
      .when('AssessGoalProgress', assess, { at: inWindow })
      .then([{ type: 'GoalProgressAssessed', data: { goal, assessment: assess.assessment }, effectiveAt: '2026-10-14' }]);
  });

  it.each(inherited)('names no comment until one is made so: %s', (id) => {
    const made = { type: 'PlanCommented', data: { ...commented.data, comment: id } } as const;
    const answer = { ...whose, comment: id, text: 'Kunnat osallistuvat' };
    given(drafted, submitted(1)).knowing(known).when('AnswerPlanComment', answer).thenRefused('comment-unknown', { comment: id });
    given(drafted, submitted(1))
      .knowing(known)
      .when('CommentOnPlan', { ...whose, ...comment, comment: id }, { at: inWindow })
      .then([made]);
    given(drafted, submitted(1), made)
      .knowing(known)
      .when('AnswerPlanComment', answer)
      .then([{ type: 'PlanCommentAnswered', data: { comment: id, text: answer.text, author: 'person-1' } }]);
  });
});
