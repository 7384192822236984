import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { operatingModel } from './operating-model.decider.js';
import type { operatingModelEvents } from './operating-model.events.js';

const proposed: keyof typeof operatingModelEvents = 'RegionalRoleEvaluationProposed';

/** The model, feedback and evaluations are anyone's. That an evaluation is proposed, and what it says, is for the agency and the ministry. */
export const operatingModelAudience = {
  fold: operatingModel,
  sees: (_, reader, event?: string) => {
    if (mayRead('evaluations that are proposed', reader)) return 'internal';
    return event === proposed ? undefined : 'public';
  },
} satisfies Audience<typeof operatingModel.initial, typeof operatingModelEvents>;
