import { callFacts, deadline, hasClosed, type CallFacts } from '#calls/call.facts';
import { isActiveAt, organisationFacts, type OrganisationFacts } from '#organisations/organisation.facts';
import { canonicalJson } from '#kernel/canonical-json';
import { need, type CommandsOf, type DecideContext, type Decider, type Needs } from '#kernel/decider';
import { helsinkiClock, type Instant } from '#kernel/helsinki-time';
import { entry, repeated } from '#kernel/keyed';
import { matterKey } from '#kernel/matter';
import { firstInstant, lastInstant } from '#kernel/when';
import { planEvents, planSections, type PlanSection } from './plan.events.js';
import { planFacts, planVersion, withSections, type ExistingPlan, type PlanFacts, type PlanTexts } from './plan.facts.js';
import { refuse } from './plan.refusals.js';

type Commands = CommandsOf<typeof import('./plan.commands.js')>;
type Whose = Pick<Commands['DraftPlan'], 'call' | 'region' | 'applicant'>;

const itsCall = need(callFacts, ({ call }: Whose) => call);
const needs = {
  DraftPlan: { call: itsCall, applicant: need(organisationFacts, ({ applicant }: Whose) => applicant) },
  RevisePlan: { call: itsCall },
  SubmitPlanForComment: { call: itsCall },
  CommentOnPlan: { call: itsCall },
  AnswerPlanComment: { call: itsCall },
  FinalisePlan: { call: itsCall },
  SetGoal: { call: itsCall },
} satisfies Needs<Commands>;

/** The project plan of one region, or of one applicant, in one call: its versions, the agency's comments, its goals. */
export const plan: Decider<Commands, PlanFacts, typeof planEvents, typeof needs> = {
  ...planFacts,
  key: matterKey,
  belongs: (command) => ({ call: command.call, region: command.region, matter: matterKey(command) }),
  needs,
  partsChanged: ({ type, data }) => {
    if (type === 'PlanRevised') return [...data.sections.map(({ section }) => section), ...data.removed];
    return type === 'PlanCommented' ? [data.section] : [];
  },

  decide: {
    DraftPlan({ call: key, region, applicant, sections }, state, facts, { at }) {
      const call = requireCallUnderWay(facts.call, key);
      if (hasClosed(call.terms, at)) throw refuse('plan-call-closed', { closes: helsinkiClock(deadline(call.terms) as Instant) });
      requireRightApplicant(call, { call: key, region, ...(applicant && { applicant }) }, facts.applicant, at);
      if (state.stage !== 'absent') throw refuse('plan-exists');
      written({}, sections, [], call);
      return [{ type: 'PlanDrafted', data: { call: key, region, ...(applicant && { applicant }), sections } }];
    },

    RevisePlan({ sections, removed = [], ...whose }, state, facts) {
      const call = requireCallUnderWay(facts.call, whose.call);
      const { texts, versions } = requireOpenPlan(state, whose);
      const next = written(texts, sections, removed, call);
      if (canonicalJson(next) === canonicalJson(texts)) return [];
      return [
        {
          type: 'PlanRevised',
          data: {
            version: versions.length + 1,
            sections: sections.filter(({ section, text }) => texts[section] !== text),
            removed: removed.filter((section) => texts[section] !== undefined),
          },
        },
      ];
    },

    SubmitPlanForComment({ version, ...whose }, state, facts, { at }) {
      const call = requireCallUnderWay(facts.call, whose.call);
      const found = requireOpenPlan(state, whose);
      const latest = requireLatest(found, version);
      if (latest.isSubmitted) return [];
      requireWindowNotOver(call, at);
      return [{ type: 'PlanSubmittedForComment', data: { version } }];
    },

    CommentOnPlan({ call: key, region, applicant: _, authorName, ...data }, state, facts, { at, actor }) {
      const call = requireCallUnderWay(facts.call, key);
      // A plan that the agency may not see is answered as one that is not there.
      const isSeen = state.stage !== 'absent' && state.region === region;
      if (!isSeen || !planVersion(state, data.version)?.isSubmitted) throw refuse('version-not-submitted', { version: data.version });
      const { comments } = requireNotFinal(state);
      requireWindowOpen(call, at);
      requireWindowNotOver(call, at);
      if (entry(comments, data.comment)) throw refuse('comment-exists', { comment: data.comment });
      return [{ type: 'PlanCommented', data: { ...data, author: actor.id, ...(authorName && { authorName }) } }];
    },

    AnswerPlanComment({ comment, resolvedBy, text, authorName, ...whose }, state, facts, { actor }) {
      requireCallUnderWay(facts.call, whose.call);
      const found = requirePlan(state, whose);
      const { version: commented } = requireWaiting(found, comment);
      if (resolvedBy === undefined && text === undefined) throw refuse('answer-empty');
      if (resolvedBy !== undefined && (resolvedBy <= commented || !planVersion(state, resolvedBy)))
        throw refuse('version-resolves-nothing', { version: resolvedBy, commented, latest: found.versions.length });
      const answer = { ...(resolvedBy !== undefined && { resolvedBy }), ...(text !== undefined && { text }) };
      return [{ type: 'PlanCommentAnswered', data: { comment, ...answer, author: actor.id, ...(authorName && { authorName }) } }];
    },

    WithdrawPlanComment({ comment, reason, ...whose }, state, _facts, { actor }) {
      const found = requirePlanSeen(state, whose, actor);
      if (entry(found.comments, comment)?.state === 'withdrawn') return [];
      requireWaiting(found, comment);
      return [{ type: 'PlanCommentWithdrawn', data: { comment, reason } }];
    },

    FinalisePlan({ version, ...whose }, state, facts) {
      const call = requireCallUnderWay(facts.call, whose.call);
      const found = requirePlan(state, whose);
      if (found.finalVersion === version) return [];
      const { texts, comments } = requireNotFinal(found);
      requireLatest(found, version);
      const missing = asked(call).filter((section) => texts[section] === undefined);
      if (missing.length > 0) throw refuse('plan-incomplete', { missing });
      const concerns = Object.entries(comments).filter(([, { isConcern, state }]) => isConcern && state === 'waiting');
      if (concerns.length > 0) throw refuse('concerns-unanswered', { comments: concerns.map(([comment]) => comment) });
      return [{ type: 'PlanFinalised', data: { version } }];
    },

    SetGoal({ call: key, region, applicant, ...data }, state, facts) {
      requireCallUnderWay(facts.call, key);
      const { goals } = requireOpenPlan(state, { call: key, region, ...(applicant && { applicant }) });
      return canonicalJson(entry(goals, data.goal) ?? {}) === canonicalJson(data) ? [] : [{ type: 'GoalSet', data }];
    },

    AssessGoalProgress({ goal, on, value, assessment, ...whose }, state, _facts, { at, actor }) {
      const { stage, goals, progress = {} } = requirePlanSeen(state, whose, actor);
      if (stage !== 'final') throw refuse('plan-not-final');
      if (!entry(goals, goal)) throw refuse('goal-unknown', { goal });
      if (firstInstant(on) > at) throw refuse('assessment-in-future', { on });
      const data = { goal, ...(value !== undefined && { value }), assessment };
      const isSame = canonicalJson(entry(progress, `${goal} ${on}`) ?? {}) === canonicalJson(data);
      return isSame ? [] : [{ type: 'GoalProgressAssessed', data, effectiveAt: on }];
    },
  },
};

