import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { graphiqlFetcher } from './graphiql-fetcher.js';
import { TestServer } from './server.testing.js';

interface Shown {
  readonly received: number;
  readonly latestFirst: readonly {
    readonly data?: { readonly events: Record<string, unknown> };
    readonly errors?: unknown;
    readonly closed?: number;
  }[];
}

describe('GraphiQL', () => {
  let server: TestServer;
  /** The fetcher as the page has it: from its text, with nothing around it. */
  let fetcher: ReturnType<typeof graphiqlFetcher>;
  beforeAll(async () => {
    server = await TestServer.start();
    const text = await (await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    const [, source] = /fetcher: \((function graphiqlFetcher[\s\S]*)\)\(new URL\('\/graphql', location\.href\)\.href\) \}/.exec(text) ?? [];
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as a browser does
    fetcher = (new Function(`return (${source})`)() as typeof graphiqlFetcher)(`${server.url}/graphql`);
  });
  afterAll(() => server.stop());

  const run = (
    query: string,
    { headers, ...more }: { headers?: Record<string, string>; operationName?: string; variables?: object } = {},
  ) => fetcher({ query, ...more }, { documentAST: parse(query), ...(headers && { headers }) });
  /** What is shown once so much was received. */
  const shown = (subscription: unknown, count: number) =>
    new Promise<Shown>((resolve) => {
      const { subscribe } = subscription as { readonly subscribe: (observer: object) => { readonly unsubscribe: () => void } };
      const running = subscribe({
        next: (result: Shown) => {
          if (result.received < count) return;
          running.unsubscribe();
          resolve(result);
        },
        complete: () => undefined,
      });
    });

  it('runs what it shows, whatever it remembers of an operation that is gone', async () => {
    for (const operationName of ['TheCallOf2019', 'Renamed', undefined])
      expect(await run('query Renamed { calls { totalCount } }', { ...(operationName && { operationName }) })).toMatchObject({
        data: { calls: { totalCount: 3 } },
      });
    const two = 'query A { calls { totalCount } } query B { regions { code } }';
    expect(await run(two, { operationName: 'B' })).toMatchObject({ data: { regions: expect.any(Array) } });
    expect(await run(two, { operationName: 'C' })).toMatchObject({ errors: [{ extensions: { code: 'operation-unknown' } }] });
  });

  it('is what a browser gets that opens a link to a question, too', async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ calls { totalCount } }')}`, {
      headers: { accept: 'text/html,*/*' },
    });
    expect(response.headers.get('content-type')).toContain('text/html');
    const data = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ calls { totalCount } }')}`);
    expect(await data.json()).toMatchObject({ data: { calls: { totalCount: 3 } } });
  });

  it('asks in the language of the browser, and in another where a header says so', async () => {
    const text = await (await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    expect(text).not.toContain('"Accept-Language"');
    const name = '{ call(id: "coordination-2019") { name { language } } }';
    expect(await run(name, { headers: { 'Accept-Language': 'sv' } })).toMatchObject({ data: { call: { name: { language: 'SV' } } } });
  });

  it('shows all that a subscription was told, the latest first', async () => {
    const { received, latestFirst } = await shown(run('subscription { events(call: "coordination-2019") { revision } }'), 5);
    expect([received, latestFirst.length]).toEqual([5, 5]);
    expect(new Set(latestFirst.map(({ data }) => JSON.stringify(data))).size).toBeGreaterThan(1);
  });

  it('subscribes with the headers that it asks with, and says why it cannot', async () => {
    const query = 'subscription { events(call: "coordination-2019") { actor { id } description { language } } }';
    const token = await server.token('ministry-auditor');
    const seen = async (headers: Record<string, string>) => (await shown(run(query, { headers }), 1)).latestFirst[0];
    expect(await seen({ 'Accept-Language': 'sv' })).toMatchObject({
      data: { events: { actor: { id: null }, description: { language: 'SV' } } },
    });
    expect(await seen({ Authorization: `Bearer ${token}` })).toMatchObject({ data: { events: { actor: { id: expect.any(String) } } } });
    expect(await seen({ Authorization: 'Bearer nonsense' })).toMatchObject({
      closed: 4403,
      reason: expect.stringMatching(/^token-invalid/),
    });
  });
});
