import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { mayRead } from '#access/policy';
import type { Caller, Tokens } from '#access/tokens';
import { Failed } from '#kernel/refused';
import { remembered } from '#kernel/remembered';
import { askedIn, type Forbidden } from './asked.js';
import { Documents, type Operation } from './document.js';
import { fail, type ErrorMessages } from './errors.js';
import type { AnswerCache, CachedAnswer } from './answer-cache.js';
import type { Charged, Limits } from './limits.js';
import { acceptedLanguages, RequestContext } from './request-context.js';
import { operationAsked, observed, type OnRead, type RestrictedRead } from './restricted-reads.js';
import { checkText, costOfVariables, coerced, type Variables } from './variables.js';
import type { Staleness } from './views.js';
import type { VisibleEvents } from './visible-events.js';

/** What questions are answered with. */
export interface Answering {
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly staleness: () => Staleness | undefined;
  readonly limits: Limits;
  readonly cache: AnswerCache;
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

/** What a request asks, by whom, and what it was charged. */
interface Question extends Pick<CachedAnswer, 'costs'> {
  readonly operation: Operation;
  readonly about: CachedAnswer['operation'];
  readonly variables: Variables | undefined;
  readonly caller: Caller | undefined;
  readonly cost: Charged;
}

/** Answers queries and commands over HTTP: POST with JSON, and GET for queries. */
export function graphqlRoutes(app: FastifyInstance, path: string, schema: GraphQLSchema, answering: Answering): void {
  void app.register(async (routes) => {
    const parse = routes.getDefaultJsonParser('error', 'error');
    const server = new GraphqlServer(schema, answering, parse);
    // The text is what tells a request from others: one that is answered as another is not parsed.
    routes.removeContentTypeParser('application/json');
    routes.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    routes.route({
      method: ['GET', 'POST'],
      url: path,
      handler: (request, reply) => server.answer(request, reply),
      errorHandler: (error, request, reply) => server.refuse(error, request, reply),
    });
  });
}

type JsonParser = ReturnType<FastifyInstance['getDefaultJsonParser']>;

class GraphqlServer {
  private readonly documents: Documents;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly answering: Answering,
    private readonly parse: JsonParser,
  ) {
    this.documents = new Documents(schema);
  }

  /** Answers what is asked. Nothing waits until the answer is sent, as who returns a reply from an asynchronous handler does. */
  answer(request: FastifyRequest, reply: FastifyReply): void {
    this.answerOnce(request, reply).catch((error: unknown) => this.refuse(error, request, reply));
  }

  /** Whatever is refused is refused before what takes longer is done. */
  private async answerOnce(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const key = keyOf(request);
    if (!(await this.isAnsweredAgain(key, request, reply))) await this.answerAnew(key, request, reply);
  }

  /** Gives the answer that another was given; false where there is none. */
  private async isAnsweredAgain(key: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const { cache, tokens } = this.answering;
    if (key === undefined || !cache.now()?.find(key)) return false;
    const { authorization } = request.headers;
    const caller = authorization === undefined ? undefined : await tokens.callerOf(authorization);
    const found = cache.now()?.find(key);
    return found !== undefined && this.isSentAgain(found, caller, request, reply);
  }

  /** False where the answer is not the caller's, or may be old. */
  private isSentAgain(found: CachedAnswer, caller: Caller | undefined, request: FastifyRequest, reply: FastifyReply): boolean {
    const { limits, staleness } = this.answering;
    if (found.succeeds !== succeedsOf(caller) || staleness()) return false;
    const asker = { network: limits.networkOf(request.raw), caller };
    limits.spend(found.costs.variables, asker);
    limits.charge(found.costs.operation, asker);
    this.sendAgain(found, request, reply);
    return true;
  }

  /** To another who asked the same. What an official is let read is on record for each request. */
  private sendAgain({ body, operation, reads }: CachedAnswer, request: FastifyRequest, reply: FastifyReply): void {
    Object.assign(askedIn(request), operation, { isCached: true });
    for (const read of reads) this.answering.onRead({ ...read, correlationId: request.id });
    sendJson(reply, body);
  }

  private async answerAnew(key: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { cache } = this.answering;
    const standing = cache.now();
    const question = await this.questionOf(request);
    const { operation, variables, caller } = question;
    const isForOthers = key !== undefined && standing !== undefined && standing === cache.now() && operation.isCacheable(variables);
    if (!isForOthers) {
      await this.answerWith(question, request, reply);
      return;
    }
    const shared = `${succeedsOf(caller)}\n${key}`;
    const made = standing.madeForAnother(shared);
    if (made) {
      const answer = await made;
      if (answer && !this.answering.staleness()) this.sendAgain(answer, request, reply);
      else await this.answerWith(question, request, reply);
      return;
    }
    const end = standing.begin(shared);
    let answer: CachedAnswer | undefined;
    try {
      answer = await this.answerWith(question, request, reply, true);
      if (answer && standing === cache.now()) standing.keep(key, answer);
    } finally {
      end(answer);
    }
  }

