import { Module } from '@nestjs/common';
import { commandMutations } from '#edge/command-mutations';
import * as organisationCommands from './organisation.commands.js';
import { OrganisationsResolver } from './organisations.resolver.js';

@Module({ providers: [OrganisationsResolver, commandMutations(organisationCommands)] })
export class OrganisationsModule {}
