import { CsvFault, csvLine, csvRows, type CsvRow } from '#kernel/csv';
import { repeated } from '#kernel/keyed';
import { refuse } from './provider.refusals.js';
import { weekdays } from './service-content.events.js';

/** The most services that one file may have. */
export const mostServices = 500;

/** A line of a file of services: what it says, as a command's input, or what is wrong with how it is written. */
export interface ServiceLine {
  readonly line: number;
  readonly service: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** The column that cannot be read. */
  readonly unreadable?: string;
}

type Read = (text: string) => unknown;

const asText: Read = (text) => text;
/** Codes are written as they are stored, `service-point`, or as the API has them, `SERVICE_POINT`. */
const asCode: Read = (text) => text.toLowerCase().replaceAll('_', '-');
const asList: Read = (text) =>
  text
    .split(/[\s,;|]+/)
    .filter(Boolean)
    .map(asCode);
const asCents: Read = (text) => (/^\d+$/.test(text) ? Number(text) : undefined);

const span = /^(\d{1,2}[:.]\d{2})\s*[-–]\s*(\d{1,2}[:.]\d{2})$/;

/** `mon-fri 09:00-16:00, sat 10:00-14:00` */
const asHours: Read = (text) => {
  const parts = text.split(',').map((part) => /^([a-z]{3})[a-z]*(?:\s*[-–]\s*([a-z]{3})[a-z]*)?\s+(\S.*)$/i.exec(part.trim()));
  const hours = parts.flatMap((part) => {
    const days = part && daysOf(part[1] as string, part[2]);
    const open = part && spanOf(part[3] as string);
    return days && open ? days.map((weekday) => ({ weekday, ...open })) : [undefined];
  });
  return hours.includes(undefined) ? undefined : hours;
};

/** `2025-12-23 09:00-12:00, 2025-12-24 closed` */
const asExceptions: Read = (text) => {
  const days = new Map<string, object[]>();
  for (const part of text.split(',')) {
    const [, on, what] = /^(\d{4}-\d{2}-\d{2})\s+(\S.*)$/.exec(part.trim()) ?? [];
    const open = what === undefined || what === 'closed' ? undefined : spanOf(what);
    if (on === undefined || (what !== 'closed' && !open)) return undefined;
    days.set(on, [...(days.get(on) ?? []), ...(open ? [open] : [])]);
  }
  return [...days].map(([on, hours]) => ({ on, hours }));
};

/** The columns of the file in their order: where in the input each stands, and how it is read. */
const columns: readonly (readonly [name: string, path: string, read: Read, example: string])[] = [
  ['service', 'service', asText, 'library-point'],
  ['name_fi', 'names.fi', asText, 'Digitukipiste (esimerkki)'],
  ['name_sv', 'names.sv', asText, 'Digitalt stöd (exempel)'],
  ['name_en', 'names.en', asText, ''],
  ['description_fi', 'description.fi', asText, ''],
  ['description_sv', 'description.sv', asText, ''],
  ['description_en', 'description.en', asText, ''],
  ['kind', 'kind', asCode, 'service-point'],
  ['contents', 'contents', asList, 'services devices'],
  ['languages', 'languages', asList, 'fi sv'],
  ['audiences', 'audiences', asList, 'everyone'],
  ['municipalities', 'municipalities', asList, '091 049'],
  ['place_municipality', 'place.municipality', asText, '091'],
  ['place_address', 'place.address', asText, 'Esimerkkikatu 1, 00100 Helsinki'],
  ['hours', 'hours', asHours, 'mon-fri 09:00-16:00, sat 10:00-14:00'],
  ['exceptions', 'exceptions', asExceptions, '2025-12-23 09:00-12:00, 2025-12-24 closed'],
  ['phone', 'phone', asText, ''],
  ['address', 'address', asText, 'https://example.fi/digituki'],
  ['price_cents', 'price', asCents, '0'],
  ['accessibility', 'accessibility', asList, 'step-free'],
  ['origin', 'origin', asCode, 'existing'],
  ['effective_at', 'effectiveAt', asText, '2025-03-01'],
];
/** What a service has even where its line says nothing of it. */
const lists = ['contents', 'languages', 'audiences', 'municipalities', 'hours', 'exceptions', 'accessibility'];

/** A file to fill in: the columns, and a line that is an example. */
export function serviceFileTemplate(): string {
  return csvLine(columns.map(([name]) => name)) + csvLine(columns.map(([, , , example]) => example));
}

/** The services of a file, line by line. @throws Refused where the file as a whole cannot be read */
export function servicesOfFile(text: string): readonly ServiceLine[] {
  const [header, ...rows] = rowsOf(text);
  const names = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const unknown = names.filter((name) => !columns.some(([known]) => known === name));
  if (unknown.length > 0) throw refuse('services-file-columns-unknown', { unknown, known: columns.map(([name]) => name) });
  const twice = repeated(names);
  if (twice !== undefined) throw refuse('services-file-column-twice', { column: twice });
  const missing = ['service', 'kind'].filter((name) => !names.includes(name));
  if (missing.length > 0) throw refuse('services-file-columns-missing', { missing });
  if (rows.length > mostServices) throw refuse('services-file-too-long', { lines: rows.length, most: mostServices });
  return rows.map((row) => lineOf(row, names));
}

/** What the line offers. @throws Refused where it cannot be read, or its service is among those seen before, to which it is added */
export function readLine({ service, input, unreadable }: ServiceLine, seen: Set<string>): Readonly<Record<string, unknown>> {
  if (seen.has(service)) throw refuse('services-file-service-twice', { service });
  seen.add(service);
  if (!input) throw refuse('services-file-unreadable', { column: unreadable ?? service });
  return input;
}

function rowsOf(text: string): readonly CsvRow[] {
  try {
    return csvRows(text);
  } catch (error) {
    if (error instanceof CsvFault) throw refuse('services-file-quotes', { line: error.line });
    throw error;
  }
}

function lineOf({ line, fields }: CsvRow, names: readonly string[]): ServiceLine {
  const service = (fields[names.indexOf('service')] ?? '').trim();
  if (fields.slice(names.length).some((more) => more.trim() !== '')) return { line, service, unreadable: fields[names.length] ?? '' };
  const input = new Map<string, unknown>(lists.map((name) => [name, []]));
  for (const [name, path, read] of columns) {
    const text = (fields[names.indexOf(name)] ?? '').trim();
    if (text === '') continue;
    const value = read(text);
    if (value === undefined) return { line, service, unreadable: name };
    const [outer, inner] = path.split('.') as [string, string?];
    input.set(outer, inner === undefined ? value : { ...(input.get(outer) as object | undefined), [inner]: value });
  }
  return { line, service, input: Object.fromEntries(input) };
}

function daysOf(from: string, to = from): readonly string[] | undefined {
  const [first, last] = [from, to].map((name) => weekdays.findIndex((day) => day.startsWith(name.toLowerCase()))) as [number, number];
  return first === -1 || last < first ? undefined : weekdays.slice(first, last + 1);
}

function spanOf(text: string): { readonly opens: string; readonly closes: string } | undefined {
  const [, opens, closes] = span.exec(text.trim()) ?? [];
  const clock = (time: string) => time.replace('.', ':').padStart(5, '0');
  return opens === undefined || closes === undefined ? undefined : { opens: clock(opens), closes: clock(closes) };
}
