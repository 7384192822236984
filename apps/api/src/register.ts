import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestContext } from '#edge/request-context';
import type { Limits } from '#edge/limits';
import { csvHead, csvOf, registerSchema, registerVersion, type RegisterEntry } from '#oversight/decision-register.rules';
import { registerPage } from '#oversight/decision-register.types';
import type { System } from '#system/system';
import { errorsTold } from './errors-told.js';

/** What the register costs who asks for it: as much as anyone may ask for at once, for it is read as a whole. */
const cost = 20_000;
const pageSize = 100;

/**
 * GET /register/decisions.v1.json and .csv, without a token: all decisions that are public, or those of one call
 * (`?call=`), as they stand now. GET /register/decisions.v1.schema.json: their form.
 */
export function registerRoutes(app: FastifyInstance, system: System, limits: Limits): void {
  const path = `/register/decisions.v${registerVersion}`;
  const answer = (form: 'json' | 'csv') => async (request: FastifyRequest, reply: FastifyReply) => {
    limits.spend(cost, { network: limits.networkOf(request.raw), caller: undefined });
    const { call } = request.query as { readonly call?: string };
    const anyone = new RequestContext(request, undefined, []);
    const moment = await system.views.moment({}, anyone, { name: 'grants' });
    const entries = async function* (): AsyncGenerator<RegisterEntry> {
      for (let after: string | undefined; ;) {
        const { edges, pageInfo } = await registerPage(
          typeof call === 'string' ? { call } : {},
          { first: pageSize, ...(after !== undefined && { after }) },
          moment,
          anyone,
        );
        yield* edges.map(({ node }) => node);
        if (!pageInfo.hasNextPage) return;
        after = pageInfo.endCursor ?? undefined;
      }
    };
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
    if (form === 'csv') reply.header('content-disposition', `attachment; filename="decisions.v${registerVersion}.csv"`);
    return reply
      .type(form === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8')
      .send(Readable.from(form === 'csv' ? csv(entries()) : json(entries(), moment.asOf)));
  };
  for (const form of ['json', 'csv'] as const)
    app.route({
      method: 'GET',
      url: `${path}.${form}`,
      handler: answer(form),
      errorHandler: errorsTold(system),
    });
  app.get(`${path}.schema.json`, async (_request, reply) =>
    reply
      .type('application/schema+json')
      .header('access-control-allow-origin', '*')
      .send(JSON.stringify(registerSchema(), null, 2)),
  );
}

async function* csv(entries: AsyncIterable<RegisterEntry>): AsyncGenerator<string> {
  yield csvHead;
  for await (const entry of entries) yield csvOf(entry);
}

async function* json(entries: AsyncIterable<RegisterEntry>, asOf: string): AsyncGenerator<string> {
  yield `{"version":${registerVersion},"asOf":${JSON.stringify(asOf)},"decisions":[`;
  let before = '';
  for await (const entry of entries) {
    yield `${before}${JSON.stringify(entry)}`;
    before = ',\n';
  }
  yield ']}\n';
}
