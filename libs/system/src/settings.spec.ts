import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { readSettings } from './settings.js';

const key = randomBytes(32).toString('base64');
const oidc = { OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'digituki', OIDC_JWKS_URI: 'https://login.example/jwks' };

describe('the settings', () => {
  it('need none in development', () => {
    expect(readSettings({})).toEqual({
      isProduction: false,
      dataFolder: resolve('data'),
      host: '127.0.0.1',
      port: 3_000,
      masterKey: undefined,
      identityProvider: undefined,
      importsPublicRecord: true,
      scanSeconds: 60,
      scanMegabytes: 512,
    });
  });

  it('take a key and an identity provider in production, and nothing made for development', () => {
    expect(readSettings({ NODE_ENV: 'production', DIGITUKI_MASTER_KEY: key, ...oidc })).toMatchObject({ isProduction: true, identityProvider: { audience: 'digituki' } });
    expect(() => readSettings({ NODE_ENV: 'production', ...oidc })).toThrow(/^DIGITUKI_MASTER_KEY is not set/);
    expect(() => readSettings({ NODE_ENV: 'production', DIGITUKI_MASTER_KEY: key })).toThrow(/^OIDC_ISSUER is not set/);
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: '' }],
    ['DIGITUKI_MASTER_KEY', { DIGITUKI_MASTER_KEY: 'c2hvcnQ=' }],
    ['OIDC_AUDIENCE and OIDC_JWKS_URI', { OIDC_ISSUER: 'https://login.example' }],
    ['OIDC_JWKS_URI', { ...oidc, OIDC_JWKS_URI: 'keys' }],
    ['IMPORT_PUBLIC_RECORD', { IMPORT_PUBLIC_RECORD: 'yes' }],
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'esdb://localhost' }],
    ['MONGODB_URL', { MONGODB_URL: 'mongodb://localhost' }],
  ])('are refused by name where one is wrong: %s in %j', (name, environment) => {
    expect(() => readSettings(environment)).toThrow(new RegExp(`^${name} `));
  });
});
