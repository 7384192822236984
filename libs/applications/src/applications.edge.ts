import type { ContextEdge } from '#edge/context-edge';
import * as applicationCommands from './application.commands.js';
import { application } from './application.decider.js';
import { ApplicationsResolver, CallApplicationsResolver, RegionalApplicationsResolver } from './applications.resolver.js';
import * as caseNumberCommands from './case-number.commands.js';
import { caseNumber } from './case-number.decider.js';
import * as handlingCommands from './handling.commands.js';
import * as selectionCommands from './selection.commands.js';
import { selection } from './selection.decider.js';
import { SelectionResolver } from './selection.resolver.js';
import { TasksResolver } from './tasks.resolver.js';
import { applicationsContext } from './applications.context.js';

export const applicationsEdge: ContextEdge = {
  context: applicationsContext,
  commands: [
    { decider: application, module: { ...applicationCommands, ...handlingCommands } },
    { decider: caseNumber, module: caseNumberCommands },
    { decider: selection, module: selectionCommands },
  ],
  resolvers: [CallApplicationsResolver, RegionalApplicationsResolver, ApplicationsResolver, TasksResolver, SelectionResolver],
};
