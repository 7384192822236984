import type { Fold } from '#kernel/decider';
import type { EventData } from '#kernel/event-schema';
import { effectiveAt } from '#kernel/envelope';
import { entry } from '#kernel/keyed';
import type { RegionCode } from '#kernel/region';
import { planEvents, type PlanSection } from './plan.events.js';

/** A version of a plan: it never changes. */
export interface PlanVersion {
  readonly version: number;
  readonly isSubmitted: boolean;
}

interface PlanComment {
  readonly version: number;
  readonly isConcern: boolean;
  readonly state: 'waiting' | 'answered' | 'withdrawn';
}

export type PlanTexts = { readonly [Section in PlanSection]?: string };

/** A plan as decisions see it: its own decider's state, and what deciders of other streams need of it. */
export type PlanFacts =
  | { readonly stage: 'absent' }
  | {
      readonly stage: 'draft' | 'submitted' | 'final';
      readonly call: string;
      readonly region: RegionCode;
      /** Where the call has one application per applicant. */
      readonly applicant?: string;
      /** From version 1 on, without gaps. */
      readonly versions: readonly PlanVersion[];
      /** The latest version's. */
      readonly texts: PlanTexts;
      readonly finalVersion?: number;
      readonly comments: Readonly<Record<string, PlanComment>>;
      readonly goals: Readonly<Record<string, EventData<typeof planEvents, 'GoalSet'>>>;
      /** By goal and day: what was assessed last. */
      readonly progress?: Readonly<Record<string, EventData<typeof planEvents, 'GoalProgressAssessed'>>>;
    };
export type ExistingPlan = Exclude<PlanFacts, { stage: 'absent' }>;

export const planFacts: Fold<PlanFacts, typeof planEvents> = {
  category: 'plan',
  events: planEvents,
  initial: { stage: 'absent' },
  evolve: {
    PlanDrafted: (_, { data: { sections, ...whose } }) => ({
      ...whose,
      stage: 'draft',
      versions: [{ version: 1, isSubmitted: false }],
      texts: withSections({}, sections, []),
      comments: {},
      goals: {},
    }),
    PlanRevised: (plan, { data: { version, sections, removed } }) =>
      changed(plan, ({ versions, texts }) => ({
        versions: [...versions, { version, isSubmitted: false }],
        texts: withSections(texts, sections, removed),
      })),
    PlanSubmittedForComment: (plan, { data }) =>
      changed(plan, ({ versions }) => ({
        stage: 'submitted',
        versions: versions.map((one) => (one.version === data.version ? { ...one, isSubmitted: true } : one)),
      })),
    PlanCommented: (plan, { data: { comment, version, kind } }) =>
      withComment(plan, comment, { version, isConcern: kind === 'concern', state: 'waiting' }),
    PlanCommentAnswered: (plan, { data: { comment } }) => withComment(plan, comment, { state: 'answered' }),
    PlanCommentWithdrawn: (plan, { data: { comment } }) => withComment(plan, comment, { state: 'withdrawn' }),
    PlanFinalised: (plan, { data: { version } }) => changed(plan, () => ({ stage: 'final', finalVersion: version })),
    GoalSet: (plan, { data }) => changed(plan, ({ goals }) => ({ goals: { ...goals, [data.goal]: data } })),
    GoalProgressAssessed: (plan, event) =>
      changed(plan, ({ progress }) => ({ progress: { ...progress, [`${event.data.goal} ${effectiveAt(event)}`]: event.data } })),
  },
};

/** The version of that number; undefined where there is none. */
export function planVersion(plan: PlanFacts, version: number): PlanVersion | undefined {
  return plan.stage === 'absent' ? undefined : plan.versions.find((one) => one.version === version);
}

/** The texts with some sections written anew and some taken away. */
export function withSections(
  texts: PlanTexts,
  written: readonly { readonly section: PlanSection; readonly text: string }[],
  removed: readonly PlanSection[],
): PlanTexts {
  const next = { ...texts, ...Object.fromEntries(written.map(({ section, text }) => [section, text])) };
  return Object.fromEntries(Object.entries(next).filter(([section]) => !removed.includes(section as PlanSection)));
}

function changed(plan: PlanFacts, change: (plan: ExistingPlan) => Partial<ExistingPlan>): PlanFacts {
  return { ...(plan as ExistingPlan), ...change(plan as ExistingPlan) };
}

function withComment(plan: PlanFacts, comment: string, next: Partial<PlanComment>): PlanFacts {
  return changed(plan, ({ comments }) => ({
    comments: { ...comments, [comment]: { ...entry(comments, comment), ...next } as PlanComment },
  }));
}
