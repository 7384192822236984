import type { CallTerms } from '#calls/call.events';
import { shareBase } from '#calls/call.facts';
import { contentHash } from '#kernel/content-hash';
import { repeated } from '#kernel/keyed';
import { cents, shareOf, type Cents } from '#kernel/money';
import { planVersion, type PlanFacts } from '#plans/plan.facts';
import type { ApplicationContent, ContentInput, DraftContent, RemovedFromDraft } from './application-content.events.js';
import { refuse } from './application.refusals.js';

/** What an application must say to be complete. */
export const figures = ['eligibleCosts', 'income', 'ownFunding', 'otherFunding', 'amount'] as const satisfies (keyof ApplicationContent)[];

export function missingIn(content: DraftContent, needed: readonly (keyof DraftContent)[]): readonly string[] {
  return needed.filter((name) => content[name] === undefined);
}

/** The content as events say it, a secret text apart from public ones. */
export function contentOf({ parts, ...content }: ContentInput): DraftContent {
  if (!parts) return content;
  return {
    ...content,
    parts: parts.map(({ part, text, secretBecause }) =>
      secretBecause === undefined ? { part, text } : { part, secretText: text, secretBecause },
    ),
  };
}

/** The draft with what is given in the place of what it said: figures by their names, lines and parts by their keys. */
export function edited(draft: DraftContent, given: DraftContent, { lines = [], parts = [] }: RemovedFromDraft = {}): DraftContent {
  const eligibleCosts = merged(draft.eligibleCosts, given.eligibleCosts, lines, ({ line }) => line);
  const texts = merged(draft.parts, given.parts, parts, ({ part }) => part);
  return { ...draft, ...given, ...(eligibleCosts && { eligibleCosts }), ...(texts && { parts: texts }) };
}

/** Those that stay in their places, those that are given in the place of their namesakes, and new ones at the end. */
function merged<Item>(
  before: readonly Item[] | undefined,
  given: readonly Item[] | undefined,
  removed: readonly string[],
  keyOf: (item: Item) => string,
): readonly Item[] | undefined {
  if (!before) return given;
  const next = new Map(before.filter((item) => !removed.includes(keyOf(item))).map((item) => [keyOf(item), item]));
  for (const item of given ?? []) next.set(keyOf(item), item);
  return [...next.values()];
}

/** The content, complete and by the rules of money. */
export function requireValidContent(content: DraftContent, terms: CallTerms, plan: PlanFacts): ApplicationContent {
  const missing = missingIn(content, figures);
  if (missing.length > 0) throw refuse('application-incomplete', { missing });
  const complete = content as ApplicationContent;
  const { eligibleCosts, amount, ownFunding, otherFunding, income, planVersion: version } = complete;
  if (amount === 0) throw refuse('amount-zero');
  const twice = repeated(eligibleCosts.map(({ line }) => line));
  if (twice !== undefined) throw refuse('cost-line-twice', { line: twice });
  const costs = sum(eligibleCosts.map((line) => line.amount));
  if (costs > BigInt(Number.MAX_SAFE_INTEGER)) throw refuse('costs-too-large', { costs: String(costs) });
  const funding = sum([amount, ownFunding, otherFunding, income]);
  if (costs !== funding) throw refuse('funding-does-not-add-up', { costs: String(costs), funding: String(funding) });
  const largest = largestGrant(complete, terms);
  if (amount > largest) throw refuse('amount-over-share', { amount, largest });
  if (version !== undefined && !planVersion(plan, version)) throw refuse('plan-version-unknown', { version });
  return complete;
}

/** The largest share of what the terms take it of, rounded down to the cent; all of it where they say none. */
export function largestGrant({ eligibleCosts, income }: ApplicationContent, terms: CallTerms): Cents {
  const costs = cents(sum(eligibleCosts.map(({ amount }) => amount)));
  return shareOf(shareBase(terms, costs, income), terms.largestShare ?? 10_000);
}

/** The content with its hash, which the applicant and the ministry can compare. Nothing in it is personal. */
export function hashed(content: ApplicationContent) {
  return { content, contentHash: contentHash(content) };
}

function sum(amounts: readonly Cents[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n);
}
