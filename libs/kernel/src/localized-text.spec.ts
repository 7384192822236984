import { describe, expect, it } from '@jest/globals';
import { inLanguage } from './localized-text.js';

describe('a localized text', () => {
  it.each([
    [['sv', 'en'], { fi: 'a', sv: 'b', en: 'c' }, 'b', 'sv'],
    [['sv', 'en'], { fi: 'a', en: 'c' }, 'c', 'en'],
    [['en'], { fi: 'a', sv: 'b' }, 'a', 'fi'],
    [[], { sv: 'b', en: 'c' }, 'b', 'sv'],
    [[], { fi: 'a', sv: 'b', original: ['sv'] }, 'b', 'sv'],
    [['en'], { fi: 'a', sv: 'b', en: 'c', original: ['sv'] }, 'c', 'en'],
  ] as const)('wanted in %j of %j is answered «%s» in %s, and says so', (wanted, text, expected, language) => {
    expect(inLanguage(text, wanted)).toEqual({ text: expected, language });
  });
});
