import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import { changesBetween } from './changes.js';

describe('the changes between two states', () => {
  it('are named field by field, with what stood and what stands there', () => {
    const before = { stage: 'draft', terms: { closesAt: '2026-10-15', min: 1 }, contact: 'a' };
    const after = { stage: 'published', terms: { closesAt: '2026-10-20', min: 1 }, region: '19' };
    expect(changesBetween(before, after)).toEqual([
      { path: '/stage', before: 'draft', after: 'published' },
      { path: '/terms/closesAt', before: '2026-10-15', after: '2026-10-20' },
      { path: '/contact', before: 'a' },
      { path: '/region', after: '19' },
    ]);
  });

  it('of a list are those between what its ends have in common: one item that comes or goes is one change', () => {
    expect(changesBetween({ list: ['a', 'b', 'd'] }, { list: ['a', 'b', 'c', 'd'] })).toEqual([{ path: '/list/2', after: 'c' }]);
    expect(changesBetween({ list: [{ n: 1 }, { n: 2 }, { n: 3 }] }, { list: [{ n: 2 }, { n: 3 }] })).toEqual([
      { path: '/list/0', before: { n: 1 } },
    ]);
    expect(changesBetween({ list: [{ n: 1, of: 'x' }] }, { list: [{ n: 2, of: 'x' }] })).toEqual([
      { path: '/list/0/n', before: 1, after: 2 },
    ]);
  });

  it('of what begins or ends as a whole are its fields', () => {
    expect(changesBetween(undefined, { a: 1, b: [2] })).toEqual([
      { path: '/a', after: 1 },
      { path: '/b', after: [2] },
    ]);
    expect(changesBetween({ a: 1 }, undefined)).toEqual([{ path: '/a', before: 1 }]);
  });

  it('are none between two that say the same, and only between those', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
        expect(changesBetween(a, structuredClone(a))).toEqual([]);
        expect(changesBetween({ of: a }, { of: b }).length === 0).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  it('each stand at their place: what was there in the one, what is there in the other', () => {
    const state = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    fc.assert(
      fc.property(state, state, (before, after) => {
        for (const change of changesBetween(before, after)) {
          if ('before' in change) expect(at(before, change.path)).toEqual(change.before);
          if ('after' in change) expect(at(after, change.path)).toEqual(change.after);
        }
      }),
    );
  });
});

function at(value: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, name) => Object.getOwnPropertyDescriptor(found, name)?.value, value);
}
