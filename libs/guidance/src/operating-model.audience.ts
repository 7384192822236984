import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { operatingModel } from './operating-model.decider.js';
import type { operatingModelEvents } from './operating-model.events.js';

/** The model, feedback and evaluations are anyone's. What an evaluation is proposed to say is for the agency and the ministry. */
export const operatingModelAudience = {
  fold: operatingModel,
  sees: (_, reader) => (mayRead('evaluations that are proposed', reader) ? 'internal' : 'public'),
} satisfies Audience<typeof operatingModel.initial, typeof operatingModelEvents>;
