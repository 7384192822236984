import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entry } from './keyed.js';

/** Whatever every object inherits, and other keys. */
const keys = fc.oneof(fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype)), fc.string());

describe('a dictionary by keys from outside', () => {
  it('finds under a key what was put there, and nothing else, also once it was stored', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.integer())), keys, (entries, asked) => {
        const map = new Map(entries);
        let record: Readonly<Record<string, number>> = {};
        for (const [key, value] of entries) record = { ...record, [key]: value };
        const stored = JSON.parse(JSON.stringify(record)) as typeof record;
        for (const one of [record, stored]) {
          expect(entry(one, asked)).toBe(map.get(asked));
          for (const [key, value] of map) expect(entry(one, key)).toBe(value);
        }
      }),
    );
  });
});
