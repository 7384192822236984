import type { LocalizedText } from '#kernel/localized-text';
import type { Cents } from '#kernel/money';
import { filledTexts } from '#kernel/refused';
import { allocationRefusals } from './allocation.refusals.js';

/** Whether a decision takes more than is left of the appropriation; one that takes nothing is always within it. */
export function isBeyond(more: Cents, left: Cents): boolean {
  return more > 0 && more > left;
}

/** Why a decision that takes so much would be refused; undefined where that is left. */
export function shortageOf(more: Cents, left: Cents): { readonly code: string; readonly message: LocalizedText } | undefined {
  if (!isBeyond(more, left)) return undefined;
  const code = 'appropriation-exceeded';
  return { code, message: filledTexts(allocationRefusals[code], { amount: more, left: Math.max(0, left) }) };
}
