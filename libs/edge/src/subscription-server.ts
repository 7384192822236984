import { GraphQLError, OperationTypeNode, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Tokens } from '#access/tokens';
import type { AlarmClock } from '#kernel/clock';
import { Failed } from '#kernel/refused';
import { Turns } from '#subscriptions/turns';
import { Documents } from './document.js';
import type { ErrorMessages } from './errors.js';
import type { Limits } from './limits.js';
import { operationAsked, observed, type OnRead } from './restricted-reads.js';
import { fail, SubscriptionClient, SubscriptionContext, type ClientLimits } from './subscription-client.js';
import { SubscriptionIds } from './subscription-ids.js';
import { hearInTurn } from './subscription-messages.js';
import { costOfVariables, checkText, coerced } from './variables.js';

export interface SubscriptionLimits extends ClientLimits {
  readonly connections: number;
  /** Of them, those of one address, and those of one caller. */
  readonly connectionsOfOne: number;
}

export interface SubscriptionParts {
  readonly schema: GraphQLSchema;
  readonly tokens: Tokens;
  readonly messages: ErrorMessages;
  readonly clock: AlarmClock;
  readonly limits: SubscriptionLimits;
  readonly rates: Limits;
  readonly onRead: OnRead;
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
/** For how long those are kept waiting who come too fast: so they cannot come faster. */
export const holdMs = 500;
/** A client that was told the end and goes on talking is cut. */
const patience = 100;
/** After how long who has too many connections may try again. */
const secondsToWait = 5;

/** Subscriptions over WebSocket (graphql-transport-ws), on the server that answers everything else over HTTP. */
export class SubscriptionServer {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    handleProtocols,
    autoPong: false,
    // Of many messages that came at once one is looked at in a turn of the event loop.
    allowSynchronousEvents: false,
  });
  private readonly clients = new Set<SubscriptionClient>();
  /** How many connections there are of each address. */
  private readonly networks = new Map<string, number>();
  /** Who opens, says something or is refused waits for a turn, each address for its own. */
  private readonly turns = new Turns({ most: 16, milliseconds: 1 });
  private readonly documents: Documents;
  private readonly protocol: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>;
  private stopBeating: () => void = () => undefined;
  private isClosing = false;
  private lastLeft: () => void = () => undefined;

  constructor(
    http: Server,
    private readonly parts: SubscriptionParts,
  ) {
    this.documents = new Documents(parts.schema);
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
    const { rates } = this.parts;
    // Taken apart by hand: not every target of a request can be read as an address.
    if (request.url?.split('?')[0] !== path) return refuse(socket, 404);
    if (!this.isFromAllowedOrigin(request)) return refuse(socket, 403);
    const network = rates.networkOf(request);
    const seconds = rates.waitFor(network);
    if (seconds > 0) return this.hold(socket, network, seconds);
    // Nobody else listens while it waits.
    socket.on('error', () => undefined);
    this.turns.take(() => this.open(request, socket, head, network), network);
  }

  private open(request: IncomingMessage, socket: Duplex, head: Buffer, network: string): void {
    const { limits } = this.parts;
    if ((this.networks.get(network) ?? 0) >= limits.connectionsOfOne) return this.hold(socket, network, secondsToWait);
    if (this.isClosing || this.clients.size >= limits.connections) return refuse(socket, 503, secondsToWait);
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.opened(opened, request, network));
  }

  /** Refuses who comes too fast, after a moment. */
  private hold(socket: Duplex, network: string, seconds: number): void {
    socket.on('error', () => undefined);
    setTimeout(() => this.turns.take(() => refuse(socket, 429, seconds), network), holdMs).unref();
  }

  /** Programs name no origin; a browser always does. */
  private isFromAllowedOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.parts.origins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  private opened(socket: WebSocket, request: IncomingMessage, network: string): void {
    const { limits, messages, clock } = this.parts;
    const client = new SubscriptionClient(socket, request, network, limits, messages, clock);
    const ids = new SubscriptionIds();
    this.clients.add(client);
    this.networks.set(network, (this.networks.get(network) ?? 0) + 1);
    if (this.clients.size === 1) this.beat();
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: async (text) => {
          const told = ids.told(text);
          if (told !== undefined) await client.send(told);
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          hearInTurn(
            socket,
            (goOn) => this.turns.take(goOn, network),
            (text) => this.hear(client, ids, text, handle),
          ),
      },
      { client },
    );
    // What is wrong with a socket is followed by its closing.
    socket.on('error', () => undefined);
    socket.once('close', (code, reason) => {
      this.clients.delete(client);
      this.leave(network);
      if (this.clients.size === 0) this.lastLeft();
      void closed(code, reason.toString());
    });
  }

  private leave(network: string): void {
    const others = (this.networks.get(network) ?? 0) - 1;
    if (others > 0) this.networks.set(network, others);
    else this.networks.delete(network);
  }

  private hear(client: SubscriptionClient, ids: SubscriptionIds, text: string, handle: (text: string) => Promise<void>): void {
    if (client.isEnded) return client.isPatient(patience) ? undefined : client.terminate();
    try {
      this.parts.rates.arrived(client.network, text.length);
      checkText(text);
    } catch (error) {
      return client.end(error as Failed);
    }
    const taken = ids.taken(text);
    if (taken === undefined) return client.closeWith(CloseCode.SubscriberAlreadyExists, 'Subscriber already exists');
    void handle(taken).catch((error: unknown) => this.failed(client, error));
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
      onConnect: async ({ connectionParams, extra: { client } }) => {
        await client.signIn(connectionParams ?? {}, tokens);
        this.checkConnectionsOf(client);
      },
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

  /** @throws Failed `too-many-connections` */
  private checkConnectionsOf({ caller }: SubscriptionClient): void {
    if (!caller) return;
    const { connectionsOfOne: most } = this.parts.limits;
    let count = 0;
    for (const client of this.clients) if (client.caller?.id === caller.id) count += 1;
    if (count > most) throw fail('too-many-connections', { most });
  }

  /** What is executed. @throws Failed, GraphQLError, or a list of them where it is not to be */
  private checked(client: SubscriptionClient, subscriptions: number, { query, operationName, variables }: Payload): ExecutionArgs {
    const { schema, limits, rates, onRead } = this.parts;
    if (subscriptions > limits.subscriptions) throw fail('too-many-subscriptions', { most: limits.subscriptions });
    rates.spend(costOfVariables(variables ?? undefined), client);
    const operation = this.documents.operation(query, operationName ?? undefined, (price) => rates.spend(price, client));
    const { document, definition, type, name, cost } = operation;
    if (type !== OperationTypeNode.SUBSCRIPTION) throw fail('subscriptions-only');
    rates.charge(cost(coerced(schema, definition, variables ?? undefined)), client);
    const asked = () => operationAsked(operation, variables ?? undefined);
    return {
      schema,
      document,
      operationName: name ?? null,
      variableValues: variables ?? null,
      contextValue: new SubscriptionContext(client, observed(client.caller, client.id, asked, onRead)),
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
function refuse(socket: Duplex, status: number, secondsToWait?: number): void {
  socket.on('error', () => undefined);
  const wait = secondsToWait === undefined ? '' : `Retry-After: ${secondsToWait}\r\n`;
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n${wait}\r\n`;
  socket.end(answer, () => socket.destroy());
}
