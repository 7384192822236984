import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as operatingModelCommands from './operating-model.commands.js';
import { OperatingModelsResolver } from './operating-models.resolver.js';

@Module({ providers: [OperatingModelsResolver, commandMutations(operatingModelCommands)] })
export class GuidanceModule {}
