import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Contradiction, LogWatch } from '#audit/log-watch';
import type { Verifier } from '#audit/signed-note';
import type { Health } from '#system/health';
import { CannotStart } from '#system/settings';
import { serverAt } from './running-server.js';
import { print } from './print.js';

export interface WatchLogOptions {
  readonly url?: string;
  readonly key?: string;
  readonly keep?: string;
  readonly token?: string;
  readonly every: string;
  readonly once?: true;
}

const query = `{ audit { leaves verified verifiedAt verifying isRetired findings trouble
  witnesses { url signed trouble } checks { name findings } } }`;

/**
 * Looks at a register from outside, again and again: each checkpoint must go on from the one before it. What was seen last
 * is kept in a file, so that the register is held to it the next time. Ends with 1 where it contradicts what it has signed.
 */
export async function watchLog(options: WatchLogOptions, verifier: Verifier): Promise<void> {
  const { keep, token, once } = options;
  const url = serverAt(options.url).replace(/\/$/, '');
  const seconds = Number(options.every);
  if (!(seconds >= 1)) throw new CannotStart(`--every is «${options.every}»: give seconds, at least 1.`);
  const kept = keep !== undefined && existsSync(keep) ? readFileSync(keep, 'utf8') : undefined;
  let told = '';
  const tell = (line: object) => {
    const text = JSON.stringify(line);
    if (text !== told) print(JSON.stringify({ at: new Date().toISOString(), ...line }));
    told = text;
  };
  try {
    const watch = new LogWatch((path) => asked(`${url}/audit/${path}`), verifier, kept);
    for (;;) {
      try {
        const look = await watch.look();
        if (!look) tell({ register: 'has no checkpoint' });
        else {
          if (keep !== undefined && (kept === undefined || look.checkpoint.size >= look.before)) keepIn(keep, look.note);
          const { checkpoint, before, key, note } = look;
          const { down, unsound = [] } = await ready(url);
          const state = token === undefined ? undefined : await stateOf(url, token);
          tell({
            leaves: checkpoint.size,
            root: checkpoint.root.toString('base64'),
            goesOnFrom: before,
            key,
            signatures: note.match(/^— /gm)?.length ?? 0,
            down,
            unsound,
            ...(state && { state }),
          });
          if (down.includes('log-altered') || unsound.length > 0) process.exitCode = 1;
        }
      } catch (error) {
        if (error instanceof Contradiction) throw error;
        process.stderr.write(`digituki: ${url} does not answer (${String((error as Error).cause ?? error)})\n`);
        if (once) process.exitCode = 1;
      }
      if (once) return;
      await sleep(seconds * 1_000);
    }
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error;
    print(`WRONG: ${error.message}`);
    process.exitCode = 1;
  }
}

async function asked(address: string): Promise<Buffer | undefined> {
  const answer = await fetch(address);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function ready(url: string): Promise<Pick<Health, 'down' | 'unsound'>> {
  const answer = await fetch(`${url}/health/ready`);
  // Behind a proxy that passes only what is public on.
  return answer.headers.get('content-type')?.startsWith('application/json') ? ((await answer.json()) as Health) : { down: [] };
}

async function stateOf(url: string, token: string): Promise<object> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as { data?: { audit: object }; errors?: readonly { message: string }[] };
  if (errors?.[0]) throw new CannotStart(`${url}: ${errors[0].message}`);
  return data?.audit ?? {};
}

/** Whole or not at all. */
function keepIn(path: string, note: string): void {
  writeFileSync(`${path}.new`, note);
  renameSync(`${path}.new`, path);
}
