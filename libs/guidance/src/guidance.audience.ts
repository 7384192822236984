import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import { guidanceFacts, type GuidanceFacts } from './guidance.facts.js';
import type { guidanceEvents } from './guidance.events.js';

/** Guidance and what was adopted are anyone's. Drafts of support structures are for those who make them together. */
export const guidanceAudience: Audience<GuidanceFacts, typeof guidanceEvents> = {
  fold: guidanceFacts,
  sees: (_, reader) => (mayRead('drafts of support structures', reader, reader) ? 'internal' : 'public'),
};
