import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askedBeyond, contentAsked } from './asked.js';

const names = fc.constantFrom('amount', 'grounds', 'signatory', 'person', 'parts', '__proto__', 'constructor');
const value = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.array(fc.string()), fc.record({ text: fc.string() }));
const record = fc.dictionary(names, value, { noNullPrototype: true });

describe('what a command asked for beyond its events', () => {
  it('gives back its whole content with them, whatever both say', () => {
    fc.assert(
      fc.property(record, record, fc.array(fc.string({ minLength: 1 })), (content, data, personal) => {
        const told = [{ data, personal }];
        const asked = askedBeyond(content, told, { personal: [] });
        expect(asked && contentAsked(asked, told)).toEqual(content);
      }),
    );
  });

  it('says a personal text by its place in the events, and leaves out one that no event took', () => {
    const content = { signatoryName: 'Aino Esimerkki', deciderName: 'Eero Esimerkki', grant: 'c--19' };
    const told = [
      { data: { person: 'p' }, personal: ['Somebody'] },
      { data: {}, personal: ['Aino Esimerkki'] },
    ];
    const asked = askedBeyond(content, told, { personal: ['signatoryName', 'deciderName'] });
    expect(asked).toEqual({ given: { grant: 'c--19' }, personal: { signatoryName: 1 } });
  });

  it('is not kept where it is longer than an append can take', () => {
    expect(askedBeyond({ text: 'x'.repeat(300_000) }, [{ data: {}, personal: [] }], { personal: [] })).toBeUndefined();
  });
});
