import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differenceOf } from './plan-difference.rules.js';
import { planSections } from './plan.events.js';
import type { PlanTexts } from './plan.facts.js';

const texts = fc.dictionary(fc.constantFrom(...planSections), fc.stringMatching(/^[ab ,.\n]*$/)) as fc.Arbitrary<PlanTexts>;

describe('the difference of two versions', () => {
  it('names the sections that were added, removed and changed, in their order', () => {
    expect(
      differenceOf(
        { objectives: 'sama', budget: '100 euroa', schedule: 'syksy' },
        { objectives: 'sama', network: 'uusi', budget: '90 euroa' },
      ),
    ).toEqual([
      { section: 'network', change: 'added', pieces: [{ kind: 'added', text: 'uusi' }] },
      {
        section: 'budget',
        change: 'changed',
        pieces: [
          { kind: 'removed', text: '100' },
          { kind: 'added', text: '90' },
          { kind: 'kept', text: ' euroa' },
        ],
      },
      { section: 'schedule', change: 'removed', pieces: [{ kind: 'removed', text: 'syksy' }] },
    ]);
  });

  it('leaves no word out: what was kept and removed is the earlier text, what was kept and added the later one', () => {
    fc.assert(
      fc.property(texts, texts, (earlier, later) => {
        const found = differenceOf(earlier, later);
        for (const section of planSections) {
          const pieces = found.find((one) => one.section === section)?.pieces ?? [{ kind: 'kept' as const, text: earlier[section] ?? '' }];
          const without = (kind: string) =>
            pieces
              .filter((piece) => piece.kind !== kind)
              .map(({ text }) => text)
              .join('');
          expect([without('added'), without('removed')]).toEqual([earlier[section] ?? '', later[section] ?? '']);
        }
      }),
    );
  });

  it('shows a text that has too little in common with the earlier one as written anew', () => {
    const [before, after] = ['a', 'b'].map((word) => Array.from({ length: 2_000 }, (_, n) => `${word}${n}`).join(' '));
    expect(differenceOf({ budget: before }, { budget: after })).toEqual([
      {
        section: 'budget',
        change: 'changed',
        pieces: [
          { kind: 'removed', text: before },
          { kind: 'added', text: after },
        ],
      },
    ]);
  });
});
