import type { Context } from '#edge/context';
import { mailboxAudience } from './mailbox.audience.js';
import { mailbox } from './mailbox.decider.js';
import { mailboxRefusals } from './mailbox.refusals.js';
import { mailboxes } from './mailboxes.projection.js';
import { notificationAudience } from './notification.audience.js';
import { notification } from './notification.decider.js';
import { notificationRefusals } from './notification.refusals.js';
import { reminders } from './reminders.projection.js';

export const notificationsContext: Context = {
  name: 'notifications',
  decides: [
    { decider: notification, refusals: notificationRefusals, audience: notificationAudience },
    { decider: mailbox, refusals: mailboxRefusals, audience: mailboxAudience },
  ],
  projections: [reminders, mailboxes],
};
