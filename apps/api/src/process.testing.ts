import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { withoutServers } from '#system/settings';

const running = new Set<ChildProcess>();
const above = join(import.meta.dirname, '../../..');
/** What was built: these helpers run from their source in specs, and from there else. */
const built = existsSync(join(above, 'dist')) ? join(above, 'dist') : above;

/** All that a spec asks comes from one address. */
const unlimited = { REQUESTS_PER_SECOND: '0', COST_PER_SECOND: '0', SUBSCRIPTION_CONNECTIONS_PER_CLIENT: '100000' };

/** The server's own process, started from what `npm run build` made. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** What it said when it was running. */
    readonly welcome: string,
  ) {}

  /** Resolves once the server says that it is running. Rejects with what it said where it ends instead. */
  static async start(environment: Record<string, string>): Promise<ServerProcess> {
    const child = runBuilt('apps/api/src/main.js', [], environment);
    let said = '';
    return new Promise((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        said += chunk.toString();
        const url = /running\. Open (\S+)\/graphql/.exec(said)?.[1];
        if (url) resolve(new ServerProcess(child, url, said));
      };
      child.stdout?.on('data', listen);
      child.stderr?.on('data', listen);
      child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
    });
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const ended = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
    return (await ended)[0];
  }
}

/** Ends what a spec that failed left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Runs a program of the build to its end. */
export async function output(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = runBuilt(program, args, environment);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Runs a program of the build until it has said so many lines. */
export async function firstLines(
  count: number,
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<readonly string[]> {
  const child = runBuilt(program, args, environment);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout as Readable })) if (lines.push(line) === count) break;
  child.kill('SIGTERM');
  return lines;
}

/** Runs a program of the build and kills it as soon as the condition holds. Gives whether it was still running. */
export async function killedWhen(
  condition: () => boolean,
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<boolean> {
  const child = runBuilt(program, args, environment);
  while (child.exitCode === null && !condition()) await new Promise(setImmediate);
  const ended = once(child, 'close') as Promise<[number | null]>;
  child.kill('SIGKILL');
  return (await ended)[0] === null;
}

/** A program of the build, which `endAll` ends where nobody else does. It uses no servers but those that its environment names. */
export function runBuilt(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const file = join(built, program);
  if (!existsSync(file)) throw new Error(`${file} is not there: npm run build`);
  const { NODE_OPTIONS: _, ...inherited } = withoutServers(process.env);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    env: { ...inherited, ...unlimited, ...environment },
    stdio: [input, 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}
