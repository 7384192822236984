/** A row of a file of comma-separated values (RFC 4180), and the line on which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The text is no such file: a quote that is not closed, or that stands in the middle of a field. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';

  constructor(readonly line: number) {
    super(`the quotes of line ${line} do not fit`);
  }
}

/** What makes a spreadsheet take a text for a formula. */
const formula = /^[\s\u00a0]*[=+\-@|%\t\r]/;

/**
 * The rows of the text, empty lines left out. Fields are separated by the commas or the semicolons that its first line has
 * more of: spreadsheets write semicolons where a comma stands in numbers. @throws CsvFault
 */
export function csvRows(text: string): readonly CsvRow[] {
  const body = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(body);
  const rows: CsvRow[] = [];
  let [line, begins, at] = [1, 1, 0];
  let fields: string[] = [];
  const ends = (from: number) => {
    const next = body.slice(from).search(separator === ';' ? /[;\r\n]/ : /[,\r\n]/);
    return next === -1 ? body.length : from + next;
  };
  while (at <= body.length) {
    let field: string;
    if (body[at] === '"') {
      const quoted = quotedFrom(body, at);
      if (!quoted) throw new CsvFault(line);
      field = quoted.field;
      line += field.split('\n').length - 1;
      at = quoted.end;
      if (at < body.length && ![separator, '\r', '\n'].includes(body[at] as string)) throw new CsvFault(line);
    } else {
      const end = ends(at);
      field = body.slice(at, end);
      at = end;
    }
    fields.push(plainOf(field));
    if (body[at] === separator) {
      at += 1;
      continue;
    }
    if (fields.some((one) => one.trim() !== '')) rows.push({ line: begins, fields });
    fields = [];
    at += body.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    begins = line;
  }
  return rows;
}

/** A row as it is written, with its line's end. A number stays one; a text that a spreadsheet would take for a formula gets an apostrophe in front, which `csvRows` takes away. */
export function csvLine(fields: readonly (string | number)[]): string {
  return `${fields.map(written).join(',')}\r\n`;
}

function written(field: string | number): string {
  if (typeof field === 'number') return String(field);
  const safe = isFormula(field) || field.startsWith("'") ? `'${field}` : field;
  return /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function plainOf(field: string): string {
  const rest = field.slice(1);
  return field.startsWith("'") && (isFormula(rest) || rest.startsWith("'")) ? rest : field;
}

function isFormula(field: string): boolean {
  return formula.test(field);
}

function separatorOf(body: string): ',' | ';' {
  const [first = ''] = body.split('\n', 1);
  return first.split(';').length > first.split(',').length ? ';' : ',';
}

function quotedFrom(body: string, start: number): { readonly field: string; readonly end: number } | undefined {
  for (let at = body.indexOf('"', start + 1); at !== -1; at = body.indexOf('"', at + 2))
    if (body[at + 1] !== '"') return { field: body.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 };
  return undefined;
}
