import type { Moment } from './views.js';

/** The moment of a question whose answer joins nothing. */
export function momentAt(asOf: string): Moment {
  return {
    asOf,
    rows: ({ name }) => {
      throw new Error(`the rows of ${name} are asked for`);
    },
    positionOf: () => undefined,
  };
}
