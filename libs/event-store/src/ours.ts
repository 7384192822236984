import { Type } from 'typebox';
import { Compile } from 'typebox/schema';
import { metadataSchema } from '#kernel/envelope';

/** Whether metadata fits the envelope of every event. */
export const envelope = Compile(metadataSchema);

/** Whether that part of metadata fits which says what an event belongs to. */
export const belonging = Compile(Type.Pick(metadataSchema, ['call', 'matter', 'region']));

/** What tells our events from those that other clients write to the same server. */
export interface Ours {
  /** Whether streams of the category can be ours. In one that cannot, whatever stands there is left out unread. */
  isCategory(category: string): boolean;
  isMetadata(metadata: unknown): boolean;
}

/** Ours is what fits the envelope; in these categories only, where they are named. */
export function oursIn(categories?: readonly string[]): Ours {
  const known = categories && new Set(categories);
  return { isCategory: (category) => known?.has(category) ?? true, isMetadata: (metadata) => envelope.Check(metadata) };
}
