import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as callCommands from './call.commands.js';
import { CallsResolver } from './calls.resolver.js';

@Module({ providers: [CallsResolver, commandMutations(callCommands)] })
export class CallsModule {}
