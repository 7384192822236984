import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CannotStart } from '#system/settings';
import { serverAt } from './running-server.js';

export interface ExportOptions {
  readonly format: string;
  readonly argument?: readonly string[];
  readonly columns?: string;
  readonly token?: string;
  readonly url?: string;
}

/** Prints a connection of the API as the server exports it, while it comes. */
export async function exportConnection(connection: string, { format, argument = [], columns, token, url }: ExportOptions): Promise<void> {
  const wrong = argument.find((one) => !one.includes('='));
  if (wrong !== undefined) throw new CannotStart(`--argument is no name with its value: «${wrong}». Write region=R19.`);
  const given = new URLSearchParams(argument.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
  if (columns !== undefined) given.set('columns', columns);
  const response = await fetch(`${serverAt(url)}/export/${connection}.${format}?${given}`, {
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
  });
  if (!response.ok || !response.body) throw new CannotStart(`the server answered ${response.status}: ${await response.text()}`);
  await pipeline(Readable.fromWeb(response.body as never), process.stdout, { end: false });
}
