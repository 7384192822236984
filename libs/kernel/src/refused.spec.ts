import { describe, expect, it } from '@jest/globals';
import { filledText, toldDetails } from './refused.js';

describe('the text of an error', () => {
  it('names codes by their terms in its language, and leaves alone what has none', () => {
    const terms = { missing: { budget: { fi: 'talousarvio', sv: 'budget', en: 'budget' } } };
    expect(filledText('Puuttuu: {missing}. Haku {call}.', { missing: ['budget', 'other'], call: 'budget' }, 'fi', terms)).toBe(
      'Puuttuu: talousarvio, other. Haku budget.',
    );
  });

  it('takes no name that every object has for a term or a detail', () => {
    const terms = { missing: { budget: { fi: 'talousarvio', sv: 'budget', en: 'budget' } } };
    expect(filledText('{missing} {constructor}', { missing: 'constructor' }, 'fi', terms)).toBe('constructor {constructor}');
  });

  it('gives cents as euros, exact to the cent', () => {
    expect(filledText('{amount:euros} euroa', { amount: 70_001 }, 'fi')).toBe('700,01 euroa');
    expect(filledText('{amount:euros} euro', { amount: '9007199254740992' }, 'sv')).toBe('90\u00a0071\u00a0992\u00a0547\u00a0409,92 euro');
    expect(filledText('{amount:euros} euros', { amount: 5 }, 'en')).toBe('0.05 euros');
  });

  it('has its amounts as texts in its details, however they were given, and all else as it is', () => {
    const text = { fi: '{paid:euros} {count}', sv: '{paid:euros} {count}', en: '{paid:euros} {count}' };
    expect(toldDetails({ paid: 70_000, count: 3 }, text)).toEqual({ paid: '70000', count: 3 });
    expect(toldDetails({ paid: '9007199254740993', count: 3 }, text)).toEqual({ paid: '9007199254740993', count: 3 });
  });

  it('gives a day as people write it', () => {
    expect(filledText('{due}', { due: '2019-10-05' }, 'fi')).toBe('5.10.2019');
  });

  it('writes no brackets around a list that has nothing in it', () => {
    expect(filledText('Nyt {n} ({changes}).', { n: 1, changes: [] }, 'fi')).toBe('Nyt 1.');
    expect(filledText('Nyt {n} ({changes}).', { n: 1, changes: ['a', 'b'] }, 'fi')).toBe('Nyt 1 (a, b).');
  });

  it('shows the name of a detail that is missing', () => {
    expect(filledText('{due} {amount:euros}', {}, 'fi')).toBe('{due} {amount:euros}');
  });
});
