import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as allocationCommands from './allocation.commands.js';
import { AppropriationsResolver } from './appropriations.resolver.js';

@Module({ providers: [AppropriationsResolver, commandMutations(allocationCommands)] })
export class GrantsModule {}
