import { describe, expect, it } from '@jest/globals';
import { fractionToCome, heldFrom } from './fraction-to-come.js';

const now = '2026-10-15T13:15:00.250Z';

describe('an instant to come that lies within a second', () => {
  it.each([
    ['later in the same second', '2026-10-15T13:15:00.251Z'],
    ['years later', '2036-10-15T13:15:00.001Z'],
    ['just before the end of a day', '2026-10-15T20:59:59.998Z'],
  ])('is found %s, wherever it stands', (_, at) => {
    for (const value of [at, [at], { terms: { closes: at } }, { steps: [{ due: '2026-10-16' }, { due: at }] }])
      expect(fractionToCome(value, now)).toBe(at);
  });

  it.each([
    ['now', now],
    ['in the past', '2026-10-15T13:15:00.249Z'],
    ['at a whole second', '2026-10-15T13:15:01.000Z'],
    ['at the end of a day', '2026-10-15T20:59:59.999Z'],
    ['a day', '2026-10-16'],
    ['in a text that says more', 'On 2036-10-15T13:15:00.001Z.'],
  ])('is none that is %s', (_, value) => expect(fractionToCome({ value, count: 3, none: null }, now)).toBeUndefined());
});

describe('what a clock elsewhere says to be now', () => {
  it.each(['2026-10-15T13:15:00.251Z', '2026-10-15T13:16:00.249Z'])('is now, where it is less than a minute ahead: %s', (told) =>
    expect(heldFrom(told, now)).toBeUndefined(),
  );

  it.each([undefined, '2026-10-15T13:15:00.249Z', '2026-10-15T13:15:01.000Z', '2026-10-15T13:16:00.251Z', '2026-10-16', '2026-11'])(
    'is as it is told otherwise: %s',
    (told) => expect(heldFrom(told, now)).toBe(told),
  );
});
