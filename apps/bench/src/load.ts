import { Pool } from 'undici';
import { quantile } from './measure.js';

/** The body of a question that is another each time: with a variable that it does not use. */
export function anewEachTime(query: string, variables: object = {}): () => string {
  let asked = 0;
  return () => JSON.stringify({ query, variables: { ...variables, asked: asked++ } });
}

export interface Load {
  readonly perSecond: number;
  /** Milliseconds within which 99 % of the requests were answered. */
  readonly p99: number;
}

/** A GraphQL request, ready to be sent. */
export interface Asked {
  readonly url: string;
  readonly token: string;
  /** The next request's body. */
  readonly body: () => string;
}

/** Asks over a number of connections, each anew as soon as it has its answer, for a time. Throws where an answer is an error. */
export async function load({ url, token, body }: Asked, connections: number, milliseconds: number): Promise<Load> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const headers = headersOf(token);
  const times: number[] = [];
  const start = performance.now();
  const end = start + milliseconds;
  const ask = async () => {
    for (let at = performance.now(); at < end;) {
      const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body: body() });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || text.includes('"errors":[')) throw new Error(`${url} answered ${answer.statusCode} ${text}`);
      const now = performance.now();
      times.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  return { perSecond: times.length / seconds, p99: quantile(times, 0.99) };
}

/** Asks for some seconds, so that what is measured afterwards is compiled. */
export async function warmUp(asked: Asked, connections: number, seconds: number): Promise<void> {
  await load(asked, connections, seconds * 1000);
}

/** Asks once. Returns the data. */
export async function answerOf({ url, token, body }: Asked): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: headersOf(token), body: body() });
  const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
  if (errors !== undefined) throw new Error(`${url} answered ${JSON.stringify(errors)}`);
  return data;
}

function headersOf(token: string) {
  return { 'content-type': 'application/json', 'accept-language': 'fi', authorization: `Bearer ${token}` };
}
