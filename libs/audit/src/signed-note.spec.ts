import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openedCheckpoint, signedCheckpoint } from './checkpoint.js';
import { newSigningKey, signerOf, verifierOf } from './signed-note.js';

describe('a signed note', () => {
  it('is read as the specification’s example is signed', () => {
    const verifier = verifierOf('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    expect(verifier.open(note)).toBe('This is an example message.\n');
  });

  it('is believed with each key made, and with no other, nor with any bit of it changed', () => {
    const signer = signerOf(newSigningKey('register.example/log'));
    const note = signedCheckpoint(signer, 5, Buffer.alloc(32, 7));
    expect(openedCheckpoint(note, verifierOf(signer.verifier.key))).toEqual({
      origin: 'register.example/log',
      size: 5,
      root: Buffer.alloc(32, 7),
    });
    expect(openedCheckpoint(note, signerOf(newSigningKey('register.example/log')).verifier)).toBeUndefined();
    const bytes = Buffer.from(note);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const altered = Buffer.from(bytes);
        altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(openedCheckpoint(altered.toString(), signer.verifier)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it('is believed where others have signed it, too', () => {
    const signer = signerOf(newSigningKey('register.example/log'));
    const witness = signerOf(newSigningKey('witness.example'));
    const text = 'register.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const both = signer.sign(text) + witness.sign(text).slice(text.length + 1);
    for (const { verifier } of [signer, witness]) expect(verifier.open(both)).toBe(text);
    expect(openedCheckpoint(both, signer.verifier)?.size).toBe(0);
    expect(openedCheckpoint(both, witness.verifier)).toBeUndefined();
  });

  it('has keys that say who they are, and never tells one that signs', () => {
    for (const name of ['', 'two words', 'a+b']) expect(() => newSigningKey(name)).toThrow('no name of a log');
    const key = newSigningKey('register.example/log');
    const wrong = key.replace(/.$/, '!');
    expect(() => signerOf(wrong)).toThrow(/^this is no key to sign with$/);
    const otherId = key.replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    expect(() => signerOf(otherId)).toThrow(/id/);
    expect(() => verifierOf(key)).toThrow('no key to verify with');
  });
});
