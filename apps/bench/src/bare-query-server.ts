import { fastify } from 'fastify';
import mercurius from 'mercurius';
import { entry } from '#kernel/keyed';
import { bareTokens } from './bare-tokens.js';
import type { Trusted } from './identity-provider.js';
import { serveBare } from './servers.js';

export interface BareQuery {
  readonly sdl: string;
  /** What a query’s fields answer, by the id or code asked for: plain objects in memory. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly trusted: Trusted;
  readonly remembersTokens: boolean;
}

/** Under which stands what is asked for without an id or code. */
export const all = 'all';

/** The floor of a query: Mercurius with JIT on Fastify, the same schema, objects in memory, the token checked. */
serveBare(async ({ sdl, answers, trusted, remembersTokens }: BareQuery) => {
  const check = bareTokens(trusted, remembersTokens);
  const Query = Object.fromEntries(
    Object.entries(answers).map(([field, known]) => [
      field,
      (_: unknown, { id, code }: { readonly id?: string; readonly code?: string }) => entry(known, id ?? code ?? all),
    ]),
  );
  const app = fastify();
  await app.register(mercurius.default, {
    schema: sdl,
    resolvers: { Query },
    jit: 1,
    context: async ({ headers }) => ({ caller: await check(headers.authorization) }),
  });
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
});
