import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as callCommands from './call.commands.js';
import { CallsResolver } from './calls.resolver.js';
import * as operatingModelCommands from './operating-model.commands.js';
import { OperatingModelsResolver } from './operating-models.resolver.js';
import * as organisationCommands from './organisation.commands.js';
import { OrganisationsResolver } from './organisations.resolver.js';

@Module({
  providers: [
    CallsResolver,
    OrganisationsResolver,
    OperatingModelsResolver,
    commandMutations(callCommands),
    commandMutations(organisationCommands),
    commandMutations(operatingModelCommands),
  ],
})
export class CallsModule {}
