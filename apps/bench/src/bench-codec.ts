import { randomBytes } from 'node:crypto';
import { Codec } from '#event-store/codec';
import { eventDefinitions } from '#system/contexts';

/** A codec of all events of the system, whose keys are kept in memory. */
export function benchCodec(): Codec {
  const keys = new Map<string, Buffer>();
  return new Codec(eventDefinitions, {
    keyFor: async (person) => {
      const key = keys.get(person) ?? randomBytes(32);
      keys.set(person, key);
      return key;
    },
    existingKey: async (person) => keys.get(person),
  });
}
