import { fastify } from 'fastify';
import mercurius from 'mercurius';
import { entry } from '#kernel/keyed';
import { bareTokens } from './bare-tokens.js';
import type { Trusted } from './identity-provider.js';
import { serveBare } from './servers.js';

export interface BareQuery {
  readonly sdl: string;
  /** What `call` answers, by id: plain objects in memory. */
  readonly calls: Readonly<Record<string, object>>;
  readonly trusted: Trusted;
  readonly remembersTokens: boolean;
}

/** The floor of a query: Mercurius with JIT on Fastify, the same schema, objects in memory, the token checked. */
serveBare(async ({ sdl, calls, trusted, remembersTokens }: BareQuery) => {
  const check = bareTokens(trusted, remembersTokens);
  const app = fastify();
  await app.register(mercurius.default, {
    schema: sdl,
    resolvers: { Query: { call: (_: unknown, { id }: { id: string }) => entry(calls, id) } },
    jit: 1,
    context: async ({ headers }) => ({ caller: await check(headers.authorization) }),
  });
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
});
