import type { Context } from '#edge/context';
import { Delivery, deliveryViews } from './delivery.service.js';
import { mailboxAudience } from './mailbox.audience.js';
import * as mailboxCommands from './mailbox.commands.js';
import { mailbox } from './mailbox.decider.js';
import { mailboxRefusals } from './mailbox.refusals.js';
import { mailboxes } from './mailboxes.projection.js';
import { notificationAudience } from './notification.audience.js';
import * as notificationCommands from './notification.commands.js';
import { notification } from './notification.decider.js';
import { notificationRefusals } from './notification.refusals.js';
import { reminders } from './reminders.projection.js';
import { RemindersResolver } from './reminders.resolver.js';

export const notificationsContext: Context = {
  name: 'notifications',
  decides: [
    {
      decider: notification,
      commands: notificationCommands,
      refusals: notificationRefusals,
      audience: notificationAudience,
    },
    { decider: mailbox, commands: mailboxCommands, refusals: mailboxRefusals, audience: mailboxAudience },
  ],
  projections: [reminders, mailboxes],
  services: [{ views: deliveryViews, start: (parts) => Delivery.start(parts) }],
  resolvers: [RemindersResolver],
};
