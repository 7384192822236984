import type { Context } from '#edge/context';
import { applicationReminders } from './application-reminders.process.js';
import { applicationStory } from './application-story.projection.js';
import { applicationAudience } from './application.audience.js';
import * as applicationCommands from './application.commands.js';
import { application } from './application.decider.js';
import { applicationRefusals } from './application.refusals.js';
import { applications } from './applications.projection.js';
import { ApplicationsResolver, CallApplicationsResolver, RegionalApplicationsResolver } from './applications.resolver.js';
import { caseNumberAudience } from './case-number.audience.js';
import * as caseNumberCommands from './case-number.commands.js';
import { caseNumber } from './case-number.decider.js';
import * as handlingCommands from './handling.commands.js';
import { handlingRefusals } from './handling.refusals.js';
import { openTasks } from './open-tasks.projection.js';
import { selectionAudience } from './selection.audience.js';
import * as selectionCommands from './selection.commands.js';
import { selection } from './selection.decider.js';
import { selectionRefusals } from './selection.refusals.js';
import { SelectionResolver } from './selection.resolver.js';
import { selections } from './selections.projection.js';
import { TasksResolver } from './tasks.resolver.js';

export const applicationsContext: Context = {
  name: 'applications',
  decides: [
    {
      decider: application,
      commands: { ...applicationCommands, ...handlingCommands },
      refusals: { ...applicationRefusals, ...handlingRefusals },
      audience: applicationAudience,
    },
    { decider: caseNumber, commands: caseNumberCommands, refusals: {}, audience: caseNumberAudience },
    { decider: selection, commands: selectionCommands, refusals: selectionRefusals, audience: selectionAudience },
  ],
  projections: [applications, openTasks, applicationStory, selections],
  processes: [applicationReminders],
  resolvers: [CallApplicationsResolver, RegionalApplicationsResolver, ApplicationsResolver, TasksResolver, SelectionResolver],
};
