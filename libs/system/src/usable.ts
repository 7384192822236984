import { CannotStart } from './settings.js';

/** What the clients of servers throw for an address that they cannot use. */
const ofAddress: readonly string[] = ['TypeError', 'MongoParseError', 'MongoInvalidArgumentError', 'MongoRuntimeError'];

/** Opens what stands at an address. @throws CannotStart where waiting for it would not help */
export async function usable<Opened>(named: string, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Error && ofAddress.includes(error.name)) throw new CannotStart(`${named} cannot be used: ${error.message}. Signs in a password other than letters and digits are percent-encoded.`, { cause: error });
    throw error;
  }
}
