import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('writes any JSON value as the reference implementation of RFC 8785 does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 5 }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [{ b: 1, a: 2, '10': 3, '9': 4 }, '{"10":3,"9":4,"a":2,"b":1}'],
    [{ '\u{1f600}': 1, '\ufb33': 2, '€': 3, ö: 4 }, '{"ö":4,"€":3,"😀":1,"\ufb33":2}'],
    // eslint-disable-next-line no-loss-of-precision -- the RFC's own example
    [[1e30, 4.5, 2e-3, 1e-27, -0, 333333333.33333329], '[1e+30,4.5,0.002,1e-27,0,333333333.3333333]'],
    [{ '': '\u0007"\\/', x: undefined }, '{"":"\\u0007\\"\\\\/"}'],
    [JSON.parse('{"z":{"__proto__":1,"a":2}}'), '{"z":{"__proto__":1,"a":2}}'],
  ])('orders keys by UTF-16 code units and writes numbers and texts as ECMAScript does: %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('reads back as the same value, whatever the order of the keys it was made from', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([
    [Number.NaN],
    [Infinity],
    [1n],
    [{ a: [undefined] }],
    ['\ud800'],
    [{ '\udc00': 1 }],
    [new Date(0)],
    [new Map()],
    [{ toJSON: () => 1 }],
    [() => 1],
  ])('refuses what JSON cannot carry exactly: %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
