import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyRequest } from 'fastify';
import { Kind, OperationTypeNode, parse, type DocumentNode } from 'graphql';
import { fail as failAccess, type Tokens } from '#access/tokens';
import { Failed } from '#kernel/refused';
import { askedIn } from './asked.js';
import { checkAccess, checkIsGraphql, checkOperationName, deepest, mostTokens } from './document.js';
import { fail, type ErrorMessages } from './errors.js';
import { acceptedLanguages, RequestContext } from './request-context.js';
import { transformedSchema } from './transformed-schema.js';
import type { Staleness } from './views.js';

/** What questions are answered with. */
interface Asked {
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly staleness: () => Staleness | undefined;
}

/** How Mercurius is set up: JIT, who asks, which operation of the document, what they may read, how errors read. */
export function graphqlOptions({ tokens, messages, staleness }: Asked): MercuriusDriverConfig {
  return {
    driver: MercuriusDriver,
    autoSchemaFile: true,
    sortSchema: true,
    transformSchema: transformedSchema,
    path: '/graphql',
    graphiql: false,
    jit: 1,
    cache: 1_000,
    queryDepth: deepest,
    graphql: { parseOptions: { maxTokens: mostTokens } },
    context: (request: FastifyRequest) => contextOf(request, tokens),
    hooks: {
      preParsing: (_schema, source, context) => {
        checkIsGraphql(source);
        checkOperationOfGet(source, requestOf(context));
      },
      preExecution: (schema, document, context) => {
        const asked = requestOf(context);
        if (asked.fault) throw asked.fault;
        const chosen = chosenOperation(document, asked);
        checkAccess(schema, document, asked.caller);
        return chosen === document ? {} : { document: chosen };
      },
      onResolution: async (execution, context) => {
        const { prefixes } = requestOf(context);
        // Where one could not be found, the question's error says so.
        const found = (await Promise.allSettled(prefixes.values())).flatMap((prefix) =>
          prefix.status === 'fulfilled' ? [prefix.value] : [],
        );
        const stale = staleness();
        if (found.length > 0 || stale)
          execution.extensions = { ...execution.extensions, ...(found.length > 0 && { knownAt: found }), ...(stale && { stale }) };
      },
    },
    errorFormatter: ({ data, errors }, context) => {
      const { languages, request } = requestOf(context);
      const answer = messages.answer(data, errors ?? [], languages?.[0] ?? 'en');
      if (request) askedIn(request).codes.push(...answer.response.errors.map(({ extensions }) => extensions.code));
      return answer as never;
    },
  } as MercuriusDriverConfig;
}

/** Mercurius lets the context that we make through with fields of its own. */
function requestOf(context: unknown): RequestContext {
  return context as RequestContext;
}

async function contextOf(request: FastifyRequest, tokens: Tokens): Promise<RequestContext> {
  const languages = acceptedLanguages(request.headers['accept-language']);
  try {
    return new RequestContext(request, await tokens.callerOf(request.headers.authorization), languages);
  } catch (error) {
    // Told by preExecution: an error thrown here would be thrown again while it is answered.
    const fault = error instanceof Failed ? error : failAccess('identity-provider-unavailable', {}, { cause: error });
    return new RequestContext(request, undefined, languages, fault);
  }
}

/** For a GET Mercurius looks at the operation before any of our hooks sees the document, and fails oddly where there is none of that name. */
function checkOperationOfGet(source: string, { request }: RequestContext): void {
  if (request.method === 'POST') return;
  let document;
  try {
    document = parse(source);
  } catch {
    return; // Said by Mercurius, with the place.
  }
  checkOperationName(document, operationNameOf(request));
}

/**
 * The document with no operation but the one asked for. Mercurius' JIT caches by the document's text and ignores
 * `operationName`: after operation A of a document ran, asking for B answered A.
 */
function chosenOperation(document: DocumentNode, { request }: RequestContext): DocumentNode {
  const operationName = operationNameOf(request);
  const operation = checkOperationName(document, operationName);
  Object.assign(askedIn(request), { operation: operation.operation, operationName: operation.name?.value });
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw fail('websocket-needed');
  if (operation.operation !== OperationTypeNode.QUERY && request.method !== 'POST') throw fail('post-needed');
  const others = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION && definition !== operation);
  if (others.length === 0) return document;
  return { ...document, definitions: document.definitions.filter((definition) => !others.includes(definition)) };
}

function operationNameOf({ body, query }: RequestContext['request']): string | undefined {
  const named = (body ?? query) as { operationName?: string | null } | undefined;
  return named?.operationName ?? undefined;
}
