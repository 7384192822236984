import { commandOf, editOf } from '#edge/commands';
import { field, hinted, optionally } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { DayText } from '#kernel/schemas';
import { planEvents } from './plan.events.js';

const { PlanDrafted, PlanRevised, PlanSubmittedForComment, PlanCommented, PlanCommentAnswered, PlanCommentWithdrawn, PlanFinalised } =
  planEvents;
const { GoalSet, GoalProgressAssessed } = planEvents;

const byRegion = { by: ['regional-coordinator'] } as const;
const byAgency = { by: ['agency-coordinator'] } as const;

/** Which plan: one for a call and a region, or for a call and an applicant where the call has one application per applicant. */
const whosePlan = pick(PlanDrafted.fields, 'call', 'region', 'applicant');

export class DraftPlan extends commandOf(
  'Drafts a project plan: its first version. It is the region’s own until it is submitted for comment.',
  byRegion,
  PlanDrafted.fields,
) {}

export class RevisePlan extends editOf('Makes a new version of a plan. Sections that are not named stay as they were.', byRegion, {
  ...whosePlan,
  sections: PlanRevised.fields.sections,
  removed: optionally(PlanRevised.fields.removed),
}) {}

export class SubmitPlanForComment extends commandOf(
  'Submits a version for the agency’s comments. The agency and the ministry see it from now on.',
  byRegion,
  { ...whosePlan, ...PlanSubmittedForComment.fields },
) {}

export class CommentOnPlan extends commandOf(
  'Comments on a section of a version that was submitted for comment, on a day of the call’s comment window.',
  byAgency,
  {
    ...whosePlan,
    ...omit(PlanCommented.fields, 'author'),
    comment: hinted(PlanCommented.fields.comment, 'An id of the comment, chosen by who comments.'),
  },
) {}

export class AnswerPlanComment extends commandOf(
  'Answers a comment, once: by the version that resolves it, or by a text that says why none does.',
  byRegion,
  { ...whosePlan, ...omit(PlanCommentAnswered.fields, 'author') },
) {}

export class WithdrawPlanComment extends commandOf(
  'Withdraws a comment that waits for its answer. It stays in the plan’s story as withdrawn.',
  byAgency,
  { ...whosePlan, ...PlanCommentWithdrawn.fields },
) {}

export class FinalisePlan extends commandOf('Finalises the plan in its latest version. It is not changed any more.', byRegion, {
  ...whosePlan,
  ...PlanFinalised.fields,
}) {}

export class SetGoal extends commandOf('Sets a goal of the plan, or changes it, before the plan is finalised.', byRegion, {
  ...whosePlan,
  ...GoalSet.fields,
}) {}

export class AssessGoalProgress extends commandOf(
  'Assesses how far a goal of a final plan has been reached.',
  { by: ['regional-coordinator', 'agency-coordinator'] },
  {
    ...whosePlan,
    ...GoalProgressAssessed.fields,
    on: field(DayText, { fi: 'Päivä, jota arvio koskee', sv: 'Dagen som bedömningen gäller', en: 'The day that the assessment is about' }),
  },
) {}
