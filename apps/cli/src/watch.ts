import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { CannotStart } from '#system/settings';
import { callOfMatter } from '#kernel/matter';
import { serverAt } from './running-server.js';

export interface WatchOptions {
  readonly call?: string;
  readonly matter?: string;
  readonly region?: string;
  readonly after?: string;
  readonly token?: string;
  readonly url?: string;
}

interface Told {
  readonly events: { readonly position: string };
}
interface Problem {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

const query = `subscription Watch($call: Key, $matter: String, $region: RegionCode, $after: Position) {
  events(call: $call, matter: $matter, region: $region, after: $after) { recordedAt effectiveAt type description { fi sv en } stream revision position actor { role id } source data }
}`;
const there = `query ($call: Key!) { call(id: $call) { id } }`;
/** What ends with the connection and not with the question. */
const passing = ['reader-too-slow', 'server-restarting', 'too-many-requests', 'log-unavailable', 'views-unavailable', 'keys-unavailable'];
const pauseMs = 1_000;

/** Prints what happens in a call, a matter or a region, a line of JSON for each event, until it is stopped. Cut off, it goes on where it was. */
export async function watch({ call, matter, region, after, token, url }: WatchOptions): Promise<void> {
  const server = serverAt(url);
  const whole = call ?? (matter === undefined ? undefined : callOfMatter(matter));
  if (whole !== undefined) await requireCall(server, whole, token);
  let at = after;
  for (let wasConnected = false; ;) {
    const client = createClient({
      url: `${server.replace(/^http/, 'ws')}/graphql`,
      connectionParams: { ...(token && { authorization: `Bearer ${token}` }) },
      retryAttempts: 0,
      on: { connected: () => (wasConnected = true) },
    });
    try {
      for await (const { data } of client.iterate<Told>({
        query,
        variables: { call, matter, region: region && `R${region}`, after: at },
      })) {
        if (!data) continue;
        at = data.events.position;
        if (!process.stdout.write(`${JSON.stringify(data.events)}\n`)) await once(process.stdout, 'drain');
      }
    } catch (error) {
      if (!wasConnected || !isPassing(error)) throw new CannotStart(`${server}: ${reasonOf(error)}`, { cause: error });
      process.stderr.write(`digituki: cut off (${reasonOf(error)}); going on${at === undefined ? '' : ` after ${at}`}\n`);
      await sleep(pauseMs);
    } finally {
      await client.dispose();
    }
  }
}

/** A call that is not there, or not to be seen, would be waited for in silence. */
async function requireCall(server: string, call: string, token: string | undefined): Promise<void> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const body = JSON.stringify({ query: there, variables: { call } });
  const response = await fetch(`${server}/graphql`, { method: 'POST', headers, body }).catch(() => undefined);
  // Whoever cannot be reached says so when it is subscribed to.
  if (!response) return;
  const { data, errors } = (await response.json()) as { data?: { call: object | null } | null; errors?: readonly Problem[] };
  if (errors) throw new CannotStart(`${server}: ${reasonOf(errors)}`);
  if (!data?.call)
    throw new CannotStart(`There is no call ${call}, or it is not for ${token ? 'this token' : 'everybody'} to see. Check its id.`);
}

/** The library gives the errors of the subscription, or how the connection ended. */
function isPassing(error: unknown): boolean {
  if (Array.isArray(error)) return (error as Problem[]).every(({ extensions }) => passing.includes(extensions?.code ?? ''));
  const { code } = error as { code?: number };
  return code === undefined || [1001, 1005, 1006, 1012, 1013].includes(code);
}

function reasonOf(error: unknown): string {
  if (Array.isArray(error)) return (error as Problem[]).map(({ message }) => message).join('; ');
  const { code, reason, message } = error as { code?: number; reason?: string; message?: string };
  return reason || message || (code === undefined ? 'no server answers there' : `closed with ${code}`);
}
