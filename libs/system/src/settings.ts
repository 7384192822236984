import { accessSync, constants, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { relative, resolve } from 'node:path';
import { signerOf } from '#audit/signed-note';
import type { LimitSettings } from '#edge/limits';
import type { BankFolderSettings } from '#engines/bank-folder';
import { isIban, spelledIban } from '#kernel/iban';
import { isWitnessKey, type Witness } from '#audit/witnesses';
import type { SubscriptionLimits } from '#edge/subscription-server';
import { logLevels, type LogLevel } from '#telemetry/log-levels';
import { entry, omit } from '#kernel/keyed';

/** Something stands in the way of starting. The message says what to do; it is all that the operator is shown. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** How an installation is set up, from the environment. */
export interface Settings {
  readonly isProduction: boolean;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** The EventStoreDB that keeps the log; without it the log is in the data folder. Like all of these it may hold a password. */
  readonly logUrl: string | undefined;
  /** The MongoDB that keeps the views; without it they are in memory. */
  readonly viewsUrl: string | undefined;
  /** The MongoDB that keeps the keys; without it they are in the data folder. */
  readonly keysUrl: string | undefined;
  /** How long one call to one of these may take. */
  readonly engineTimeoutSeconds: number;
  /** Whether this process runs projections and processes; else it answers from what others fold. */
  readonly runsProjections: boolean;
  /** How long what a server holds stays its own without a heartbeat. */
  readonly leaseSeconds: number;
  /** Undefined in development: a key is then made in the data folder. */
  readonly masterKey: Buffer | undefined;
  /** Undefined in development: tokens then come from the local issuer. */
  readonly identityProvider: { readonly issuer: string; readonly audience: string; readonly jwks: URL } | undefined;
  /** Undefined where this process proves nothing of the log. */
  readonly audit: AuditSettings | undefined;
  readonly importsPublicRecord: boolean;
  /** How long one scan of the log, for what was known at an earlier time, may take. */
  readonly scanSeconds: number;
  /** How long it is kept who read which restricted file. */
  readonly readsKeptDays: number;
  /** How much memory the thread of the scans may take. */
  readonly scanMegabytes: number;
  /** The SMTP server that takes messages, and the address that they come from; without it they are only logged. */
  readonly mail: { readonly url: URL; readonly from: string } | undefined;
  /** Where people reach this register, for links to it; without it messages have none. */
  readonly address: string | undefined;
  /** The folder that payments leave through, and who pays; without it batches wait. */
  readonly payments: BankFolderSettings | undefined;
  readonly subscriptions: SubscriptionLimits;
  readonly limits: LimitSettings;
  /** Most bytes of answers that are kept for others who ask the same; 0: each is answered anew. */
  readonly cachedAnswerBytes: number;
  /** How long a request may take to arrive. */
  readonly requestSeconds: number;
  /** Whose pages may subscribe, beside our own. */
  readonly origins: readonly string[];
  readonly logLevel: LogLevel;
  /** Whether GET /metrics answers. */
  readonly servesMetrics: boolean;
  /** Whether spans are sent, by OpenTelemetry's own variables. */
  readonly sendsTraces: boolean;
}

export interface AuditSettings {
  /** What signs checkpoints. Undefined in development: a key is then made in the data folder. */
  readonly signingKey: string | undefined;
  /** Who is asked to sign each checkpoint, too. */
  readonly witnesses: readonly Witness[];
  /** Where each checkpoint is put, too; the log is held against those that lie there. */
  readonly folder: string | undefined;
  readonly checkpointSeconds: number;
  readonly verifyHours: number;
  /** How long commands wait, after a start, for the whole log to be verified. */
  readonly holdSeconds: number;
  /** Whether a log that was found to be altered is still written to. */
  readonly writesToAltered: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** An environment without the servers that it names. What makes things up (synthetic rounds, benches, specs) takes no other. */
export function withoutServers(environment: Environment): Environment {
  return omit(environment, 'EVENTSTORE_URL', 'MONGODB_URL', 'KEYS_URL', 'PROJECTIONS', 'SMTP_URL', 'MAIL_FROM', 'PAYMENTS_FOLDER');
}

/** Reads and checks all settings. A worker serves on another port by default. @throws CannotStart, which names the setting */
export function readSettings(environment: Environment, { port = '3000' } = {}): Settings {
  const isProduction = isProductionIn(environment);
  const masterKey = keyOf(environment);
  const identityProvider = identityProviderOf(environment);
  if (isProduction && !masterKey)
    throw new CannotStart(
      'DIGITUKI_MASTER_KEY is not set: in production give 32 random bytes in base64 (openssl rand -base64 32), and keep them apart from the data.',
    );
  if (isProduction && masterKey && !isRandom(masterKey))
    throw new CannotStart(
      'DIGITUKI_MASTER_KEY is no random key: what one can think of others can guess. Make one with openssl rand -base64 32.',
    );
  if (isProduction && !identityProvider)
    throw new CannotStart(
      'OIDC_ISSUER is not set: in production tokens come from your identity provider (OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URI), never from the development issuer.',
    );
  if (isProduction && identityProvider && !isSafe(identityProvider.jwks))
    throw new CannotStart('OIDC_JWKS_URI is not https://: in production anybody on the way could put keys of their own in.');
  const engines = enginesOf(environment);
  if (isProduction && engines.logUrl && engines.viewsUrl && !engines.keysUrl)
    throw new CannotStart(
      'KEYS_URL is not set: with EVENTSTORE_URL and MONGODB_URL nothing in DATA_DIR lasts, and keys of personal data that are lost cannot be had again. Give the MongoDB that keeps them, such as mongodb://user:password@host:27017/digituki-keys?replicaSet=rs0.',
    );
  return {
    isProduction,
    dataFolder: resolve(environment['DATA_DIR'] ?? 'data'),
    host: environment['HOST'] ?? '127.0.0.1',
    port: portOf(environment['PORT'] ?? port),
    ...engines,
    masterKey,
    identityProvider,
    audit: auditOf(environment, isProduction),
    importsPublicRecord: choiceOf('IMPORT_PUBLIC_RECORD', environment['IMPORT_PUBLIC_RECORD'] ?? 'on'),
    scanSeconds: numberOf('SCAN_SECONDS', environment['SCAN_SECONDS'] ?? '60', { least: 1 }),
    readsKeptDays: numberOf('READS_KEPT_DAYS', environment['READS_KEPT_DAYS'] ?? '730', { least: 1 }),
    scanMegabytes: numberOf('SCAN_MEGABYTES', environment['SCAN_MEGABYTES'] ?? '1024', { least: 64 }),
    mail: mailOf(environment),
    address: addressOf(environment),
    payments: paymentsOf(environment),
    subscriptions: {
      connections: numberOf('SUBSCRIPTION_CONNECTIONS', environment['SUBSCRIPTION_CONNECTIONS'] ?? '2000', { least: 1 }),
      connectionsOfOne: numberOf('SUBSCRIPTION_CONNECTIONS_PER_CLIENT', environment['SUBSCRIPTION_CONNECTIONS_PER_CLIENT'] ?? '100', {
        least: 1,
      }),
      subscriptions: numberOf('SUBSCRIPTIONS_PER_CONNECTION', environment['SUBSCRIPTIONS_PER_CONNECTION'] ?? '20', { least: 1 }),
      waitingEvents: numberOf('SUBSCRIPTION_WAITING_EVENTS', environment['SUBSCRIPTION_WAITING_EVENTS'] ?? '1000', { least: 1 }),
      waitingBytes: numberOf('SUBSCRIPTION_WAITING_BYTES', environment['SUBSCRIPTION_WAITING_BYTES'] ?? '2000000', { least: 1 }),
    },
    limits: {
      requestsPerSecond: numberOf('REQUESTS_PER_SECOND', environment['REQUESTS_PER_SECOND'] ?? '100', { least: 0 }),
      costPerSecond: numberOf('COST_PER_SECOND', environment['COST_PER_SECOND'] ?? '100000', { least: 0 }),
      proxies: proxiesOf(environment['TRUSTED_PROXIES'] ?? ''),
    },
    cachedAnswerBytes: numberOf('ANSWERS_MB', environment['ANSWERS_MB'] ?? '16', { least: 0 }) * 2 ** 20,
    requestSeconds: numberOf('REQUEST_SECONDS', environment['REQUEST_SECONDS'] ?? '30', { least: 1 }),
    origins: originsOf(environment['SUBSCRIPTION_ORIGINS'] ?? ''),
    logLevel: logLevelOf(environment['LOG_LEVEL'] ?? 'info'),
    servesMetrics: choiceOf('METRICS', environment['METRICS'] ?? 'on'),
    sendsTraces: sendsTraces(environment),
  };
}

/** Whether the environment is a production's. Another spelling would be development, where anybody can make tokens. @throws CannotStart */
export function isProductionIn({ NODE_ENV: mode = '' }: Environment): boolean {
  if (!['', 'development', 'test', 'production'].includes(mode))
    throw new CannotStart(`NODE_ENV is «${mode}»: give production, or leave it unset.`);
  return mode === 'production';
}

/** Random bytes repeat themselves seldom, and are never all letters. */
function isRandom(key: Buffer): boolean {
  return (
    new Set(key).size >= 16 &&
    key.some((byte) => byte < 0x20 || byte > 0x7e) &&
    !key.every((byte, n) => n === 0 || byte === ((key[n - 1] as number) + 1) % 256)
  );
}

/** What does not leave the machine needs no encryption. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}

function keyOf({ DIGITUKI_MASTER_KEY: text }: Environment): Buffer | undefined {
  if (!text) return undefined;
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32)
    throw new CannotStart(`DIGITUKI_MASTER_KEY is ${key.length} bytes: give 32 random bytes in base64 (openssl rand -base64 32).`);
  return key;
}

function auditOf(environment: Environment, isProduction: boolean): AuditSettings | undefined {
  if (!choiceOf('AUDIT', environment['AUDIT'] ?? 'on')) return undefined;
  const signingKey = signingKeyOf(environment, isProduction);
  if (isProduction && !signingKey)
    throw new CannotStart(
      'AUDIT_KEY_FILE is not set: in production give the file of the key that signs checkpoints (digituki audit key --name register.example.fi/log --out FILE), apart from the data, or AUDIT_KEY with the key itself.',
    );
  const written = environment['AUDIT_ON_ALTERED'] ?? 'refuse-writes';
  if (written !== 'refuse-writes' && written !== 'go-on')
    throw new CannotStart(`AUDIT_ON_ALTERED is «${written}»: give refuse-writes or go-on.`);
  return {
    signingKey,
    witnesses: witnessesOf(environment['AUDIT_WITNESSES'] ?? ''),
    folder: checkpointFolderOf(environment),
    checkpointSeconds: numberOf('AUDIT_CHECKPOINT_SECONDS', environment['AUDIT_CHECKPOINT_SECONDS'] ?? '10', { least: 1 }),
    verifyHours: numberOf('AUDIT_VERIFY_HOURS', environment['AUDIT_VERIFY_HOURS'] ?? '24', { least: 1 }),
    holdSeconds: numberOf('AUDIT_HOLD_SECONDS', environment['AUDIT_HOLD_SECONDS'] ?? '10', { least: 0 }),
    writesToAltered: written === 'go-on',
  };
}

/** Kept apart from the data, for what lies there is to tell of a change of the data. */
function checkpointFolderOf({ AUDIT_FOLDER: folder, DATA_DIR: data = 'data' }: Environment): string | undefined {
  if (!folder) return undefined;
  const path = resolve(folder);
  if (!relative(resolve(data), path).startsWith('..'))
    throw new CannotStart('AUDIT_FOLDER lies in DATA_DIR: who can change the log could change it, too. Give a folder elsewhere.');
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new CannotStart(`AUDIT_FOLDER cannot be used (${(error as Error).message}): make the folder, and let this user write to it.`);
  }
  return path;
}

function witnessesOf(text: string): readonly Witness[] {
  const entries = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return entries.map((entry) => {
    const [url = '', key = '', ...more] = entry.split(/\s+/);
    if (!URL.canParse(url) || !isWitnessKey(key) || more.length > 0)
      throw new CannotStart(
        `AUDIT_WITNESSES has «${entry}»: give for each witness its address and its key, such as https://witness.example witness.example+…, with commas between.`,
      );
    return { url: url.replace(/\/$/, ''), key };
  });
}

/** The key itself is not repeated. */
function signingKeyOf(environment: Environment, isProduction: boolean): string | undefined {
  const { AUDIT_KEY: text, AUDIT_KEY_FILE: file } = environment;
  const name = text ? 'AUDIT_KEY' : 'AUDIT_KEY_FILE';
  if (!text && !file) return undefined;
  if (isProduction && !text && file && !relative(resolve(environment['DATA_DIR'] ?? 'data'), resolve(file)).startsWith('..'))
    throw new CannotStart('AUDIT_KEY_FILE lies in DATA_DIR: who can change the log could sign it anew. Keep the key elsewhere.');
  try {
    const key = text ?? readFileSync(file as string, 'utf8');
    signerOf(key);
    return key.trim();
  } catch (error) {
    throw new CannotStart(`${name} gives no key to sign checkpoints with (${(error as Error).message}): digituki audit key makes one.`);
  }
}

function enginesOf(
  environment: Environment,
): Pick<Settings, 'logUrl' | 'viewsUrl' | 'keysUrl' | 'engineTimeoutSeconds' | 'runsProjections' | 'leaseSeconds'> {
  const logUrl = urlOf('EVENTSTORE_URL', environment, eventStoreUrl);
  const viewsUrl = urlOf('MONGODB_URL', environment, mongoDbUrl);
  const keysUrl = urlOf('KEYS_URL', environment, mongoDbUrl);
  const runsProjections = choiceOf('PROJECTIONS', environment['PROJECTIONS'] ?? 'on');
  if (!runsProjections && !(logUrl && viewsUrl))
    throw new CannotStart(
      'PROJECTIONS is off, but no other process could run them: that needs EVENTSTORE_URL and MONGODB_URL, and a worker.',
    );
  if (keysUrl && !logUrl)
    throw new CannotStart(
      'KEYS_URL is set without EVENTSTORE_URL: the keys of a log in the data folder lie beside it. Unset it, or set both.',
    );
  return {
    logUrl,
    viewsUrl,
    keysUrl,
    engineTimeoutSeconds: numberOf('ENGINE_TIMEOUT_SECONDS', environment['ENGINE_TIMEOUT_SECONDS'] ?? '5', { least: 1 }),
    runsProjections,
    leaseSeconds: numberOf('LEASE_SECONDS', environment['LEASE_SECONDS'] ?? '10', { least: 1 }),
  };
}

const eventStoreUrl = { begins: /^esdb(?:\+discover)?:\/\/[^/?]/, example: 'esdb://user:password@host:2113?tls=true' };
const mongoDbUrl = { begins: /^mongodb(?:\+srv)?:\/\/[^/?]/, example: 'mongodb://user:password@host:27017/digituki?replicaSet=rs0' };

/** The address holds a password: it is not repeated. */
function urlOf(name: string, environment: Environment, { begins, example }: { begins: RegExp; example: string }): string | undefined {
  const text = entry(environment, name);
  if (!text) return undefined;
  if (!begins.test(text)) throw new CannotStart(`${name} is no address of such a server: give for instance ${example}.`);
  return text;
}

function identityProviderOf(environment: Environment): Settings['identityProvider'] {
  const names = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URI'] as const;
  const missing = names.filter((name) => !entry(environment, name));
  if (missing.length === names.length) return undefined;
  if (missing.length > 0)
    throw new CannotStart(`${missing.join(' and ')} not set: OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URI go together.`);
  const [issuer, audience, address] = names.map((name) => entry(environment, name)) as [string, string, string];
  if (!URL.canParse(address) || !['http:', 'https:'].includes(new URL(address).protocol))
    throw new CannotStart(`OIDC_JWKS_URI is no address: «${address}».`);
  return { issuer, audience, jwks: new URL(address) };
}

/** Who pays is never made up: with the folder it must be said. */
function paymentsOf(environment: Environment): Settings['payments'] {
  const folder = environment['PAYMENTS_FOLDER'];
  if (!folder) return undefined;
  const name = environment['PAYMENTS_DEBTOR_NAME']?.trim();
  if (!name) throw new CannotStart('PAYMENTS_DEBTOR_NAME is not set: with PAYMENTS_FOLDER give the name of who pays, as the bank has it.');
  const iban = spelledIban(environment['PAYMENTS_DEBTOR_IBAN'] ?? '');
  if (!isIban(iban))
    throw new CannotStart(
      'PAYMENTS_DEBTOR_IBAN is no IBAN, or its check digits are wrong: with PAYMENTS_FOLDER give the account that is paid from.',
    );
  const bic = environment['PAYMENTS_DEBTOR_BIC'];
  if (bic && !/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic))
    throw new CannotStart(`PAYMENTS_DEBTOR_BIC is no BIC: «${bic}». Give eight or eleven capitals and digits, or leave it out.`);
  return { folder: resolve(folder), debtor: { name, iban, ...(bic && { bic }) } };
}

