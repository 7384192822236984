import { describe, expect, it } from '@jest/globals';
import { field, optional, personal } from '#kernel/event-schema';
import { CentsNumber, DayText, InstantText, Localized, Region, YesNo } from '#kernel/schemas';
import { roleNames } from '#access/role-names';
import { sentenceOf } from './sentence.js';

const named = (en: string) => ({ fi: `${en} fi`, sv: `${en} sv`, en });
const description = { fi: 'Päätös tehtiin', sv: 'Ett beslut fattades', en: 'A decision was taken' };
const actor = { id: 'person-1', role: 'ministry-decider', organisation: 'ministry' };

describe('the sentence of an event', () => {
  it('says who did what, with its first fields as people write them', () => {
    const fields = {
      amount: field(CentsNumber, named('Amount')),
      by: field(DayText, named('By')),
      at: field(InstantText, named('At')),
      region: field(Region, named('Region')),
      late: field(YesNo, named('Late')),
    };
    const data = { amount: 6_500_050, by: '2026-03-01', at: '2026-03-01T10:05:00.000Z', region: '19', late: true };
    expect(sentenceOf({ description, fields, data, actor })).toEqual({
      fi: 'Ratkaisija, ministry: Päätös tehtiin. Amount fi: 65 000,50 €; By fi: 1.3.2026; At fi: 1.3.2026 12.05; Region fi: Lappi.'.replaceAll(
        '65 ',
        '65\u00a0',
      ),
      sv: 'Beslutsfattaren, ministry: Ett beslut fattades. Amount sv: 65 000,50 €; By sv: 1.3.2026; At sv: 1.3.2026 12.05; Region sv: Lappland.'.replaceAll(
        '65 ',
        '65\u00a0',
      ),
      en: 'The decider, ministry: A decision was taken. Amount: 65,000.50 €; By: 1.3.2026; At: 1.3.2026 12.05; Region: Lapland.',
    });
  });

  it('names no person, and leaves out what is not there', () => {
    const fields = {
      name: personal('who', named('Name')),
      who: field(DayText, named('Who')),
      text: optional(Localized, named('Text')),
      title: field(Localized, named('Title')),
    };
    const data = { name: 'Aino Esimerkki', who: 'person-1', title: { fi: 'Otsikko' } };
    expect(sentenceOf({ description, fields, data, actor }).sv).toBe('Beslutsfattaren, ministry: Ett beslut fattades. Title sv: Otsikko.');
  });

  it('ends with why a rule refused', () => {
    const text = { fi: 'Enintään {most:euros} €.', sv: 'Högst {most:euros} €.', en: '{most:euros} € at most.' };
    const told = { description, fields: {}, data: {}, actor: { id: 'x', role: 'none' }, because: { text, details: { most: 1_000 } } };
    expect(sentenceOf(told).en).toBe('Somebody without a role for it: A decision was taken. 10.00 € at most.');
  });

  it('has a name for every role, in three languages', () => {
    for (const { fi, sv, en } of Object.values(roleNames)) expect([fi, sv, en].every((name) => name.length > 3)).toBe(true);
  });
});
