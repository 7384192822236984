import * as applicationCommands from '#applications/application.commands';
import { applicationAudience } from '#applications/application.audience';
import { application } from '#applications/application.decider';
import { applicationReminders } from '#applications/application-reminders.process';
import { applicationRefusals } from '#applications/application.refusals';
import * as handlingCommands from '#applications/handling.commands';
import { handlingRefusals } from '#applications/handling.refusals';
import * as selectionCommands from '#applications/selection.commands';
import { selection } from '#applications/selection.decider';
import { selectionAudience } from '#applications/selection.audience';
import { selectionRefusals } from '#applications/selection.refusals';
import { applicationStory } from '#applications/application-story.projection';
import { applications } from '#applications/applications.projection';
import type { AnyAudience } from '#access/audience';
import { openTasks } from '#applications/open-tasks.projection';
import { selections } from '#applications/selections.projection';
import { auditFailures } from '#audit/audit.failures';
import { accessFailures } from '#access/tokens';
import { keyFailures } from '#keys/key-store';
import { logKeyFailures } from '#keys/log-keys';
import * as callCommands from '#calls/call.commands';
import { callClosing } from '#calls/call-closing.process';
import { callReminders } from '#calls/call-reminders.process';
import { callAudience } from '#calls/call.audience';
import { call } from '#calls/call.decider';
import { callRefusals } from '#calls/call.refusals';
import { calls } from '#calls/calls.projection';
import * as operatingModelCommands from '#guidance/operating-model.commands';
import { operatingModelAudience } from '#guidance/operating-model.audience';
import { operatingModel } from '#guidance/operating-model.decider';
import { operatingModelRefusals } from '#guidance/operating-model.refusals';
import { operatingModels } from '#guidance/operating-models.projection';
import * as organisationCommands from '#organisations/organisation.commands';
import { organisationAudience } from '#organisations/organisation.audience';
import { organisation } from '#organisations/organisation.decider';
import { organisationRefusals } from '#organisations/organisation.refusals';
import { organisations } from '#organisations/organisations.projection';
import { commandClasses } from '#edge/command-mutations';
import { connectionFailures } from '#edge/connection';
import { edgeFailures } from '#edge/errors';
import { viewFailures } from '#edge/views';
import { eventsFailures } from '#edge/events';
import { subscriptionFailures } from '#edge/subscription-client';
import { validationFailures } from '#edge/validation';
import { logFailures } from '#event-store/event-log';
import { commandAudience } from '#event-store/command.audience';
import { commandEvents } from '#event-store/command.events';
import { handleFailures } from '#event-store/handle.failures';
import * as allocationCommands from '#grants/allocation.commands';
import { allocationAudience } from '#grants/allocation.audience';
import { allocation } from '#grants/allocation.decider';
import { allocationRefusals } from '#grants/allocation.refusals';
import { appropriations } from '#grants/appropriations.projection';
import { Delivery, deliveryViews } from '#notifications/delivery';
import * as mailboxCommands from '#notifications/mailbox.commands';
import { mailboxAudience } from '#notifications/mailbox.audience';
import { mailbox } from '#notifications/mailbox.decider';
import { mailboxRefusals } from '#notifications/mailbox.refusals';
import { mailboxes } from '#notifications/mailboxes.projection';
import { messengerOf } from '#notifications/messengers';
import * as notificationCommands from '#notifications/notification.commands';
import { notificationAudience } from '#notifications/notification.audience';
import { notification } from '#notifications/notification.decider';
import { notificationRefusals } from '#notifications/notification.refusals';
import { reminders } from '#notifications/reminders.projection';
import type { AnyDecider } from '#kernel/decider';
import type { EventDefinitions } from '#kernel/event-schema';
import type { AnyProcess } from '#kernel/process';
import type { AnyProjection } from '#kernel/projection';
import type { ErrorTexts } from '#kernel/refused';
import * as planCommands from '#plans/plan.commands';
import { planAudience } from '#plans/plan.audience';
import { plan } from '#plans/plan.decider';
import { planCommentReminders } from '#plans/plan-comment-reminders.process';
import { planComments } from '#plans/plan-comments.projection';
import { planRefusals } from '#plans/plan.refusals';
import { plans } from '#plans/plans.projection';
import { historyFailures } from '#subscriptions/history';
import { projectionFailures } from '#views/run/projection-runner.failures';
import { scanFailures } from '#views/past/prefix-scanner';
import { checkpointFailures } from '#views/fold/projection-run.failures';
import { viewStoreFailures } from '#view-store/view-store';
import * as skippingCommands from '#views/fold/skipping.commands';
import { skippingAudience } from '#views/fold/skipping.audience';
import { skipping } from '#views/fold/skipping.decider';
import { skippingFailures } from '#views/fold/skipping.failures';

