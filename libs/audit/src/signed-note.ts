import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify, type KeyObject } from 'node:crypto';

/**
 * Signed notes by C2SP (https://c2sp.org/signed-note), with Ed25519 alone: a text, an empty line, and a line for each
 * signature. Keys are texts: `name+id+key` to verify, `PRIVATE+KEY+name+id+key` to sign.
 */

const ed25519 = 1;
const keyBytes = 32;
/** What goes before the 32 bytes of a key in DER (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** No spaces, no plus. */
const namePattern = /^[^\s+]+$/u;

/** Who signs: the name is the log's origin as well. */
export interface Signer {
  readonly name: string;
  readonly verifier: Verifier;
  sign(text: string): string;
}

/** Whose signatures are believed. */
export interface Verifier {
  readonly name: string;
  /** As text, `name+id+key`. */
  readonly key: string;
  /** The text of the note, where it has a signature of this key and it is right; else undefined. */
  open(note: string): string | undefined;
}

/** A new key to sign with. @throws TypeError where the name cannot be one */
export function newSigningKey(name: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(privatePrefix.length);
  return `PRIVATE+KEY+${keyText(name, publicBytes(privateKey), seed)}`;
}

/** @throws TypeError where the text is no key to sign with; never with the text in it */
export function signerOf(text: string): Signer {
  const [, name, id, base64] = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || id === undefined || bytes[0] !== ed25519 || bytes.length !== 1 + keyBytes)
    throw new TypeError('this is no key to sign with');
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, bytes.subarray(1)]), format: 'der', type: 'pkcs8' });
  const verifier = verifierOf(keyText(name, publicBytes(key)));
  if (verifier.key.split('+')[1] !== id) throw new TypeError('the id of the key to sign with is not that of its key');
  const idBytes = Buffer.from(id, 'hex');
  return {
    name,
    verifier,
    sign: (note) => `${note}\n— ${name} ${Buffer.concat([idBytes, sign(null, Buffer.from(note), key)]).toString('base64')}\n`,
  };
}

/** @throws TypeError where the text is no key to verify with */
export function verifierOf(text: string): Verifier {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || bytes[0] !== ed25519 || bytes.length !== 1 + keyBytes || keyId(name, bytes).toString('hex') !== id)
    throw new TypeError(`«${text.trim()}» is no key to verify with`);
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, bytes.subarray(1)]), format: 'der', type: 'spki' });
  return { name, key: text.trim(), open: (note) => opened(note, name, Buffer.from(id, 'hex'), key) };
}

function opened(note: string, name: string, id: Buffer, key: KeyObject): string | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  let isSigned = false;
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, by, base64] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    if (by === undefined || base64 === undefined) return undefined;
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.toString('base64') !== base64) return undefined;
    if (by !== name || !bytes.subarray(0, 4).equals(id)) continue;
    if (!verify(null, Buffer.from(text), key, bytes.subarray(4))) return undefined;
    isSigned = true;
  }
  return isSigned ? text : undefined;
}

function keyText(name: string, publicKey: Buffer, key = publicKey): string {
  if (!namePattern.test(name))
    throw new TypeError(`«${name}» is no name of a log: give one without spaces and plus, such as register.example.fi/log`);
  const id = keyId(name, Buffer.concat([Buffer.of(ed25519), publicKey]));
  return `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(ed25519), key]).toString('base64')}`;
}

function keyId(name: string, publicKey: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), publicKey]), 'buffer').subarray(0, 4);
}

function publicBytes(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);
}
