import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** SHA-256 over the canonical JSON of the content, in hexadecimal digits. What is personal is left out, or sealed, before it is hashed. */
export function contentHash(content: object): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
