import type { PersonKeys } from './codec.js';

/** For who reads events and writes none: personal texts stay sealed. */
export const noKeys: PersonKeys = {
  keyFor: () => Promise.reject(new TypeError('nothing is sealed here')),
  existingKey: () => Promise.resolve(undefined),
};
