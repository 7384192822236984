import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as mailboxCommands from './mailbox.commands.js';
import * as notificationCommands from './notification.commands.js';

@Module({ providers: [commandMutations(mailboxCommands), commandMutations(notificationCommands)] })
export class NotificationsModule {}
