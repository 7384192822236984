import type { EventDefinitions } from './event-schema.js';

/** The events that a projection takes of another context. One that is added there concerns nobody here. */
export function only<Definitions extends EventDefinitions, const Type extends keyof Definitions & string>(
  events: Definitions,
  ...types: readonly Type[]
): Pick<Definitions, Type> {
  return Object.fromEntries(types.map((type) => [type, events[type]])) as Pick<Definitions, Type>;
}

/** The events that a projection takes of its own context: all but those that it leaves. One that is added is taken, or named here. */
export function allBut<Definitions extends EventDefinitions, const Type extends keyof Definitions & string>(
  events: Definitions,
  ...types: readonly Type[]
): Omit<Definitions, Type> {
  const left = new Set<string>(types);
  return Object.fromEntries(Object.entries(events).filter(([type]) => !left.has(type))) as Omit<Definitions, Type>;
}

/** Handlers of events that leave a row, or the state of a fold, as it is. Its revision counts them. */
export function unchanged<const Type extends string>(...types: readonly Type[]): { readonly [T in Type]: <State>(state: State) => State } {
  return Object.fromEntries(types.map((type) => [type, <State>(state: State) => state])) as never;
}
