import type { Context } from '#edge/context';
import { allocationAudience } from './allocation.audience.js';
import { allocation } from './allocation.decider.js';
import { allocationRefusals } from './allocation.refusals.js';
import { appropriations } from './appropriations.projection.js';
import { decisionRecording } from './decision-recording.process.js';
import { decisions } from './decisions.projection.js';

export const decisionsContext: Context = {
  name: 'decisions',
  decides: [{ decider: allocation, refusals: allocationRefusals, audience: allocationAudience }],
  projections: [appropriations, decisions],
  processes: [decisionRecording],
};
