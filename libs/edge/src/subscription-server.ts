import { GraphQLError, OperationTypeNode, parse, specifiedRules, validate, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Tokens } from '#access/tokens';
import type { AlarmClock } from '#kernel/clock';
import { Failed } from '#kernel/refused';
import { checkAccess, checkDepth, checkIsGraphql, checkOperationName, mostTokens } from './document.js';
import type { ErrorMessages } from './errors.js';
import { fail, SubscriptionClient, SubscriptionContext, type ClientLimits } from './subscription-client.js';

export interface SubscriptionLimits extends ClientLimits {
  readonly connections: number;
}

export interface SubscriptionParts {
  readonly schema: GraphQLSchema;
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly clock: AlarmClock;
  readonly limits: SubscriptionLimits;
  /** Where pages of other servers may connect from, beside our own. */
  readonly origins: readonly string[];
}

interface Extra {
  readonly client: SubscriptionClient;
}
type Options = ServerOptions<Record<string, unknown>, Extra>;
type Payload = Parameters<NonNullable<Options['onSubscribe']>>[2];

const path = '/graphql';
/** A message is a document and its variables. */
const largestMessage = 128 * 1024;
/** How often clients are asked whether they are still there. */
const beatMs = 30_000;
/** How long a client may take to answer that it has been told that the connection closes. */
const goodbyeMs = 2_000;
const mostErrors = 10;

/** Subscriptions over WebSocket (graphql-transport-ws), on the server that answers everything else over HTTP. */
export class SubscriptionServer {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, handleProtocols, autoPong: false });
  private readonly clients = new Set<SubscriptionClient>();
  private readonly protocol: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>;
  private stopBeating: () => void = () => undefined;
  private isClosing = false;
  private lastLeft: () => void = () => undefined;

  constructor(
    http: Server,
    private readonly parts: SubscriptionParts,
  ) {
    this.protocol = makeServer(this.options());
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
  }

  get connections(): number {
    return this.clients.size;
  }

  /** Tells every client that the server is restarted, so that they come again and go on where they were. */
  async close(): Promise<void> {
    this.isClosing = true;
    this.stopBeating();
    if (this.clients.size === 0) return;
    const left = new Promise<void>((resolve) => (this.lastLeft = resolve));
    for (const client of this.clients) client.end(fail('server-restarting'));
    const impatient = setTimeout(() => {
      for (const client of this.clients) client.terminate();
    }, goodbyeMs);
    await left;
    clearTimeout(impatient);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { limits } = this.parts;
    // Taken apart by hand: not every target of a request can be read as an address.
    if (request.url?.split('?')[0] !== path) return refuse(socket, 404);
    if (!this.isFromAllowedOrigin(request)) return refuse(socket, 403);
    if (this.isClosing || this.clients.size >= limits.connections) return refuse(socket, 503);
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.opened(opened, request));
  }

  /** Programs name no origin; a browser always does. */
  private isFromAllowedOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.parts.origins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  private opened(socket: WebSocket, request: IncomingMessage): void {
    const { limits, messages, clock } = this.parts;
    const client = new SubscriptionClient(socket, request, limits, messages, clock);
    this.clients.add(client);
    if (this.clients.size === 1) this.beat();
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => client.send(text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data: Buffer) => void handle(data.toString()).catch((error: unknown) => this.failed(client, error))),
      },
      { client },
    );
    // What is wrong with a socket is followed by its closing.
    socket.on('error', () => undefined);
    socket.once('close', (code, reason) => {
      this.clients.delete(client);
      if (this.clients.size === 0) this.lastLeft();
      void closed(code, reason.toString());
    });
  }

  private failed(client: SubscriptionClient, error: unknown): void {
    if (error instanceof Failed) return client.close(error);
    // Logged under an id, as any error that is not the client's.
    this.parts.messages.answer(undefined, [error], client.language);
    client.close(undefined);
  }

  private options(): Options {
    const { tokens, messages } = this.parts;
    const told = (client: SubscriptionClient, data: object | null | undefined, errors: readonly unknown[]) =>
      messages.answer(data, errors, client.language).response;
    return {
      onConnect: ({ connectionParams, extra: { client } }) => client.signIn(connectionParams ?? {}, tokens),
      onSubscribe: ({ extra: { client }, subscriptions }, id, payload) => {
        try {
          const args = this.checked(client, Object.keys(subscriptions).length, payload);
          client.begin(id);
          return args;
        } catch (error) {
          const errors = Array.isArray(error) ? (error as GraphQLError[]) : [error];
          return errors.map((one) => (one instanceof GraphQLError ? one : new GraphQLError(String(one), { originalError: one as Error })));
        }
      },
      onNext: ({ extra: { client } }, _id, _payload, _args, { data, errors }) =>
        errors ? (told(client, data, errors) as never) : undefined,
      onError: ({ extra: { client } }, _id, _payload, errors) => told(client, undefined, errors).errors,
      onComplete: ({ extra: { client } }, id) => client.finish(id),
    };
  }

  /** What is executed. @throws Failed, GraphQLError, or a list of them where it is not to be */
  private checked(client: SubscriptionClient, subscriptions: number, { query, operationName, variables }: Payload): ExecutionArgs {
    const { schema, limits } = this.parts;
    if (subscriptions > limits.subscriptions) throw fail('too-many-subscriptions', { most: limits.subscriptions });
    checkIsGraphql(query);
    const document = parse(query, { maxTokens: mostTokens });
    const operation = checkOperationName(document, operationName ?? undefined);
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) throw fail('subscriptions-only');
    const wrong = validate(schema, document, specifiedRules, { maxErrors: mostErrors });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- all of them are told
    if (wrong.length > 0) throw wrong;
    checkDepth(document, operation);
    checkAccess(schema, document, client.caller);
    return {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      contextValue: new SubscriptionContext(client),
    };
  }

  /** While there are clients, from the first one on. */
  private beat(): void {
    const { clock } = this.parts;
    this.stopBeating();
    this.stopBeating = clock.alarm(clock.now() + beatMs, () => {
      for (const client of this.clients) client.beat();
      if (this.clients.size > 0) this.beat();
    });
  }
}

/** Answers and lets go of the socket, whether or not the client does. */
function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => undefined);
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n${status === 503 ? 'Retry-After: 5\r\n' : ''}\r\n`;
  socket.end(answer, () => socket.destroy());
}
