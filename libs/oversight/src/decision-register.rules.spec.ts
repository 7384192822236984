import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvHead, csvOf, registerFields, type RegisterEntry } from './decision-register.rules.js';

const entry: RegisterEntry = {
  application: 'c--a',
  caseNumber: '=1+1',
  call: 'c',
  region: '19',
  regionFi: 'Lappi',
  regionSv: 'Lappland',
  applicant: 'a',
  outcome: 'granted',
  decidedOn: '2026-11-30',
  language: 'fi',
  returned: 0,
  paid: 0,
  repaid: 0,
  purpose: 'one, "two"\nthree',
  corrections: 0,
  isFinal: false,
};

/** The cells of a line, as any reader of RFC 4180 takes them. */
function cellsOf(text: string): readonly string[] {
  const cells = Array.from(text.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'),
  );
  return cells;
}

describe('the register of decisions', () => {
  it('has nothing that is personal, or for some only', () => {
    for (const field of Object.values(registerFields)) expect([field.publicity, 'personalOf' in field]).toEqual(['public', false]);
  });

  it('has columns that stay where they are', () => {
    expect(csvHead).toBe(
      'application,caseNumber,call,callFi,callSv,region,regionFi,regionSv,applicant,applicantFi,applicantSv,outcome,decidedOn,language,firstGranted,granted,returned,paid,repaid,settled,share,shareOf,eligibleCosts,purpose,useFrom,useTo,corrections,isFinal\r\n',
    );
  });

  it('shows in CSV what a spreadsheet would reckon with as a text', () => {
    const cells = cellsOf(csvOf(entry));
    expect(cells[1]).toBe("'=1+1");
    expect(cells[23]).toBe('one, "two"\nthree');
    for (const formula of ['=1', '+1', '-1', '@x', '\t=1', ' =1', '\u00a0=1', '|x', '\r=1'])
      expect(cellsOf(csvOf({ ...entry, purpose: formula }))[23]).toBe(`'${formula}`);
  });

  it('has as many cells in every line of CSV, whatever a text says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (purpose, caseNumber) => {
        const cells = cellsOf(csvOf({ ...entry, purpose, caseNumber }));
        expect(cells).toHaveLength(Object.keys(registerFields).length);
        expect([purpose, `'${purpose}`]).toContain(cells[23]);
      }),
    );
  });
});
