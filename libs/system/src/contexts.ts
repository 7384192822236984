import { applicationsContext } from '#applications/applications.context';
import { callsContext } from '#calls/calls.context';
import { decisionsContext } from '#decisions/decisions.context';
import { ethicsContext } from '#ethics/ethics.context';
import { evaluationContext } from '#evaluation/evaluation.context';
import { followUpContext } from '#follow-up/follow-up.context';
import { grantsContext } from '#grants/grants.context';
import { guidanceContext } from '#guidance/guidance.context';
import { insightContext } from '#insight/insight.context';
import { networkContext } from '#network/network.context';
import { notificationsContext } from '#notifications/notifications.context';
import { organisationsContext } from '#organisations/organisations.context';
import { oversightContext } from '#oversight/oversight.context';
import { paymentsContext } from '#payments/payments.context';
import { plansContext } from '#plans/plans.context';
import { termsContext } from '#terms/terms.context';
import { publicRecordContext } from '#public-record/public-record.context';
import { trainingContext } from '#training/training.context';
import { servicesContext } from '#services/services.context';
import type { AnyAudience } from '#access/audience';
import { checkpointKeyAudience } from '#audit/checkpoint-keys.audience';
import { checkpointKeys } from '#audit/checkpoint-keys.decider';
import { checkpointKeyRefusals } from '#audit/checkpoint-keys.refusals';
import type { Context, Decides } from '#edge/context';
import { commandAudience } from '#event-store/command.audience';
import { commandEvents } from '#event-store/command.events';
import type { EventDefinitions } from '#kernel/event-schema';
import { skippingAudience } from '#views/skip/skipping.audience';
import { skipping } from '#views/skip/skipping.decider';

/** What the system decides, folds and makes due. Every thread may load it: nothing here reaches the edge. */
export const contexts: readonly Context[] = [
  organisationsContext,
  networkContext,
  ethicsContext,
  servicesContext,
  insightContext,
  evaluationContext,
  callsContext,
  guidanceContext,
  decisionsContext,
  grantsContext,
  oversightContext,
  paymentsContext,
  applicationsContext,
  plansContext,
  notificationsContext,
  termsContext,
  followUpContext,
  trainingContext,
  publicRecordContext,
];

/** What the plumbing itself decides. */
const skips: Decides = { decider: skipping, refusals: {}, audience: skippingAudience };
const keyRotations: Decides = { decider: checkpointKeys, refusals: checkpointKeyRefusals, audience: checkpointKeyAudience };

export const deciders: readonly Decides[] = [...contexts.flatMap(({ decides }) => decides), skips, keyRotations];
export const projections = contexts.flatMap((context) => context.projections);
export const processes = contexts.flatMap((context) => context.processes ?? []);
export const documents = contexts.flatMap((context) => context.documents ?? []);
export const successors = contexts.flatMap((context) => context.successors ?? []);
export const predecessors = contexts.flatMap((context) => context.predecessors ?? []);

/** The events of the contexts, and those of the plumbing itself. */
export const eventDefinitions: readonly EventDefinitions[] = [...deciders.map(({ decider }) => decider.events), commandEvents];

/** Who may see which events. A category without an audience is shown to nobody. */
export const audiences: readonly AnyAudience[] = [...deciders.map(({ audience }) => audience), commandAudience];

/** The categories of the streams that are written. */
export const categories: readonly string[] = audiences.map(({ fold }) => fold.category);

const streamsOfTypes = new Map<string, readonly string[]>();
for (const [category, events] of [
  ...deciders.map(({ decider }) => [decider.category, decider.events] as const),
  [commandAudience.fold.category, commandEvents] as const,
])
  for (const type of Object.keys(events)) streamsOfTypes.set(type, [...(streamsOfTypes.get(type) ?? []), category]);

/** The categories in whose streams events of the type stand; undefined of one that is not known. */
export function categoriesOf(type: string): readonly string[] | undefined {
  return streamsOfTypes.get(type);
}
