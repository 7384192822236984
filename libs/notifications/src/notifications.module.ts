import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as mailboxCommands from './mailbox.commands.js';
import * as notificationCommands from './notification.commands.js';
import { RemindersResolver } from './reminders.resolver.js';

@Module({ providers: [RemindersResolver, commandMutations(mailboxCommands), commandMutations(notificationCommands)] })
export class NotificationsModule {}
