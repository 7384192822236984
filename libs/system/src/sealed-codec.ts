import { Codec, type PersonKeys } from '#event-store/codec';
import { eventDefinitions } from './contexts.js';

/** Events are read and none written: personal texts stay sealed. */
const noKeys: PersonKeys = {
  keyFor: () => Promise.reject(new TypeError('without keys nothing is sealed')),
  existingKey: () => Promise.resolve(undefined),
};

/** Reads all events, and opens no sealed text. */
export function sealedCodec(): Codec {
  return new Codec(eventDefinitions, noKeys);
}
