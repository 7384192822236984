import { hash } from 'node:crypto';

/**
 * A UUID made from another and a name: the same again for the same two (version 5 of RFC 9562, with the UUID as namespace).
 * Event ids are made from the command's id and the event's index; a process's and the import's command ids likewise.
 */
export function derivedId(namespace: string, name: string): string {
  const bytes = hash('sha1', Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]), 'buffer').subarray(
    0,
    16,
  );
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
