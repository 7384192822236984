import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { ProviderKeys } from './provider-keys.js';
import { Tokens } from './tokens.js';

describe('the keys of an identity provider', () => {
  let provider: Server;
  let address: URL;
  let published: JWK[] = [];
  let asked = 0;
  let isDown = false;
  let [first, second]: { jwk: JWK; key: CryptoKey }[] = [];

  const made = async (kid: string) => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' }, key: privateKey };
  };
  const token = (one: { jwk: JWK; key: CryptoKey } | undefined, subject = 'aino') =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: one?.jwk.kid ?? '' })
      .setIssuer('i')
      .setAudience('a')
      .setSubject(subject)
      .setExpirationTime('1h')
      .sign(one?.key as CryptoKey)
      .then((signed) => `Bearer ${signed}`);
  /** Tokens, and the provider's time, which passes only when it is told to. */
  const begun = () => {
    const time = { now: Date.now() };
    const keys = new ProviderKeys(address, () => time.now);
    const issuer = { issuer: 'i', audience: 'a', keys: keys.keyOf.bind(keys), freshUntil: () => keys.freshUntil };
    return { time, tokens: new Tokens(issuer, randomBytes(32), () => time.now) };
  };

  beforeAll(async () => {
    [first, second] = [await made('first'), await made('second')];
    provider = createServer((_, response) => {
      asked += 1;
      response.writeHead(isDown ? 503 : 200).end(JSON.stringify({ keys: published }));
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    address = new URL(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks`);
  });
  beforeEach(() => {
    [published, asked, isDown] = [[first?.jwk as JWK], 0, false];
  });
  afterAll(() => void provider.close());

  it('are fetched once for many tokens', async () => {
    const { tokens } = begun();
    await Promise.all(Array.from({ length: 20 }, async (_, n) => tokens.callerOf(await token(first, `person-${n}`))));
    expect(asked).toBe(1);
  });

  it('are looked at again when a token names a new one: it is accepted at once', async () => {
    const { tokens, time } = begun();
    await tokens.callerOf(await token(first));
    published = [first?.jwk as JWK, second?.jwk as JWK];
    time.now += 1_000;
    expect(await tokens.callerOf(await token(second))).toBeDefined();
    expect(asked).toBe(2);
  });

  it('are fetched no more often than each second, whatever tokens come', async () => {
    const { tokens } = begun();
    await tokens.callerOf(await token(first));
    const start = performance.now();
    const forged = await Promise.allSettled(
      Array.from({ length: 50 }, async (_, n) =>
        tokens.callerOf(await token({ ...(second as NonNullable<typeof second>), jwk: { kid: `made-up-${n}` } })),
      ),
    );
    expect(forged.map((one) => (one as PromiseRejectedResult).reason as unknown)).toEqual(
      forged.map(() => expect.objectContaining({ code: 'token-invalid' })),
    );
    expect([asked, performance.now() - start > 900]).toEqual([2, true]);
  });

  it('that were withdrawn are not accepted any more after a minute, neither for a token that was seen before', async () => {
    const { tokens, time } = begun();
    const seen = await token(first);
    await tokens.callerOf(seen);
    published = [second?.jwk as JWK];
    time.now += 59_999;
    expect(await tokens.callerOf(seen)).toBeDefined();
    time.now += 1;
    for (const one of [seen, await token(first, 'eino')])
      await expect(tokens.callerOf(one)).rejects.toMatchObject({ code: 'token-invalid' });
    expect(await tokens.callerOf(await token(second))).toBeDefined();
  });

  it('do for a while when the provider cannot be reached, and not for ever', async () => {
    const { tokens, time } = begun();
    await tokens.callerOf(await token(first));
    isDown = true;
    time.now += 9 * 60_000;
    expect(await tokens.callerOf(await token(first, 'eino'))).toBeDefined();
    time.now += 2 * 60_000;
    await expect(tokens.callerOf(await token(first, 'toivo'))).rejects.toMatchObject({ code: 'identity-provider-unavailable' });
    isDown = false;
    time.now += 1_000;
    expect(await tokens.callerOf(await token(first, 'toivo'))).toBeDefined();
  });
});
