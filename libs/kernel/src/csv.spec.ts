import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvFault, csvLine, csvRows } from './csv.js';

describe('comma-separated values', () => {
  it('are read as they were written, whatever is in them', () => {
    const field = fc.string({
      unit: fc.constantFrom('a', 'ä', '"', ',', ';', '\n', '\r\n', ' ', '=', '+', '-', '@', "'", '1', '👋', '\u202E'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const told = rows.filter((row) => row.some((one) => one.trim() !== ''));
        // The first line says what separates fields.
        const text = csvLine(['a', 'b', 'c', 'd', 'e', 'f', 'g']) + rows.map(csvLine).join('');
        expect(
          csvRows(text)
            .slice(1)
            .map(({ fields }) => fields),
        ).toEqual(told);
      }),
    );
  });

  it('take no text for a formula where a spreadsheet opens them', () => {
    expect(csvLine(['=HYPERLINK("x")', '+358', -5, '-5', '@a', "'quoted", 'a'])).toBe(
      `"'=HYPERLINK(""x"")",'+358,-5,'-5,'@a,''quoted,a\r\n`,
    );
    fc.assert(fc.property(fc.string(), (text) => !/^"?[=+@\t\r]/.test(csvLine([text]).replace(/\r\n$/, ''))));
  });

  it('may be separated by semicolons, begin with a byte order mark, and have empty lines', () => {
    expect(csvRows('\uFEFFa;b\r\n\r\n"x\ny";2,5\r\n;\r\nz;')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 3, fields: ['x\ny', '2,5'] },
      { line: 6, fields: ['z', ''] },
    ]);
  });

  it('say on which line quotes do not fit', () => {
    for (const text of ['a,b\n"x,y', 'a,b\n"x"y,z']) expect(() => csvRows(text)).toThrow(new CsvFault(2));
  });
});
