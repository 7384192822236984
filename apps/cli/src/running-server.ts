import { DataFolder } from '#system/data-folder';
import { CannotStart, readSettings } from '#system/settings';

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The address of the server that is named, else of the one that runs on the data folder. @throws CannotStart where none does */
export function serverAt(url: string | undefined): string {
  const server = url ?? new DataFolder(readSettings(process.env).dataFolder).running()?.url;
  if (server === undefined) throw new CannotStart('No server runs on the data folder: start it (npm start), or name one with --url.');
  return server;
}

/** What the server answers to a GraphQL request. @throws CannotStart with what it says where it cannot */
export async function askServer<Data>(server: string, token: string | undefined, query: string, variables: object): Promise<Data> {
  let response;
  try {
    response = await fetch(`${server}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
  } catch (error) {
    throw new CannotStart(`${server} does not answer (${String((error as Error).cause ?? error)}).`, { cause: error });
  }
  const { data, errors = [] } = (await response.json()) as Answer<Data>;
  if (errors.length > 0 || !data)
    throw new CannotStart(errors.map(({ message }) => message).join('\n') || `${server} answered ${response.status}.`);
  return data;
}
