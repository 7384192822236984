import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import { leafOf as canonicalLeaf } from '#event-store/log-content';
import { leafOf, parsedLeaf } from './leaf.js';

const text = fc.string({ unit: 'binary' });
const event = fc.record({
  id: fc.uuid(),
  stream: text,
  revision: fc.nat(),
  position: fc.constantFrom('0'.repeat(32), 'f'.repeat(32)),
  type: text,
  data: fc.dictionary(text, fc.jsonValue()),
  metadata: fc.dictionary(text, fc.jsonValue()),
});

describe('the leaf of an event', () => {
  it('is the canonical JSON of all that it is but its position', () =>
    fc.assert(
      fc.property(event, (logged) => {
        const { data, metadata } = logged;
        const leaf = leafOf({ ...logged, data: canonicalJson(data), metadata: canonicalJson(metadata) });
        expect(leaf).toBe(canonicalLeaf(logged));
        expect(leaf).not.toContain('position');
        expect(parsedLeaf(leaf).stream).toBe(logged.stream);
      }),
    ));

  it('is another one where the stored text was changed in nothing but its white space', () => {
    const stored = { id: 'a', stream: 's-1', revision: 0, position: '', type: 'T', metadata: '{}' };
    expect(leafOf({ ...stored, data: '{"a":1}' })).not.toBe(leafOf({ ...stored, data: '{"a": 1}' }));
  });
});
