import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { askedIn } from '#edge/asked';
import type { ErrorMessages } from '#edge/errors';
import { Limits } from '#edge/limits';
import { acceptedLanguages } from '#edge/request-context';
import { checkText, largestRequest } from '#edge/variables';
import { holdMs, SubscriptionServer } from '#edge/subscription-server';
import type { Failed } from '#kernel/refused';
import { Turns } from '#subscriptions/turns';
import { secondsToWait } from '#system/health';
import { readingsOf } from '#system/readings';
import type { System } from '#system/system';
import { Observer } from '#telemetry/observer';
import { cannotServe } from '#system/status-server';
import { adminRoutes } from './admin.js';
import { auditRoutes } from './audit.js';
import { AppModule } from './app.module.js';
import { documentRoutes } from './documents.js';
import { limitConnections } from './connections.js';
import { exportRoutes } from './export.js';
import { graphiqlRoutes } from './graphiql.js';
import { registerRoutes } from './register.js';
import { healthRoutes, isProbe, metricsRoute, observeRequests, requestIds } from './observe.js';

/** Connections of one address, of those over which requests come and those of subscriptions together. */
const fewestConnections = 256;
/** How often it is looked whether a request takes too long to arrive. */
const lookMs = 1_000;
/** How long a server that stops waits for the requests under way. */
const goodbyeMs = 5_000;

export interface Server {
  readonly url: string;
  readonly schema: GraphQLSchema;
  close(): Promise<void>;
}

/** Serves an opened system over HTTP. @throws CannotStart where the port cannot be had */
export async function serve(system: System, observer = new Observer()): Promise<Server> {
  const { host, port, requestSeconds } = system.settings;
  const limits = new Limits(system.settings.limits);
  const adapter = new FastifyAdapter({
    bodyLimit: largestRequest,
    requestTimeout: requestSeconds * 1_000,
    exposeHeadRoutes: false,
    genReqId: requestIds(observer),
    http: {
      shouldUpgradeCallback: isForWebSocket,
      headersTimeout: requestSeconds * 1_000,
      connectionsCheckingInterval: lookMs,
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(system, limits), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  const routes = adapter.getInstance();
  parseJson(routes);
  observeRequests(routes, observer);
  limitRequests(routes, limits, system.messages);
  const letGo = limitConnections(routes.server, limits, Math.max(fewestConnections, 2 * system.settings.subscriptions.connectionsOfOne));
  sayWhenToTryAgain(routes);
  const admin = adminRoutes(routes, system);
  graphiqlRoutes(routes);
  healthRoutes(routes, system);
  auditRoutes(routes, system);
  documentRoutes(routes, system, limits);
  registerRoutes(routes, system, limits);
  metricsRoute(routes, observer);
  exportRoutes(routes, () => app.get(GraphQLSchemaHost).schema, system.messages);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw cannotServe(error as NodeJS.ErrnoException, host, port);
  }
  const address = app.getHttpServer().address() as { port: number };
  system.log.warm();
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  const { schema } = app.get(GraphQLSchemaHost);
  const { tokens, messages, clock } = system;
  const subscriptions = new SubscriptionServer(app.getHttpServer(), {
    schema,
    tokens,
    messages,
    clock,
    limits: system.settings.subscriptions,
    rates: limits,
    onRead: (read) => system.reads.add(read),
    origins: system.settings.origins,
  });
  observer.metrics?.readFrom(() => readingsOf(system, subscriptions.connections));
  if (system.folder.isHeld) admin.allow(system.folder.announce(url).adminToken);
  const close = async () => {
    letGo();
    await subscriptions.close();
    const impatient = setTimeout(() => routes.server.closeAllConnections(), goodbyeMs);
    await app.close();
    clearTimeout(impatient);
  };
  return { url, schema, close };
}

/** Bodies are JSON of bounded size and form, and nothing else. */
function parseJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: largestRequest }, (request, body: string, done) => {
    try {
      checkText(body);
    } catch (error) {
      return done(error as Error);
    }
    return parse(request, body, done);
  });
}

/**
 * Who asks too fast is told so, after a moment, and has to connect anew: nothing of what they send is read meanwhile. Of
 * many requests that one address makes at once a few are begun in a turn of the event loop. What monitoring asks is not
 * counted.
 */
function limitRequests(app: FastifyInstance, limits: Limits, messages: ErrorMessages): void {
  const turns = new Turns({ most: 16, milliseconds: 2 });
  app.addHook('onRequest', async (request, reply) => {
    if (isProbe(request.url)) return undefined;
    const network = limits.networkOf(request.raw);
    try {
      limits.arrived(network, sizeOf(request.raw));
      await turns.turnOfMany(network);
      return undefined;
    } catch (error) {
      askedIn(request).codes.push((error as Failed).code);
      await sleep(holdMs, undefined, { ref: false });
      await turns.turnOfMany(network);
      const [language = 'en'] = acceptedLanguages(request.headers['accept-language']);
      const { statusCode, response } = messages.answer(undefined, [error], language);
      return reply
        .code(statusCode)
        .headers({ connection: 'close', 'retry-after': String((error as Failed).details['seconds']) })
        .send(response);
    }
  });
}

/** How large a request may become: what does not say it may be as large as any. */
function sizeOf({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : largestRequest;
}

/** Of all that cannot be answered just now it is said when to ask again. */
function sayWhenToTryAgain(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', secondsToWait);
    done(null, payload);
  });
}

/** Clients that know HTTP/2 offer it with every request (`Upgrade: h2c`): such are answered as if they had not. */
function isForWebSocket({ headers: { upgrade } }: IncomingMessage): boolean {
  return upgrade?.toLowerCase() === 'websocket';
}
