import type { Context } from '#edge/context';
import { callClosing } from './call-closing.process.js';
import { callReminders } from './call-reminders.process.js';
import { callAudience } from './call.audience.js';
import { call } from './call.decider.js';
import { callRefusals } from './call.refusals.js';
import { calls } from './calls.projection.js';

export const callsContext: Context = {
  name: 'calls',
  decides: [{ decider: call, refusals: callRefusals, audience: callAudience }],
  projections: [calls],
  processes: [callClosing, callReminders],
};
