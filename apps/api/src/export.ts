import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { ErrorMessages } from '#edge/errors';
import { exportOf, lineOf, type Export, type ExportedPage } from '#edge/export';
import { csvLine } from '#kernel/csv';
import { answerOf } from './errors-told.js';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string; readonly details?: { readonly seconds?: number } } }[];
}

/** A page as it was answered, or why it was not. */
type Asked = { readonly page: ExportedPage } | { readonly status: number; readonly body: string };

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;
/** Those who wait longer for their turn are told to try again. */
const longestWaitSeconds = 10;

/**
 * GET /export/<list>.csv and .ndjson: a list of the API as a file, page after page while it is read. Each page is
 * a question to /graphql by the same caller: who sees what, what it may cost and how fast one may ask are decided there.
 */
export function exportRoutes(app: FastifyInstance, schema: () => GraphQLSchema, messages: ErrorMessages): void {
  app.get('/export/:file', async (request, reply) => {
    const [, list = '', format = 'csv'] = /^(.+)\.(csv|ndjson)$/.exec((request.params as { file: string }).file) ?? [];
    let wanted: Export;
    try {
      wanted = exportOf(schema(), list, givenIn(request.query));
    } catch (error) {
      return reply.code(list === '' ? 404 : 400).send(answerOf(error, request, messages).response);
    }
    return send(new Asking(app, request, wanted), format as keyof typeof types, reply);
  });
}

async function send(asking: Asking, format: keyof typeof types, reply: FastifyReply): Promise<unknown> {
  const first = await asking.page(null);
  if (!('page' in first)) return reply.code(first.status).type('application/json; charset=utf-8').send(first.body);
  const { isComplete, knownTotal } = first.page;
  if (isComplete !== undefined) void reply.header('digituki-is-complete', String(isComplete));
  if (knownTotal != null) void reply.header('digituki-known-total', String(knownTotal));
  return reply
    .type(types[format])
    .header('cache-control', 'no-store')
    .send(Readable.from(linesOf(asking, first.page, format)));
}

async function* linesOf(asking: Asking, first: ExportedPage, format: keyof typeof types): AsyncGenerator<string> {
  const { columns } = asking.wanted;
  if (format === 'csv') yield csvLine(columns);
  for (let page = first; ;) {
    for (const { node } of page.edges) yield lineOf(format, node, columns);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage) return;
    const next = await asking.page(endCursor);
    // The file is cut off, so that nobody takes it for the whole.
    if (!('page' in next)) throw new Error(`the export ended: ${next.body}`);
    page = next.page;
  }
}

/** Asks for the pages of an export in the name of who wants it. */
class Asking {
  /** Smaller where a page of as many costs too much. */
  private size = 100;

  constructor(
    private readonly app: FastifyInstance,
    private readonly request: FastifyRequest,
    readonly wanted: Export,
  ) {}

  async page(after: string | null): Promise<Asked> {
    for (;;) {
      const { query, isPaged } = this.wanted;
      const { statusCode: status, body } = await this.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { ...this.headers(), 'content-type': 'application/json' },
        remoteAddress: this.request.socket.remoteAddress ?? '',
        payload: { query, variables: this.wanted.variablesFor(this.size, after) },
      });
      const { data, errors = [] } = JSON.parse(body) as Answer;
      const page = this.wanted.pageIn(data);
      if (page) return { page };
      const { code, details } = errors[0]?.extensions ?? {};
      if (code === 'too-costly' && isPaged && this.size > 1) this.size = Math.floor(this.size / 2);
      else if (code === 'too-many-requests' && (details?.seconds ?? Infinity) <= longestWaitSeconds)
        await sleep((details?.seconds ?? 1) * 1_000);
      // What is exported is not there, or not for this caller.
      else return { status: status === 200 ? 404 : status, body };
    }
  }

  private headers() {
    const { authorization, 'accept-language': language, 'x-forwarded-for': from } = this.request.headers;
    return {
      ...(authorization && { authorization }),
      ...(language && { 'accept-language': language }),
      ...(from && { 'x-forwarded-for': from }),
    };
  }
}

function givenIn(query: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(query as Record<string, unknown>).map(([name, value]) => [name, String([value].flat().at(-1))]));
}