function mailOf({ SMTP_URL: address, MAIL_FROM: from }: Environment): Settings['mail'] {
  if (!address && !from) return undefined;
  if (!address) throw new CannotStart('SMTP_URL is not set: MAIL_FROM and SMTP_URL go together.');
  if (!from) throw new CannotStart('MAIL_FROM is not set: give the address that messages come from; SMTP_URL and MAIL_FROM go together.');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // The address holds a password: it is not repeated.
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || !['', '/'].includes(url.pathname) || url.search !== '')
    throw new CannotStart(
      'SMTP_URL is no address of an SMTP server: give smtp://host:port or smtps://user:password@host:port, with signs other than letters and digits percent-encoded.',
    );
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(from))
    throw new CannotStart(`MAIL_FROM is no e-mail address: «${from}». Give one without a name, such as register@example.fi.`);
  return { url, from };
}

function addressOf({ PUBLIC_URL: address }: Environment): Settings['address'] {
  if (!address) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url && ['http:', 'https:'].includes(url.protocol) && !url.username && !url.search && !url.hash;
  if (!isPlain) throw new CannotStart(`PUBLIC_URL is no address of pages: «${address}». Give for instance https://digituki.example.`);
  return url.href.replace(/\/$/, '');
}

function logLevelOf(text: string): LogLevel {
  const level = logLevels.find((one) => one === text);
  if (!level) throw new CannotStart(`LOG_LEVEL is «${text}»: give ${logLevels.slice(0, -1).join(', ')} or ${logLevels.at(-1)}.`);
  return level;
}

