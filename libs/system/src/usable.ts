import { isAccessRefused } from '#engines/outage';
import { entry } from '#kernel/keyed';
import { CodedError } from '#kernel/refused';
import type { EngineName } from './engine-watch.js';
import { CannotStart, type Settings } from './settings.js';

/** How operators name an engine, and who uses it. */
interface EngineSetting {
  readonly engine: EngineName;
  readonly setting: string;
  readonly address: keyof Settings;
  readonly user: string;
}

const inDatabase =
  'The user has the role readWrite on the database, and authSource names the database in which it was made, where that is another one.';
const log: EngineSetting = {
  engine: 'log',
  setting: 'EVENTSTORE_URL',
  address: 'logUrl',
  user: 'The user reads and writes the whole log: it is a member of $admins.',
};

/** The engine that each failure is of. */
const settings: Readonly<Record<string, EngineSetting>> = {
  'log-unavailable': log,
  'log-uncertain': log,
  'receipt-unavailable': log,
  'views-unavailable': { engine: 'views', setting: 'MONGODB_URL', address: 'viewsUrl', user: inDatabase },
  'keys-unavailable': { engine: 'keys', setting: 'KEYS_URL', address: 'keysUrl', user: inDatabase },
};

/** Which engine cannot be reached; undefined for any other error. */
export function engineOf(error: unknown): EngineSetting | undefined {
  return error instanceof CodedError ? entry(settings, error.code) : undefined;
}

/** Why waiting for an engine would not help: it is there, and does not let the user in that its setting names. */
export function refusedBy(error: unknown): CannotStart | undefined {
  const found = isAccessRefused(error) ? engineOf(error) : undefined;
  return (
    found &&
    new CannotStart(
      `${found.setting} is refused by its server: the user is missing or unknown, the password is wrong, or the user may not do what is needed. ${found.user}`,
      { cause: error },
    )
  );
}

/** What the clients of servers throw for an address that they cannot use. */
const ofAddress: readonly string[] = [
  'TypeError',
  'MongoParseError',
  'MongoInvalidArgumentError',
  'MongoMissingCredentialsError',
  'MongoRuntimeError',
];

/** Opens what stands at an address. @throws CannotStart where waiting for it would not help */
export async function usable<Opened>(named: string, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Error && ofAddress.includes(error.name))
      throw new CannotStart(
        `${named} cannot be used: ${error.message}. Signs in a password other than letters and digits are percent-encoded.`,
        { cause: error },
      );
    throw error;
  }
}
