import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ibanOf, isIban, spelledIban } from './iban.js';

/** As the standard and the banks' guides give them. */
const examples = [
  'FI2112345600000785',
  'FI1410093000123458',
  'SE3550000000054910000003',
  'GB82WEST12345698765432',
  'DE89370400440532013000',
];

describe('an IBAN', () => {
  it('is right by its check digits', () => {
    for (const iban of examples) expect([iban, isIban(iban)]).toEqual([iban, true]);
    expect(isIban(spelledIban('fi21 1234 5600 0007 85'))).toBe(true);
  });

  it('is wrong with any one sign changed, and with any two neighbours that differ exchanged', () => {
    const iban = fc.constantFrom(...examples);
    fc.assert(
      fc.property(iban, fc.nat(), fc.constantFrom(...'0123456789'), (text, at, digit) => {
        const index = 2 + (at % (text.length - 2));
        const changed = text.slice(0, index) + digit + text.slice(index + 1);
        expect(isIban(changed)).toBe(changed === text);
      }),
    );
    fc.assert(
      fc.property(iban, fc.nat(), (text, at) => {
        const index = 4 + (at % (text.length - 5));
        const changed = text.slice(0, index) + text[index + 1] + text[index] + text.slice(index + 2);
        expect(isIban(changed)).toBe(changed === text);
      }),
    );
  });

  it('is made of a country and an account', () => {
    for (const iban of examples) expect(ibanOf(iban.slice(0, 2), iban.slice(4))).toBe(iban);
  });

  it('is nothing of another form', () => {
    for (const text of [
      '',
      'FI',
      'FI21',
      'FI21123456000007',
      'FI211234560000078500',
      '12FI345600000785',
      'FI21123456000007ä5',
      'fi2112345600000785',
    ])
      expect([text, isIban(text)]).toEqual([text, false]);
  });
});
