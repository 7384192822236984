import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { freePort } from './free-port.js';

export const secantus = 'SecantusDB==0.7.0b3';

/** Keeps the server as long as its own standard input is open: the server never outlives who started it, whatever happens to them. */
const guard = 'import subprocess, sys; server = subprocess.Popen(sys.argv[1:]); sys.stdin.read(); server.kill(); server.wait()';
const patienceMs = 30_000;

/** SecantusDB, which speaks as MongoDB does and needs Python only: the server of specs where there is no other. */
export class Secantus {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly python: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Installs it into the folder, in a virtual environment of its own, unless it is there. Gives that environment's Python. @throws whatever keeps it from being installed */
  static async install(folder: string): Promise<string> {
    const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    const isReady = join(folder, 'installed');
    if (existsSync(isReady) && readFileSync(isReady, 'utf8') === secantus) return python;
    mkdirSync(folder, { recursive: true });
    const run = promisify(execFile);
    await run('python3', ['-m', 'venv', '--clear', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', secantus]);
    writeFileSync(isReady, secantus);
    return python;
  }

  /** On a free port, with its data in the folder. Nothing runs yet. */
  static async in(folder: string, python: string): Promise<Secantus> {
    return new Secantus(python, folder, await freePort());
  }

  get url(): string {
    return `mongodb://127.0.0.1:${this.port}/?directConnection=true`;
  }

  /** Resolves once it answers. */
  async start(): Promise<void> {
    const log = join(this.folder, 'server.log');
    const server = join(this.python, '..', 'secantusd-py');
    const data = join(this.folder, 'data');
    const command = [this.python, server, '--port', `${this.port}`, '--storage-path', data, '--sync-on-commit'];
    const child = spawn(this.python, ['-c', guard, ...command], {
      stdio: ['pipe', openSync(log, 'a'), openSync(log, 'a')],
      detached: true,
    });
    this.process = child;
    for (const end = Date.now() + patienceMs; ; await sleep(50)) {
      try {
        return await (await MongoClient.connect(this.url, { serverSelectionTimeoutMS: 500 })).close();
      } catch (error) {
        if (child.exitCode === null && Date.now() < end) continue;
        await this.kill();
        throw new Error(`SecantusDB did not start: ${readFileSync(log, 'utf8')}`, { cause: error });
      }
    }
  }

  /** Has it stand still, or go on: its connections stay, and nothing answers on them. */
  signal(which: 'SIGSTOP' | 'SIGCONT'): void {
    // It shares the group of its guard.
    process.kill(-(this.process?.pid as number), which);
  }

  /** Ends it as a power cut would. What is in the folder stays. */
  async kill(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    this.signal('SIGCONT');
    this.process = undefined;
    child.stdin?.end();
    await once(child, 'exit');
  }
}
