import type { CommandClass } from './commands.js';
import { once } from './once.js';

/** What the caller of a request tried and may not: a command with its input, or a field. */
export interface Forbidden {
  readonly what: string;
  readonly command?: { readonly type: CommandClass; readonly id: string; readonly input: object };
}

/** What a request turned out to ask and was told: for those who watch, without its content. */
export interface Asked {
  operation?: 'query' | 'mutation' | 'subscription';
  operationName?: string | undefined;
  /** Whether it was answered as another who asked the same. */
  isCached?: boolean;
  readonly commandIds: string[];
  readonly forbidden: Forbidden[];
  /** Of the errors it was told. */
  readonly codes: string[];
}

/** What is known of the request so far. */
export const askedIn = once((_request: object): Asked => ({ commandIds: [], forbidden: [], codes: [] }));
