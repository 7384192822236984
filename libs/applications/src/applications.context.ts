import type { Context } from '#edge/context';
import { applicationReminders } from './application-reminders.process.js';
import { applicationStory } from './application-story.projection.js';
import { applicationAudience } from './application.audience.js';
import { application } from './application.decider.js';
import { applicationRefusals } from './application.refusals.js';
import { applications } from './applications.projection.js';
import { caseNumberAudience } from './case-number.audience.js';
import { caseNumber } from './case-number.decider.js';
import { handlingRefusals } from './handling.refusals.js';
import { openTasks } from './open-tasks.projection.js';
import { selectionAudience } from './selection.audience.js';
import { selection } from './selection.decider.js';
import { selectionRefusals } from './selection.refusals.js';
import { selections } from './selections.projection.js';

export const applicationsContext: Context = {
  name: 'applications',
  decides: [
    { decider: application, refusals: { ...applicationRefusals, ...handlingRefusals }, audience: applicationAudience },
    { decider: caseNumber, refusals: {}, audience: caseNumberAudience },
    { decider: selection, refusals: selectionRefusals, audience: selectionAudience },
  ],
  projections: [applications, openTasks, applicationStory, selections],
  processes: [applicationReminders],
};