/** The one list of what the system decides: each decider with the commands it takes and the texts of its refusals. */
export const deciders: readonly {
  readonly decider: AnyDecider;
  readonly commands: Readonly<Record<string, unknown>>;
  readonly refusals: ErrorTexts;
}[] = [
  { decider: organisation, commands: organisationCommands, refusals: organisationRefusals },
  { decider: call, commands: callCommands, refusals: callRefusals },
  { decider: operatingModel, commands: operatingModelCommands, refusals: operatingModelRefusals },
  { decider: allocation, commands: allocationCommands, refusals: allocationRefusals },
  {
    decider: application,
    commands: { ...applicationCommands, ...handlingCommands },
    refusals: { ...applicationRefusals, ...handlingRefusals },
  },
  { decider: selection, commands: selectionCommands, refusals: selectionRefusals },
  { decider: plan, commands: planCommands, refusals: planRefusals },
  { decider: notification, commands: notificationCommands, refusals: notificationRefusals },
  { decider: mailbox, commands: mailboxCommands, refusals: mailboxRefusals },
  { decider: skipping, commands: skippingCommands, refusals: {} },
];

/** The one list of what the system shows. */
export const projections: readonly AnyProjection[] = [
  organisations,
  calls,
  operatingModels,
  appropriations,
  applications,
  openTasks,
  applicationStory,
  selections,
  plans,
  planComments,
  reminders,
  mailboxes,
];

/** The one list of what the system does by itself. */
export const processes: readonly AnyProcess[] = [callClosing, callReminders, planCommentReminders, applicationReminders];

/** What carries messages out of the system. */
export { Delivery, deliveryViews, messengerOf };

/** The events of the contexts, and those of the plumbing itself. */
export const eventDefinitions: readonly EventDefinitions[] = [...deciders.map(({ decider }) => decider.events), commandEvents];

/** The one list of who may see which events. A category without an audience is shown to nobody. */
export const audiences: readonly AnyAudience[] = [
  organisationAudience,
  callAudience,
  operatingModelAudience,
  allocationAudience,
  applicationAudience,
  selectionAudience,
  planAudience,
  notificationAudience,
  mailboxAudience,
  skippingAudience,
  commandAudience,
];

/** The failures of the plumbing. */
export const failureTexts: readonly ErrorTexts[] = [
  accessFailures,
  keyFailures,
  logKeyFailures,
  logFailures,
  handleFailures,
  projectionFailures,
  historyFailures,
  scanFailures,
  viewStoreFailures,
  checkpointFailures,
  skippingFailures,
  viewFailures,
  edgeFailures,
  connectionFailures,
  eventsFailures,
  subscriptionFailures,
  validationFailures,
  auditFailures,
];

/** The texts of every error that has a code. */
export const errorTexts: ErrorTexts = Object.assign({}, ...deciders.map(({ refusals }) => refusals), ...failureTexts) as ErrorTexts;

/** The class of each command, by its name. */
export const commandNamed = new Map(deciders.flatMap(({ commands }) => commandClasses(commands).map((type) => [type.name, type] as const)));

/** The decider of each command class. */
export const deciderOf = new Map(
  deciders.flatMap(({ decider, commands }) => commandClasses(commands).map((type) => [type, decider] as const)),
);
