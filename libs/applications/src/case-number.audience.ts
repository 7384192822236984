import type { Audience } from '#access/audience';
import { mayRead } from '#access/policy';
import type { caseNumberEvents } from './case-number.events.js';
import { caseNumberFacts, type CaseNumberFacts } from './case-number.facts.js';

/** Who handles applications. To others the number is told with its application. */
export const caseNumberAudience: Audience<CaseNumberFacts, typeof caseNumberEvents> = {
  fold: caseNumberFacts,
  sees: (_, reader) => (mayRead('handling of applications', reader) ? 'internal' : undefined),
};
