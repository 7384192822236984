import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPlain, isReadable, spelled } from './plain-text.js';

describe('a text', () => {
  it('has one spelling, however its letters and lines were typed', () => {
    expect(spelled('  A\u0308a\u0308nekoski\u00A0\r\n')).toBe('\u00C4\u00E4nekoski');
    expect(spelled('a\r\nb\rc\n\td')).toBe('a\nb\nc\n d');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(spelled(spelled(text))).toBe(spelled(text));
        expect(spelled(`\t${text.normalize('NFD')} `)).toBe(spelled(text));
      }),
    );
  });

  it.each(['Ääni', 'rivi\nrivi', '😀', 'שלום \u2067abc\u2069 \u200F', '\u202Babc\u202C'])('shows as it is written: %j', (text) => {
    expect(isPlain(text)).toBe(true);
  });

  it.each([
    'a\u0000b',
    'a\tb',
    'a\u0085b',
    'a\u007Fb',
    '\u202Eabc',
    '\u202Dabc\u202C',
    '\u2067abc',
    'abc\u2069',
    '\u2067a\nb\u2069',
    '\u202Ba\u2069',
    '\uD800',
  ])('does not show as it is written: %j', (text) => {
    expect(isPlain(text)).toBe(false);
  });

  it.each(['', ' \n', '\u200B', '\u2067\u2069', '\u0301'])('has nothing to read in it: %j', (text) => {
    expect(isReadable(text)).toBe(false);
  });
});
