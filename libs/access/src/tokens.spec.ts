import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, createLocalJWKSet, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { filledTexts, type Failed } from '#kernel/refused';
import { accessFailures, DevelopmentIssuer, Tokens } from './tokens.js';

describe('a token', () => {
  let folder: string;
  let issuer: DevelopmentIssuer;
  let tokens: Tokens;
  const coordinator = { roles: ['regional-coordinator'], region: '19', organisation: 'council-19' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'issuer-'));
    issuer = await DevelopmentIssuer.open(folder);
    tokens = new Tokens(issuer.asIssuer, randomBytes(32));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says who the caller is, under a pseudonym that is always the same and does not show the name', async () => {
    const caller = await tokens.callerOf(`Bearer ${await issuer.token('aino', coordinator, '1h')}`);
    const again = await tokens.callerOf(`bearer ${await issuer.token('aino', { roles: ['provider'] }, '2h')}`);
    const other = await tokens.callerOf(`Bearer ${await issuer.token('eino', coordinator, '1h')}`);
    expect(caller).toMatchObject({ ...coordinator, name: 'digituki-development|aino', id: expect.stringMatching(/^person-[0-9a-f]{32}$/) });
    expect(again?.id).toBe(caller?.id);
    expect(other?.id).not.toBe(caller?.id);
  });

  it('need not be there', async () => {
    expect(await tokens.callerOf(undefined)).toBeUndefined();
  });

  it.each([
    ['of another scheme', { reason: 'not-bearer' }, () => 'Basic YTpi'],
    ['that is none', { reason: 'unreadable' }, () => 'Bearer nonsense'],
    ['that has ended', { reason: 'expired' }, () => signed({ lifetime: '-1s' })],
    ['of another key', { reason: 'signature' }, async () => signed({ by: (await generateKeyPair('EdDSA')).privateKey })],
    ['of a key that there is not', { reason: 'key' }, () => signed({ kid: 'other' })],
    ['that is signed another way', { reason: 'algorithm' }, () => 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
    ['for another audience', { reason: 'claim', claim: 'aud' }, () => signed({ audience: 'other' })],
    ['of a region that there is not', { reason: 'claim', claim: 'region' }, () => signed({ region: '99' })],
    ['of an organisation that is no id', { reason: 'claim', claim: 'organisation' }, () => signed({ organisation: 'Ä' })],
  ])('%s is not accepted, and it is said why in three languages', async (_, details, header) => {
    const failed = await tokens.callerOf(await header()).catch((error: Failed) => error);
    expect(failed).toMatchObject({ code: 'token-invalid', details });
    const told = Object.values(filledTexts(accessFailures['token-invalid'], details));
    expect(new Set(told).size).toBe(3);
    for (const text of told) expect(text).not.toMatch(new RegExp(`[({]${details.reason}`));
  });

  it('without an end or a subject is not accepted', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const own = new Tokens(
      { issuer: 'i', audience: 'a', keys: createLocalJWKSet({ keys: [await exportJWK(publicKey)] }), freshUntil: () => Infinity },
      randomBytes(32),
    );
    const token = new SignJWT({ roles: ['ministry-decider'] }).setProtectedHeader({ alg: 'EdDSA' }).setIssuer('i').setAudience('a');
    await expect(own.callerOf(`Bearer ${await token.sign(privateKey)}`)).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it.each([7, '', ' ', null, ['aino'], { name: 'aino' }])('whose subject is %j is not accepted', async (sub) => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const keys = createLocalJWKSet({ keys: [await exportJWK(publicKey)] });
    const own = new Tokens({ issuer: 'i', audience: 'a', keys, freshUntil: () => Infinity }, randomBytes(32));
    const token = new SignJWT({ sub: sub as string, roles: ['ministry-decider'] })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('i')
      .setAudience('a')
      .setExpirationTime('1h');
    await expect(own.callerOf(`Bearer ${await token.sign(privateKey)}`)).rejects.toMatchObject({ code: 'token-invalid' });
  });

  it('is signed with a key that only the folder’s owner can read, and that is found again', async () => {
    expect(statSync(join(folder, 'development-issuer.json')).mode & 0o777).toBe(0o600);
    const token = await (await DevelopmentIssuer.open(folder)).token('aino', coordinator, '1h');
    expect(await tokens.callerOf(`Bearer ${token}`)).toMatchObject(coordinator);
  });

  /** A header with a token as the issuer makes it, but for what is given. */
  async function signed({
    by,
    kid,
    audience = 'digituki',
    lifetime = '1h',
    ...claims
  }: {
    by?: CryptoKey;
    kid?: string;
    audience?: string;
    lifetime?: string;
    region?: string;
    organisation?: string;
  }): Promise<string> {
    const jwk = JSON.parse(readFileSync(join(folder, 'development-issuer.json'), 'utf8')) as JWK;
    const token = await new SignJWT({ roles: ['ministry-decider'], ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: kid ?? jwk.kid })
      .setIssuer('digituki-development')
      .setAudience(audience)
      .setSubject('x')
      .setExpirationTime(lifetime)
      .sign(by ?? (await importJWK(jwk, 'EdDSA')));
    return `Bearer ${token}`;
  }
});