  /** What is asked, once it is paid for. */
  private async questionOf(request: FastifyRequest): Promise<Question> {
    const { query, operationName, variables } = askedBy(request, this.parse);
    const look = costOfVariables(variables);
    const { limits, tokens } = this.answering;
    const caller = await tokens.callerOf(request.headers.authorization);
    const asker = { network: limits.networkOf(request.raw), caller };
    limits.spend(look, asker);
    const operation = this.documents.operation(query, operationName, (cost) => limits.spend(cost, asker));
    const about = { operation: operation.type, operationName: operation.name };
    Object.assign(askedIn(request), about);
    checkMethod(operation, request);
    const cost = limits.charge(operation.cost(coerced(this.schema, operation.definition, variables)), asker);
    return { operation, about, variables, caller, cost, costs: { variables: look, operation: cost.asked } };
  }

  /** Answers, and returns the answer where it is, and can be, given to others who ask the same. */
  private async answerWith(
    question: Question,
    request: FastifyRequest,
    reply: FastifyReply,
    isForOthers = false,
  ): Promise<CachedAnswer | undefined> {
    const { operation, about, variables, caller, cost, costs } = question;
    const { visible, onRead } = this.answering;
    const reads: RestrictedRead[] = [];
    const noted: OnRead = (read) => {
      reads.push(read);
      onRead(read);
    };
    // A receipt tells only of the caller's own command, which is on record itself.
    const isRead = operation.type !== OperationTypeNode.MUTATION;
    const reader = isRead ? observed(caller, request.id, () => operationAsked(operation, variables), noted) : caller;
    const context = new RequestContext(request, reader, languagesOf(request), visible);
    const result = await this.executed(operation, variables, context);
    const { forbidden } = askedIn(request);
    if (caller && forbidden.length > 0) await this.answering.onForbidden(caller, request.id, forbidden);
    const told = { cost, ...(await this.toldOf(context)) };
    if (result.errors) {
      this.send(request, reply, result, told);
      return undefined;
    }
    const text = JSON.stringify({ data: result.data, extensions: told });
    if (!isForOthers || context.isOfItsOwn || 'stale' in told) {
      sendJson(reply, text);
      return undefined;
    }
    const body = Buffer.from(text);
    sendJson(reply, body);
    return { body, costs, operation: about, succeeds: succeedsOf(caller), reads };
  }

  /** Says why a request is not answered. */
  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { code, details: { cost: asked, budget } = {} } = error as Partial<Failed>;
    const extensions = code === 'too-costly' ? { cost: { asked, budget } } : undefined;
    this.send(request, reply, { errors: (Array.isArray(error) ? error : [error]) as ExecutionResult['errors'] & object }, extensions);
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

  private send(request: FastifyRequest, reply: FastifyReply, { data, errors = [] }: ExecutionResult, extensions: object | undefined): void {
    const { statusCode, response } = this.answering.messages.answer(data, errors, languagesOf(request)[0] ?? 'en');
    askedIn(request).codes.push(...response.errors.map(({ extensions }) => extensions.code));
    const waiting = response.errors.find(({ extensions: { code } }) => code === 'too-many-requests')?.extensions.details;
    if (waiting) reply.header('retry-after', (waiting as { seconds: number }).seconds);
    void reply.code(statusCode).send({ ...response, extensions });
  }
}

/** Many ask with few of them, which may be long. */
const languagesAsked = remembered(1_000, acceptedLanguages);
const longestRemembered = 200;

function languagesOf({ headers: { 'accept-language': header = '' } }: FastifyRequest) {
  return header.length > longestRemembered ? acceptedLanguages(header) : languagesAsked(header);
}

/** What a request is known again by: all of it that an answer can depend on. Undefined where it is no request that we answer. */
function keyOf(request: FastifyRequest): string | undefined {
  const { method, body, url, headers } = request;
  const isPost = method === 'POST';
  const text = isPost ? body : url;
  if (typeof text !== 'string' || (isPost && !isJson(request))) return undefined;
  return `${languagesOf(request).join(' ')}\n${headers.authorization ?? ''}\n${text}`;
}

function isJson({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.startsWith('application/json') === true;
}

function succeedsOf(caller: Caller | undefined): string {
  return caller?.succeeds?.join(' ') ?? '';
}

function sendJson(reply: FastifyReply, body: Buffer | string): void {
  void reply.header('content-type', 'application/json; charset=utf-8').send(body);
}

/** @throws Failed `invalid-request` */
function askedBy(request: FastifyRequest, parse: JsonParser): Asked {
  const { method, query } = request;
  const isPost = method === 'POST';
  // A form of another page can send anything but JSON.
  if (isPost && !isJson(request)) throw fail('invalid-request');
  const body = isPost ? bodyOf(request, parse) : undefined;
  const { query: text, operationName, variables } = ((isPost ? body : query) ?? {}) as Record<string, unknown>;
  const given = isPost || variables === undefined ? variables : parsedJson(variables);
  if (typeof text !== 'string' || !isNameOrNone(operationName) || !isObjectOrNone(given)) throw fail('invalid-request');
  return { query: text, operationName: operationName ?? undefined, variables: given ?? undefined };
}

/** @throws Failed `variables-too-large`, and what Fastify says of a text that is no JSON */
function bodyOf(request: FastifyRequest, parse: JsonParser): unknown {
  const { body } = request;
  if (typeof body !== 'string') return body;
  checkText(body);
  let parsed: unknown;
  // It calls back at once.
  void parse(request, body, (error, found) => {
    if (error) throw error;
    parsed = found;
  });
  return parsed;
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
