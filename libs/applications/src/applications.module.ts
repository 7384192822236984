import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as applicationCommands from './application.commands.js';
import { ApplicationsResolver, CallApplicationsResolver } from './applications.resolver.js';
import * as handlingCommands from './handling.commands.js';
import * as selectionCommands from './selection.commands.js';
import { SelectionResolver } from './selection.resolver.js';
import { TasksResolver } from './tasks.resolver.js';

@Module({
  providers: [
    CallApplicationsResolver,
    ApplicationsResolver,
    TasksResolver,
    SelectionResolver,
    commandMutations(applicationCommands),
    commandMutations(handlingCommands),
    commandMutations(selectionCommands),
  ],
})
export class ApplicationsModule {}
