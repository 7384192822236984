import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { causeTrees } from './causes.js';

const told = (items: readonly { id: string; causedBy?: string }[]) =>
  causeTrees(items).map(({ depth, item }) => `${'  '.repeat(depth)}${item.id}`);

describe('the tree of causes', () => {
  it('has each cause before its effects, in their order', () => {
    const items = [
      { id: 'decided' },
      { id: 'published' },
      { id: 'opened', causedBy: 'decided' },
      { id: 'reminded', causedBy: 'published' },
      { id: 'notified', causedBy: 'opened' },
      { id: 'released', causedBy: 'decided' },
    ];
    expect(told(items)).toEqual(['decided', '  opened', '    notified', '  released', 'published', '  reminded']);
  });

  it('begins with what has no cause among the given', () => {
    expect(
      told([
        { id: 'b', causedBy: 'elsewhere' },
        { id: 'c', causedBy: 'b' },
      ]),
    ).toEqual(['b', '  c']);
  });

  it('tells each once, whatever causes what, in a circle too', () => {
    const id = fc.integer({ min: 0, max: 8 }).map(String);
    const items = fc.uniqueArray(fc.record({ id, causedBy: fc.option(id, { nil: undefined }) }), { selector: (item) => item.id });
    fc.assert(
      fc.property(items, (some) => {
        expect(
          causeTrees(some)
            .map(({ item }) => item.id)
            .sort(),
        ).toEqual(some.map((item) => item.id).sort());
      }),
    );
  });
});
