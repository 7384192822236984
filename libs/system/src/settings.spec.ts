import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { newSigningKey, signerOf } from '#audit/signed-note';
import { readSettings } from './settings.js';

const key = randomBytes(32).toString('base64');
const auditKey = newSigningKey('register.example/log');
const oidc = { OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'digituki', OIDC_JWKS_URI: 'https://login.example/jwks' };

describe('the settings', () => {
  it('need none in development', () => {
    expect(readSettings({})).toEqual({
      isProduction: false,
      logUrl: undefined,
      viewsUrl: undefined,
      keysUrl: undefined,
      engineTimeoutSeconds: 5,
      runsProjections: true,
      leaseSeconds: 10,
      dataFolder: resolve('data'),
      host: '127.0.0.1',
      port: 3_000,
      masterKey: undefined,
      identityProvider: undefined,
      audit: {
        signingKey: undefined,
        witnesses: [],
        folder: undefined,
        checkpointSeconds: 10,
        verifyHours: 24,
        holdSeconds: 10,
        writesToAltered: false,
      },
      importsPublicRecord: true,
      scanSeconds: 60,
      readsKeptDays: 730,
      scanMegabytes: 1_024,
      mail: undefined,
      subscriptions: { connections: 2_000, connectionsOfOne: 100, subscriptions: 20, waitingEvents: 1_000, waitingBytes: 2_000_000 },
      limits: { requestsPerSecond: 100, costPerSecond: 100_000, proxies: [] },
      cachedAnswerBytes: 16_777_216,
      requestSeconds: 30,
      origins: [],
      logLevel: 'info',
      servesMetrics: true,
      sendsTraces: false,
    });
  });

  it('take a key and an identity provider in production, and nothing that is made for development or kept where nothing lasts', () => {
    expect(readSettings({ NODE_ENV: 'production', DIGITUKI_MASTER_KEY: key, AUDIT_KEY: auditKey, ...oidc })).toMatchObject({
      isProduction: true,
      identityProvider: { audience: 'digituki' },
    });
    expect(() => readSettings({ NODE_ENV: 'production', ...oidc })).toThrow(/^DIGITUKI_MASTER_KEY is not set/);
    expect(() => readSettings({ NODE_ENV: 'production', DIGITUKI_MASTER_KEY: key })).toThrow(/^OIDC_ISSUER is not set/);
    const servers = {
      NODE_ENV: 'production',
      DIGITUKI_MASTER_KEY: key,
      AUDIT_KEY: auditKey,
      ...oidc,
      EVENTSTORE_URL: 'esdb://localhost',
      MONGODB_URL: 'mongodb://localhost',
    };
    expect(() => readSettings(servers)).toThrow(/^KEYS_URL is not set/);
    expect(readSettings({ ...servers, KEYS_URL: 'mongodb://localhost/digituki-keys' }).keysUrl).toBeDefined();
  });

  const production = { NODE_ENV: 'production', DIGITUKI_MASTER_KEY: key, AUDIT_KEY: auditKey, ...oidc };

  it.each(['Production', 'PRODUCTION', 'production ', 'prod', 'staging'])(
    'are refused where NODE_ENV is «%s», which would be development',
    (mode) => {
      expect(() => readSettings({ ...production, NODE_ENV: mode })).toThrow(/^NODE_ENV is /);
    },
  );

  it.each([
    ['zeros', Buffer.alloc(32)],
    ['one byte, again and again', Buffer.alloc(32, 0xa7)],
    ['two halves that are each a few bytes', Buffer.alloc(32, '\x00\xffsecret')],
    ['a text', Buffer.from('correct horse battery staple 123')],
    ['bytes that count', Buffer.from(Array.from({ length: 32 }, (_, n) => n + 200))],
  ])('take no master key in production that is %s', (_, made) => {
    expect(() => readSettings({ ...production, DIGITUKI_MASTER_KEY: made.toString('base64') })).toThrow(
      /^DIGITUKI_MASTER_KEY is no random key/,
    );
    expect(readSettings({ DIGITUKI_MASTER_KEY: made.toString('base64') }).masterKey).toEqual(made);
  });

  it('take any master key that is random', () => {
    for (let n = 0; n < 10_000; n++)
      expect(readSettings({ ...production, DIGITUKI_MASTER_KEY: randomBytes(32).toString('base64') }).masterKey).toBeDefined();
  });

  it('fetch keys in production over https only, or without leaving the machine', () => {
    const from = (address: string) => () => readSettings({ ...production, OIDC_JWKS_URI: address });
    for (const address of ['http://login.example/jwks', 'http://localhost.example/jwks', 'http://127.0.0.1.example/jwks'])
      expect(from(address)).toThrow(/^OIDC_JWKS_URI is not https/);
    for (const address of ['https://login.example/jwks', 'http://127.0.0.1:8080/jwks', 'http://[::1]/jwks', 'http://localhost/jwks'])
      expect(from(address)).not.toThrow();
    expect(readSettings({ ...oidc, OIDC_JWKS_URI: 'http://login.example/jwks' }).identityProvider).toBeDefined();
    for (const address of ['file:///etc/keys', 'ftp://login.example/jwks']) expect(from(address)).toThrow(/^OIDC_JWKS_URI is no address/);
  });

  it('take a key that signs checkpoints in production, which does not lie with the data, and is never repeated', () => {
    const production = { NODE_ENV: 'production', DIGITUKI_MASTER_KEY: key, ...oidc };
    expect(() => readSettings(production)).toThrow(/^AUDIT_KEY_FILE is not set/);
    expect(readSettings({ ...production, AUDIT: 'off' }).audit).toBeUndefined();
    expect(() => readSettings({ ...production, AUDIT_KEY_FILE: 'data/key' })).toThrow(/^AUDIT_KEY_FILE lies in DATA_DIR/);
    expect(() => readSettings({ ...production, DATA_DIR: '/data', AUDIT_KEY_FILE: '/missing/key' })).toThrow(
      /^AUDIT_KEY_FILE gives no key/,
    );
    expect(() => readSettings({ ...production, AUDIT_KEY: 'secret' })).toThrow(/^AUDIT_KEY gives no key (?!.*secret)/);
    expect(() => readSettings({ AUDIT_WITNESSES: `https://witness.example ${signerOf(auditKey).verifier.key}` })).toThrow(
      /^AUDIT_WITNESSES /,
    );
    expect(() => readSettings({ DATA_DIR: '/data', AUDIT_FOLDER: '/data/checkpoints' })).toThrow(/^AUDIT_FOLDER lies in DATA_DIR/);
    expect(() => readSettings({ AUDIT_FOLDER: '/missing' })).toThrow(/^AUDIT_FOLDER cannot be used/);
    expect(() => readSettings({ AUDIT_ON_ALTERED: 'stop' })).toThrow(/^AUDIT_ON_ALTERED /);
  });

  it('take an SMTP server with its user, and repeat no password where the address is wrong', () => {
    const { mail } = readSettings({ SMTP_URL: 'smtps://user:p%40ss@mail.example.fi:465', MAIL_FROM: 'register@example.fi' });
    expect(mail).toMatchObject({ url: { hostname: 'mail.example.fi', port: '465', username: 'user' }, from: 'register@example.fi' });
    expect(() => readSettings({ SMTP_URL: 'smtp://user:secret@', MAIL_FROM: 'register@example.fi' })).toThrow(/^SMTP_URL (?!.*secret)/);
  });

  it('take the folder of payments with who pays, whose account is checked and never made up', () => {
    const payments = { PAYMENTS_FOLDER: '/bank', PAYMENTS_DEBTOR_NAME: 'Kuvitteellinen', PAYMENTS_DEBTOR_IBAN: 'FI14 1009 3000 1234 58' };
    const debtor = { name: 'Kuvitteellinen', iban: 'FI1410093000123458' };
    expect(readSettings(payments).payments).toEqual({ folder: '/bank', debtor });
    expect(readSettings({ ...payments, PAYMENTS_DEBTOR_BIC: 'NDEAFIHH' }).payments?.debtor.bic).toBe('NDEAFIHH');
    expect(readSettings({}).payments).toBeUndefined();
  });

  it('send traces where OpenTelemetry is told where to, and is not disabled', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';
    expect(readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT }).sendsTraces).toBe(true);
    expect(readSettings({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: OTEL_EXPORTER_OTLP_ENDPOINT }).sendsTraces).toBe(true);
    expect(readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' }).sendsTraces).toBe(false);
    expect(readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }).sendsTraces).toBe(false);
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: '' }],
    ['DIGITUKI_MASTER_KEY', { DIGITUKI_MASTER_KEY: 'c2hvcnQ=' }],
    ['OIDC_AUDIENCE and OIDC_JWKS_URI', { OIDC_ISSUER: 'https://login.example' }],
    ['OIDC_JWKS_URI', { ...oidc, OIDC_JWKS_URI: 'keys' }],
    ['IMPORT_PUBLIC_RECORD', { IMPORT_PUBLIC_RECORD: 'yes' }],
    ['PAYMENTS_DEBTOR_NAME', { PAYMENTS_FOLDER: '/bank' }],
    ['PAYMENTS_DEBTOR_IBAN', { PAYMENTS_FOLDER: '/bank', PAYMENTS_DEBTOR_NAME: 'x' }],
    ['PAYMENTS_DEBTOR_IBAN', { PAYMENTS_FOLDER: '/bank', PAYMENTS_DEBTOR_NAME: 'x', PAYMENTS_DEBTOR_IBAN: 'FI1410093000123459' }],
    [
      'PAYMENTS_DEBTOR_BIC',
      { PAYMENTS_FOLDER: '/bank', PAYMENTS_DEBTOR_NAME: 'x', PAYMENTS_DEBTOR_IBAN: 'FI1410093000123458', PAYMENTS_DEBTOR_BIC: 'x' },
    ],
    ['SMTP_URL', { MAIL_FROM: 'register@example.fi' }],
    ['SMTP_URL', { SMTP_URL: 'mail.example.fi:25', MAIL_FROM: 'register@example.fi' }],
    ['SMTP_URL', { SMTP_URL: 'https://mail.example.fi', MAIL_FROM: 'register@example.fi' }],
    ['SMTP_URL', { SMTP_URL: 'smtp://mail.example.fi/?pool=true', MAIL_FROM: 'register@example.fi' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'register.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://register.example/?a=b' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.fi' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.fi', MAIL_FROM: 'Register <register@example.fi>' }],
    ['SUBSCRIPTION_CONNECTIONS', { SUBSCRIPTION_CONNECTIONS: 'many' }],
    ['SUBSCRIPTION_WAITING_EVENTS', { SUBSCRIPTION_WAITING_EVENTS: '0' }],
    ['SUBSCRIPTION_ORIGINS', { SUBSCRIPTION_ORIGINS: 'https://pages.example, pages.example' }],
    ['SUBSCRIPTION_CONNECTIONS_PER_CLIENT', { SUBSCRIPTION_CONNECTIONS_PER_CLIENT: '0' }],
    ['REQUESTS_PER_SECOND', { REQUESTS_PER_SECOND: 'few' }],
    ['COST_PER_SECOND', { COST_PER_SECOND: '-1' }],
    ['REQUEST_SECONDS', { REQUEST_SECONDS: '0' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.1, proxy' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/8/8' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }],
    ['METRICS', { METRICS: 'yes' }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'localhost:2113' }],
    ['MONGODB_URL', { MONGODB_URL: 'http://localhost' }],
    ['KEYS_URL', { EVENTSTORE_URL: 'esdb://localhost', KEYS_URL: 'localhost' }],
    ['KEYS_URL', { KEYS_URL: 'mongodb://localhost/digituki-keys' }],
    ['PROJECTIONS', { PROJECTIONS: 'off', MONGODB_URL: 'mongodb://localhost' }],
    ['PROJECTIONS', { PROJECTIONS: 'maybe' }],
    ['LEASE_SECONDS', { LEASE_SECONDS: '0' }],
    ['ENGINE_TIMEOUT_SECONDS', { ENGINE_TIMEOUT_SECONDS: 'long' }],
  ])('are refused by name where one is wrong: %s in %j', (name, environment) => {
    expect(() => readSettings(environment)).toThrow(new RegExp(`^${name} `));
  });

  it('take engines on servers, and repeat no address that may hold a password', () => {
    const environment = {
      EVENTSTORE_URL: 'esdb+discover://cluster.example:2113',
      MONGODB_URL: 'mongodb://views.example/digituki',
      KEYS_URL: 'mongodb://keys.example/digituki-keys',
      PROJECTIONS: 'off',
    };
    expect(readSettings(environment)).toMatchObject({
      logUrl: environment.EVENTSTORE_URL,
      viewsUrl: environment.MONGODB_URL,
      keysUrl: environment.KEYS_URL,
      runsProjections: false,
    });
    expect(() => readSettings({ MONGODB_URL: 'mongo://someone:secret@host' })).toThrow(/^(?!.*secret)/s);
  });
});
