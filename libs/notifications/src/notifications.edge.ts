import type { ContextEdge } from '#edge/context-edge';
import { Delivery, deliveryViews } from './delivery.service.js';
import * as mailboxCommands from './mailbox.commands.js';
import { mailbox } from './mailbox.decider.js';
import * as notificationCommands from './notification.commands.js';
import { notification } from './notification.decider.js';
import { RemindersResolver } from './reminders.resolver.js';
import { notificationsContext } from './notifications.context.js';

export const notificationsEdge: ContextEdge = {
  context: notificationsContext,
  commands: [
    { decider: notification, module: notificationCommands },
    { decider: mailbox, module: mailboxCommands },
  ],
  services: [{ views: deliveryViews, start: (parts) => Delivery.start(parts) }],
  resolvers: [RemindersResolver],
};
