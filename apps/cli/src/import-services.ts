import { readFileSync } from 'node:fs';
import { CsvFault, csvLine, csvRows, type CsvRow } from '#kernel/csv';
import { mostServices, serviceFileTemplate } from '#services/service-file.rules';
import { CannotStart } from '#system/settings';
import { print } from './print.js';
import { askServer, serverAt } from './running-server.js';

export interface ImportServicesOptions {
  readonly organisation?: string;
  readonly token?: string;
  readonly url?: string;
  readonly template?: boolean;
}

interface Line {
  readonly line: number;
  readonly service: string;
  readonly code: string | null;
  readonly message: string | null;
}

interface Offered {
  readonly offerServices: {
    readonly recorded: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly lines: readonly Line[];
  };
}

const mutation = `mutation Offer($organisation: Key!, $file: String!) {
  offerServices(organisation: $organisation, file: $file) { recorded unchanged failed lines { line service code message } }
}`;

/** Offers the services of a file, or prints a file to fill in. What fails is told by its line; run again, nothing is done twice. */
export async function importServices(
  file: string | undefined,
  { organisation, token, url, template }: ImportServicesOptions,
): Promise<void> {
  if (template) return void process.stdout.write(serviceFileTemplate());
  if (file === undefined) throw new CannotStart('Name the file, or ask for one to fill in with --template.');
  if (organisation === undefined || token === undefined)
    throw new CannotStart('--organisation and --token are missing: a provider offers the services of its own organisation.');
  const server = serverAt(url);
  const counts = { recorded: 0, unchanged: 0, failed: 0 };
  for (const part of partsOf(readText(file))) {
    const { offerServices } = await askServer<Offered>(server, token, mutation, { organisation, file: part.text });
    for (const { line, service, code, message } of offerServices.lines)
      if (code !== null) print(`line ${part.lines[line - 2]?.line ?? line}, ${service}: ${message} (${code})`);
    counts.recorded += offerServices.recorded;
    counts.unchanged += offerServices.unchanged;
    counts.failed += offerServices.failed;
  }
  print(`recorded ${counts.recorded}, unchanged ${counts.unchanged}, failed ${counts.failed}`);
  if (counts.failed > 0) process.exitCode = 1;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotStart(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
}

/** The file in parts that the server takes, each with its columns; and the rows of each, a row a line. */
function partsOf(text: string): readonly { readonly text: string; readonly lines: readonly CsvRow[] }[] {
  const [header, ...rows] = rowsOf(text);
  if (!header) throw new CannotStart('The file is empty: begin with the one that --template prints.');
  const oneLine = ({ fields }: CsvRow) => csvLine(fields.map((field) => field.replaceAll(/\r?\n/g, ' ')));
  const parts = [];
  for (let from = 0; from === 0 || from < rows.length; from += mostServices) {
    const lines = rows.slice(from, from + mostServices);
    parts.push({ text: [header, ...lines].map(oneLine).join(''), lines });
  }
  return parts;
}

function rowsOf(text: string): readonly CsvRow[] {
  try {
    return csvRows(text);
  } catch (error) {
    if (error instanceof CsvFault)
      throw new CannotStart(`The quotes of line ${error.line} do not fit: save the file as CSV (UTF-8).`, { cause: error });
    throw error;
  }
}