/** The call, which is published and was not cancelled. */
function requireCallUnderWay(call: CallFacts, key: string) {
  if (call.stage === 'absent' || !call.isPublished) throw refuse('plan-call-unknown', { call: key });
  if (call.stage === 'cancelled') throw refuse('plan-call-cancelled', { call: key });
  return call;
}

/** The plan. One of another region is answered as one that is not there. */
function requirePlan(state: PlanFacts, { region }: Whose): ExistingPlan {
  if (state.stage === 'absent' || state.region !== region) throw refuse('plan-unknown');
  return state;
}

/** The same to the agency: a plan that was never submitted is its owners'. */
function requirePlanSeen(state: PlanFacts, whose: Whose, { role }: DecideContext['actor']): ExistingPlan {
  if (state.stage === 'draft' && role === 'agency-coordinator') throw refuse('plan-unknown');
  return requirePlan(state, whose);
}

function requireNotFinal(state: ExistingPlan): ExistingPlan {
  if (state.finalVersion !== undefined) throw refuse('plan-final', { version: state.finalVersion });
  return state;
}

function requireOpenPlan(state: PlanFacts, whose: Whose): ExistingPlan {
  return requireNotFinal(requirePlan(state, whose));
}

function requireLatest({ versions }: ExistingPlan, version: number) {
  const latest = versions.at(-1) as ExistingPlan['versions'][number];
  if (latest.version !== version) throw refuse('version-not-latest', { version, latest: latest.version });
  return latest;
}

function requireWaiting({ comments }: ExistingPlan, comment: string) {
  const found = entry(comments, comment);
  if (!found) throw refuse('comment-unknown', { comment });
  if (found.state !== 'waiting') throw refuse(found.state === 'answered' ? 'comment-answered' : 'comment-withdrawn', { comment });
  return found;
}

function requireRightApplicant(
  { terms }: ReturnType<typeof requireCallUnderWay>,
  { applicant, region }: Whose,
  organisation: OrganisationFacts,
  at: Instant,
) {
  if (terms.applicationsPer === 'applicant' && applicant === undefined) throw refuse('applicant-needed');
  if (applicant === undefined) return;
  if (terms.applicationsPer !== 'applicant') throw refuse('applicant-not-taken');
  const isOfRegion = isActiveAt(organisation, at) && organisation.region === region;
  if (!isOfRegion) throw refuse('applicant-not-of-region', { applicant, region });
}

/** The sections that a plan in this call has. */
function asked({ kind }: ReturnType<typeof requireCallUnderWay>): readonly PlanSection[] {
  return planSections.filter((section) => section !== 'continuity' || kind === 'pilot');
}

/** The texts once these are written and those are taken out. */
function written(
  texts: PlanTexts,
  sections: Commands['DraftPlan']['sections'],
  removed: readonly PlanSection[],
  call: ReturnType<typeof requireCallUnderWay>,
): PlanTexts {
  const named = [...sections.map(({ section }) => section), ...removed];
  const twice = repeated(named);
  if (twice) throw refuse('section-twice', { section: twice });
  const foreign = sections.find(({ section }) => !asked(call).includes(section));
  if (foreign) throw refuse('section-for-pilots', { section: foreign.section });
  const next = withSections(texts, sections, removed);
  if (Object.keys(next).length === 0) throw refuse('plan-empty');
  return next;
}

function requireWindowOpen({ terms: { planComments } }: ReturnType<typeof requireCallUnderWay>, at: Instant) {
  if (!planComments) throw refuse('comment-window-missing');
  const opens = firstInstant(planComments.from);
  if (at < opens) throw refuse('comment-window-not-open', { opens: helsinkiClock(opens) });
}

function requireWindowNotOver({ terms: { planComments } }: ReturnType<typeof requireCallUnderWay>, at: Instant) {
  if (!planComments) throw refuse('comment-window-missing');
  const closes = lastInstant(planComments.to);
  if (at > closes) throw refuse('comment-window-closed', { closes: helsinkiClock(closes) });
}
