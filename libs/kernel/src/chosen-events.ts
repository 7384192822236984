import type { EventDefinitions } from './event-schema.js';
import { omit, pick } from './keyed.js';

/** The events that a projection takes of another context. One that is added there concerns nobody here. */
export const only: <Definitions extends EventDefinitions, const Type extends keyof Definitions & string>(
  events: Definitions,
  ...types: readonly Type[]
) => Pick<Definitions, Type> = pick;

/** The events that a projection takes of its own context: all but those that it leaves. One that is added is taken, or named here. */
export const allBut: <Definitions extends EventDefinitions, const Type extends keyof Definitions & string>(
  events: Definitions,
  ...types: readonly Type[]
) => Omit<Definitions, Type> = omit;

/** Handlers of events that leave a row, or the state of a fold, as it is. Its revision counts them. */
export function unchanged<const Type extends string>(...types: readonly Type[]): { readonly [T in Type]: <State>(state: State) => State } {
  return Object.fromEntries(types.map((type) => [type, <State>(state: State) => state])) as never;
}
