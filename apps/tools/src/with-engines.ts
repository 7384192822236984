import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { Secantus, secantus } from './secantus.js';

const environment = join(import.meta.dirname, '../../../../node_modules/.cache/secantus');

/**
 * Runs a command with servers for it: those that MONGODB_URL and EVENTSTORE_URL name, or for MongoDB one that is put up for
 * the time of the command. Where that cannot be had it says so, and runs the command without.
 */
async function withEngines([command, ...args]: readonly string[]): Promise<number> {
  if (command === undefined) throw new Error('name the command to run');
  print(
    process.env['EVENTSTORE_URL'] === undefined
      ? 'EventStoreDB: the stand-in of the specs, with the answers of version 23.10.8'
      : 'EventStoreDB: the one that EVENTSTORE_URL names',
  );
  const folder = mkdtempSync(join(tmpdir(), 'digituki-engines-'));
  const server = await mongoDb(folder);
  try {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...server.env } });
    // The command ends itself at an interruption; what was put up for it is removed then.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
}

interface Server {
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

async function mongoDb(folder: string): Promise<Server> {
  const given = process.env['MONGODB_URL'];
  if (given !== undefined) {
    print(`MongoDB: version ${await versionOf(given)}, the one that MONGODB_URL names`);
    return { env: {}, remove: async () => undefined };
  }
  let python: string;
  try {
    print(`MongoDB: ${secantus} stands in for it, installed with Python into ${environment}`);
    python = await Secantus.install(environment);
  } catch (error) {
    print(`MongoDB: SKIPPED, as its stand-in cannot be installed (${String(error).split('\n', 1)[0]}); name a server in MONGODB_URL`);
    return { env: {}, remove: async () => undefined };
  }
  const server = await Secantus.in(folder, python);
  await server.start();
  print(`MongoDB: the stand-in answers as version ${await versionOf(server.url)}`);
  return { env: { MONGODB_URL: server.url, SECANTUS_PYTHON: python }, remove: () => server.kill() };
}

async function versionOf(url: string): Promise<string> {
  const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 5_000 });
  try {
    return ((await client.db().command({ buildInfo: 1 })) as unknown as { version: string }).version;
  } finally {
    await client.close();
  }
}

const print = (text: string) => process.stdout.write(`${text}\n`);

withEngines(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`with-engines: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
