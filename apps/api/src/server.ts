import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { SubscriptionServer } from '#edge/subscription-server';
import { secondsToWait } from '#system/health';
import { readingsOf } from '#system/readings';
import type { System } from '#system/system';
import { Observer } from '#telemetry/observer';
import { cannotServe } from '#system/status-server';
import { adminRoutes } from './admin.js';
import { auditRoutes } from './audit.js';
import { AppModule } from './app.module.js';
import { graphiqlRoutes } from './graphiql.js';
import { healthRoutes, metricsRoute, observeRequests, requestIds } from './observe.js';

/** The largest request, in bytes: a command's content is far smaller than what one append may hold. */
const largestRequest = 512 * 1024;
/** How long a request may take to arrive. */
const slowestRequestMs = 30_000;
/** How long a server that stops waits for the requests under way. */
const goodbyeMs = 5_000;

export interface Server {
  readonly url: string;
  readonly schema: GraphQLSchema;
  close(): Promise<void>;
}

/** Serves an opened system over HTTP. @throws CannotStart where the port cannot be had */
export async function serve(system: System, observer = new Observer()): Promise<Server> {
  const { host, port } = system.settings;
  const adapter = new FastifyAdapter({
    bodyLimit: largestRequest,
    requestTimeout: slowestRequestMs,
    exposeHeadRoutes: false,
    genReqId: requestIds(observer),
    http: { shouldUpgradeCallback: isForWebSocket },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(system), adapter, { logger: false, abortOnError: false });
  const routes = adapter.getInstance();
  observeRequests(routes, observer);
  sayWhenToTryAgain(routes);
  const admin = adminRoutes(routes, system);
  graphiqlRoutes(routes);
  healthRoutes(routes, system);
  auditRoutes(routes, system);
  metricsRoute(routes, observer);
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
    origins: system.settings.origins,
  });
  observer.metrics?.readFrom(() => readingsOf(system, subscriptions.connections));
  if (system.folder.isHeld) admin.allow(system.folder.announce(url).adminToken);
  const close = async () => {
    await subscriptions.close();
    const impatient = setTimeout(() => routes.server.closeAllConnections(), goodbyeMs);
    await app.close();
    clearTimeout(impatient);
  };
  return { url, schema, close };
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
