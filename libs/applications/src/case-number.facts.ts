import { contentHash } from '#kernel/content-hash';
import type { Fold } from '#kernel/decider';
import { caseNumberEvents } from './case-number.events.js';

/** Whose a case number is; of nobody’s there is no application. */
export interface CaseNumberFacts {
  readonly application?: string;
}

export const caseNumberFacts: Fold<CaseNumberFacts, typeof caseNumberEvents> = {
  category: 'caseNumber',
  events: caseNumberEvents,
  initial: {},
  evolve: { CaseNumberClaimed: (_, { data: { application } }) => ({ application }) },
};

const longestKey = 64;

/** The key of the number’s stream: however its letters and marks are written, it is the same number. */
export function caseNumberKey(caseNumber: string): string {
  const words = caseNumber.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const key = words.join('-');
  return /^[a-z0-9-]+$/.test(key) && key.length <= longestKey ? key : contentHash(words.length > 0 ? words : [caseNumber]);
}
