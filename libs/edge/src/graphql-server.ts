import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { mayRead } from '#access/policy';
import type { Caller, Tokens } from '#access/tokens';
import { Failed } from '#kernel/refused';
import { askedIn, type Forbidden } from './asked.js';
import { Documents, type Operation } from './document.js';
import { fail, type ErrorMessages } from './errors.js';
import type { Limits } from './limits.js';
import { acceptedLanguages, RequestContext } from './request-context.js';
import { operationAsked, observed, type OnRead } from './restricted-reads.js';
import { costOfVariables, coerced, type Variables } from './variables.js';
import type { Staleness } from './views.js';
import type { VisibleEvents } from './visible-events.js';

/** What questions are answered with. */
export interface Answering {
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly staleness: () => Staleness | undefined;
  readonly limits: Limits;
  readonly visible: VisibleEvents;
  /** Told of what officials are let read that is not anyone's. */
  readonly onRead: OnRead;
  /** Told of what a caller tried and may not, before they are answered. */
  readonly onForbidden: (caller: Caller, correlationId: string, forbidden: readonly Forbidden[]) => Promise<void>;
}

/** A request of GraphQL over HTTP, in its form. */
interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables | undefined;
}

/** Answers queries and commands over HTTP: POST with JSON, and GET for queries. */
export function graphqlRoutes(app: FastifyInstance, path: string, schema: GraphQLSchema, answering: Answering): void {
  const server = new GraphqlServer(schema, answering);
  app.route({
    method: ['GET', 'POST'],
    url: path,
    handler: async (request, reply) => server.answer(request, reply),
    errorHandler: (error, request, reply) => void server.refuse(error, request, reply),
  });
}

class GraphqlServer {
  private readonly documents: Documents;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly answering: Answering,
  ) {
    this.documents = new Documents(schema);
  }

  /** Answers what is asked; whatever is refused is refused before what takes longer is done. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { query, operationName, variables } = askedBy(request);
    const look = costOfVariables(variables);
    const { limits } = this.answering;
    const caller = await this.answering.tokens.callerOf(request.headers.authorization);
    const asker = { network: limits.networkOf(request.raw), caller };
    limits.spend(look, asker);
    const operation = this.documents.operation(query, operationName, (cost) => limits.spend(cost, asker));
    Object.assign(askedIn(request), { operation: operation.type, operationName: operation.name });
    checkMethod(operation, request);
    const cost = limits.charge(operation.cost(coerced(this.schema, operation.definition, variables)), asker);
    const { onRead, visible } = this.answering;
    // A receipt tells only of the caller's own command, which is on record itself.
    const isRead = operation.type !== OperationTypeNode.MUTATION;
    const reader = isRead ? observed(caller, request.id, () => operationAsked(operation, variables), onRead) : caller;
    const context = new RequestContext(request, reader, languagesOf(request), visible);
    const answer = await this.executed(operation, variables, context);
    const { forbidden } = askedIn(request);
    if (caller && forbidden.length > 0) await this.answering.onForbidden(caller, request.id, forbidden);
    return this.send(request, reply, answer, { cost, ...(await this.toldOf(context)) });
  }

  /** Says why a request is not answered. */
  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { code, details: { cost: asked, budget } = {} } = error as Partial<Failed>;
    const extensions = code === 'too-costly' ? { cost: { asked, budget } } : undefined;
    return this.send(
      request,
      reply,
      { errors: (Array.isArray(error) ? error : [error]) as ExecutionResult['errors'] & object },
      extensions,
    );
  }

  private async executed(operation: Operation, variables: Variables | undefined, context: RequestContext): Promise<ExecutionResult> {
    const compiled = operation.compiled();
    if (compiled) return compiled.query(undefined, context, variables);
    return execute({
      schema: this.schema,
      document: operation.document,
      operationName: operation.name ?? null,
      contextValue: context,
      variableValues: variables ?? null,
    });
  }

  /** What is told of the answer as a whole: of which beginning of the log it is, and whether it may be old. */
  private async toldOf({ prefixes, caller }: RequestContext): Promise<object> {
    // Where one could not be found, the question's error says so.
    const knownAt = (await Promise.allSettled(prefixes.values())).flatMap((prefix) =>
      prefix.status === 'fulfilled' ? [prefix.value] : [],
    );
    // What happened last somewhere in the log is not everybody's to know.
    const seesAll = knownAt.length > 0 && mayRead('what the system keeps of itself', caller);
    const told = knownAt.map(({ position, stream, revision, ...time }) => (seesAll ? { ...time, position, stream, revision } : time));
    const stale = this.answering.staleness();
    return { ...(told.length > 0 && { knownAt: told }), ...(stale && { stale }) };
  }

  private send(
    request: FastifyRequest,
    reply: FastifyReply,
    { data, errors }: ExecutionResult,
    extensions: object | undefined,
  ): FastifyReply {
    if (!errors) return reply.send({ data, extensions });
    const { statusCode, response } = this.answering.messages.answer(data, errors, languagesOf(request)[0] ?? 'en');
    askedIn(request).codes.push(...response.errors.map(({ extensions }) => extensions.code));
    const waiting = response.errors.find(({ extensions: { code } }) => code === 'too-many-requests')?.extensions.details;
    if (waiting) reply.header('retry-after', (waiting as { seconds: number }).seconds);
    return reply.code(statusCode).send({ ...response, extensions });
  }
}

function languagesOf({ headers }: FastifyRequest) {
  return acceptedLanguages(headers['accept-language']);
}

/** @throws Failed `invalid-request` */
function askedBy({ method, body, query, headers }: FastifyRequest): Asked {
  const isPost = method === 'POST';
  // A form of another page can send anything but JSON.
  if (isPost && !headers['content-type']?.startsWith('application/json')) throw fail('invalid-request');
  const { query: text, operationName, variables } = ((isPost ? body : query) ?? {}) as Record<string, unknown>;
  const given = isPost || variables === undefined ? variables : parsedJson(variables);
  if (typeof text !== 'string' || !isNameOrNone(operationName) || !isObjectOrNone(given)) throw fail('invalid-request');
  return { query: text, operationName: operationName ?? undefined, variables: given ?? undefined };
}

function parsedJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

function isNameOrNone(value: unknown): value is string | null | undefined {
  return value == null || typeof value === 'string';
}

function isObjectOrNone(value: unknown): value is Variables | null | undefined {
  return value == null || (typeof value === 'object' && !Array.isArray(value));
}

/** @throws Failed `websocket-needed`, `post-needed` */
function checkMethod({ type }: Operation, { method }: FastifyRequest): void {
  if (type === OperationTypeNode.SUBSCRIPTION) throw fail('websocket-needed');
  if (type !== OperationTypeNode.QUERY && method !== 'POST') throw fail('post-needed');
}
