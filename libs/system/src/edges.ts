import { applicationsEdge } from '#applications/applications.edge';
import { callsEdge } from '#calls/calls.edge';
import { decisionsEdge } from '#decisions/decisions.edge';
import { ethicsEdge } from '#ethics/ethics.edge';
import { evaluationEdge } from '#evaluation/evaluation.edge';
import { followUpEdge } from '#follow-up/follow-up.edge';
import { grantsEdge } from '#grants/grants.edge';
import { guidanceEdge } from '#guidance/guidance.edge';
import { insightEdge } from '#insight/insight.edge';
import { networkEdge } from '#network/network.edge';
import { notificationsEdge } from '#notifications/notifications.edge';
import { organisationsEdge } from '#organisations/organisations.edge';
import { oversightEdge } from '#oversight/oversight.edge';
import { paymentsEdge } from '#payments/payments.edge';
import { plansEdge } from '#plans/plans.edge';
import { termsEdge } from '#terms/terms.edge';
import { publicRecordEdge } from '#public-record/public-record.edge';
import { trainingEdge } from '#training/training.edge';
import { servicesEdge } from '#services/services.edge';
import * as checkpointKeyCommands from '#audit/checkpoint-keys.commands';
import { checkpointKeys } from '#audit/checkpoint-keys.decider';
import { commandClasses } from '#edge/commands';
import type { Commands, ContextEdge } from '#edge/context-edge';
import type { ErrorTexts } from '#kernel/refused';
import * as skippingCommands from '#views/skip/skipping.commands';
import { skipping } from '#views/skip/skipping.decider';
import { deciders } from './contexts.js';
import { failureTexts } from './failures.js';

/** What the system meets the world outside by, context by context. The programs load it, background threads never do. */
export const edges: readonly ContextEdge[] = [
  organisationsEdge,
  networkEdge,
  ethicsEdge,
  servicesEdge,
  insightEdge,
  evaluationEdge,
  callsEdge,
  guidanceEdge,
  decisionsEdge,
  grantsEdge,
  oversightEdge,
  paymentsEdge,
  applicationsEdge,
  plansEdge,
  notificationsEdge,
  termsEdge,
  followUpEdge,
  trainingEdge,
  publicRecordEdge,
];

/** What the plumbing itself can be asked for. */
const plumbing: readonly Commands[] = [
  { decider: skipping, module: skippingCommands },
  { decider: checkpointKeys, module: checkpointKeyCommands },
];

export const services = edges.flatMap((edge) => edge.services ?? []);

/** The commands of each decider. */
export const commands: readonly Commands[] = [...edges.flatMap((edge) => edge.commands), ...plumbing];

/** The decider of each command class. */
export const deciderOf = new Map(commands.flatMap(({ decider, module }) => commandClasses(module).map((type) => [type, decider] as const)));

/** The class of each command, by its name. */
export const commandNamed = new Map([...deciderOf.keys()].map((type) => [type.name, type] as const));

/** The texts of every error that has a code. */
export const errorTexts: ErrorTexts = Object.assign({}, ...deciders.map(({ refusals }) => refusals), ...failureTexts) as ErrorTexts;
