import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { firstQuery } from './first-query.js';
import { graphiqlFetcher } from './graphiql-fetcher.js';

let page: string | undefined;

/** Nine megabytes with all that GraphiQL needs: loaded when a browser first asks. */
async function graphiql(): Promise<string> {
  if (page === undefined) {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const options = { title: 'Digituki' };
    const [before, after, ...more] = renderGraphiQL(options).split(JSON.stringify(options));
    if (before === undefined || after === undefined || more.length > 0) throw new TypeError('GraphiQL’s page has changed');
    // GraphiQL keeps what is being written in the address. What it keeps elsewhere it does not show again.
    const query = `new URLSearchParams(location.search).get('query') || ${JSON.stringify(firstQuery)}`;
    const fetcher = `(${graphiqlFetcher.toString()})(new URL('/graphql', location.href).href)`;
    page = `${before}{ ...${JSON.stringify(options)}, query: ${query}, fetcher: ${fetcher} }${after}`;
  }
  return page;
}

/** GraphiQL from this server alone, without the internet: what a browser gets that opens /graphql. */
export function graphiqlRoutes(app: FastifyInstance): void {
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, headers } = request;
    const [url] = request.url.split('?');
    if (method === 'GET' && url === '/') return reply.redirect('/graphql');
    const isBrowser = headers.accept?.includes('text/html') === true;
    if (method === 'GET' && url === '/graphql' && isBrowser) return reply.type('text/html; charset=utf-8').send(await graphiql());
    return undefined;
  });
}