/** What OpenTelemetry would find out only when it sends is checked here. */
function sendsTraces(environment: Environment): boolean {
  const names = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'].filter((name) => entry(environment, name));
  for (const name of names) if (!URL.canParse(entry(environment, name) as string)) throw new CannotStart(`${name} is no address.`);
  for (const name of ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const protocol = entry(environment, name);
    if (names.length > 0 && protocol && protocol !== 'http/protobuf')
      throw new CannotStart(`${name} is «${protocol}»: traces are sent by http/protobuf only.`);
  }
  return names.length > 0 && environment['OTEL_SDK_DISABLED']?.toLowerCase() !== 'true';
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new CannotStart(`PORT is no port: «${text}». Give a number from 0 to 65535.`);
  return port;
}

function numberOf(name: string, text: string, { least }: { least: number }): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new CannotStart(`${name} is «${text}»: give a whole number, at least ${least}.`);
  return Number(text);
}

function originsOf(text: string): readonly string[] {
  const origins = text.split(/[\s,]+/).filter((one) => one !== '');
  const wrong = origins.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
  if (wrong !== undefined)
    throw new CannotStart(`SUBSCRIPTION_ORIGINS has «${wrong}», which is no origin: give for instance https://pages.example.`);
  return origins;
}

function proxiesOf(text: string): readonly string[] {
  const proxies = text.split(/[\s,]+/).filter((one) => one !== '');
  const wrong = proxies.find((one) => !isAddressOrNetwork(one));
  if (wrong !== undefined)
    throw new CannotStart(`TRUSTED_PROXIES has «${wrong}», which is no address or network: give for instance 10.0.0.7 or 10.0.0.0/8.`);
  return proxies;
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function choiceOf(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new CannotStart(`${name} is «${text}»: give on or off.`);
  return text === 'on';
}
