import { execFile, fork, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildClientSchema, getIntrospectionQuery, printSchema, type IntrospectionQuery } from 'graphql';
import { newSigningKey } from '#audit/signed-note';
import { DataFolder } from '#system/data-folder';
import { withoutServers } from '#system/settings';
import type { Trusted } from './identity-provider.js';
import { answerOf } from './load.js';

/** The path of what stands beside this file. */
export const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A server in a process of its own, which ends with the block that uses it. */
export interface Serving extends AsyncDisposable {
  readonly url: string;
}

/** What is measured is what runs in production: the libraries, too, check less then. */
const production = () => ({ ...withoutServers(process.env), NODE_ENV: 'production' });

/** Fills a data folder with synthetic rounds, under a master key of its own. */
export async function synthesised(folder: string, events: string): Promise<void> {
  await promisify(execFile)(process.execPath, [here('../../../../apps/cli/digituki.js'), 'synth', '--events', events, '--into', folder], {
    env: { ...withoutServers(process.env), NODE_OPTIONS: '', DIGITUKI_MASTER_KEY: undefined },
  });
}

/** Plays the demonstration into a data folder within the one given, and says where. */
export async function demonstrated(parent: string): Promise<string> {
  await promisify(execFile)(process.execPath, [here('../../demo/src/main.js')], {
    cwd: parent,
    env: { ...withoutServers(process.env), DIGITUKI_MASTER_KEY: undefined },
  });
  return join(parent, 'demo-data');
}

/** How it is with answers that are given to all who ask the same, which is as it is installed. */
export const cachedAnswers = { ANSWERS_MB: '16' };

/** Our server as it is installed but for limits and cached answers, with the public record, on a data folder of its own. */
export async function ourServer(
  folder: string,
  { issuer, audience, jwks }: Trusted,
  masterKey = randomBytes(32),
  settings: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const env = {
    ...production(),
    DATA_DIR: folder,
    PORT: '0',
    DIGITUKI_MASTER_KEY: masterKey.toString('base64'),
    AUDIT_KEY: newSigningKey('bench.digituki.invalid/log'),
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: audience,
    OIDC_JWKS_URI: jwks,
    // All of the load comes from one address.
    REQUESTS_PER_SECOND: '0',
    COST_PER_SECOND: '0',
    SUBSCRIPTION_CONNECTIONS_PER_CLIENT: '100000',
    // What is measured is what an answer costs.
    ANSWERS_MB: '0',
    ...settings,
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = join(folder, 'server.log');
  const child = spawn(process.execPath, [...process.execArgv, here('../../api/src/main.js')], {
    env,
    stdio: ['ignore', 'ignore', openSync(log, 'a')],
  });
  for (;;) {
    const running = new DataFolder(folder).running();
    if (running) return serving(running.url, child);
    if (child.exitCode !== null) throw new Error(`our server did not start: ${readFileSync(log, 'utf8')}`);
    await sleep(20);
  }
}

/** The server of a module beside this one, which is sent what it serves and says where, by `serveBare`. */
export async function bareServer(module: string, served: object): Promise<Serving> {
  const child = fork(here(module), { env: production() });
  child.send(served);
  const [url] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${module} did not start`))),
  ])) as [string];
  return serving(url, child);
}

/** In the process of a bare server: serves what it is sent, until it is told to stop. */
export function serveBare<Served>(serve: (served: Served) => Promise<{ url: string; close: () => Promise<unknown> }>): void {
  const announce = async (served: Served) => {
    const { url, close } = await serve(served);
    process.once('SIGTERM', () => void close().then(() => process.disconnect?.()));
    process.send?.(url);
  };
  process.once('message', (served: Served) => void announce(served));
}

/** A server's schema as text, asked for no deeper than ours allows. */
export async function schemaOf({ url }: Serving, token: string): Promise<string> {
  const introspection = await answerOf({ url, token, body: () => JSON.stringify({ query: getIntrospectionQuery({ typeDepth: 3 }) }) });
  return printSchema(buildClientSchema(introspection as unknown as IntrospectionQuery));
}

function serving(url: string, child: ChildProcess): Serving {
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
