import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { askedIn } from '#edge/asked';
import type { SubscriptionServer } from '#edge/subscription-server';
import type { System } from '#system/system';
import type { Readings } from '#telemetry/metrics';
import type { Arrival, Observer } from '#telemetry/observer';

/** What monitoring asks again and again. */
const probes = /^\/(?:health|metrics)\b/;

const arrivals = new WeakMap<IncomingMessage, Arrival>();

/** Ids of requests: those of their traces. */
export function requestIds(observer: Observer): (request: IncomingMessage) => string {
  return (request) => {
    const arrival = observer.arrival(request.headers, probes.test(request.url ?? ''));
    arrivals.set(request, arrival);
    return arrival.id;
  };
}

/** Lets the observer watch each request from its arrival to its answer. */
export function observeRequests(app: FastifyInstance, observer: Observer): void {
  // Not before: what waits for the body's last piece is called by the socket, outside of any context.
  app.addHook('preValidation', (request, _reply, done) => observer.within(arrivals.get(request.raw) as Arrival, done));
  app.addHook('onResponse', (request, reply, done) => {
    const { operation, operationName, commandIds, codes } = askedIn(request);
    const route = request.routeOptions.url ?? '(unknown)';
    observer.answered(arrivals.get(request.raw) as Arrival, { method: request.method, route, status: reply.statusCode, operation, operationName, commandIds, codes });
    done();
  });
}

/** GET /metrics, for Prometheus: counts and times, no data. */
export function metricsRoute(app: FastifyInstance, { metrics }: Observer): void {
  if (metrics) app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}

/** How the system stands, as the metrics tell it. */
export function readingsOf({ runner, handler, acting }: System, { connections }: SubscriptionServer): Readings {
  const [waiting, refused] = [acting?.waiting() ?? [], acting?.refused() ?? []];
  const count = (list: readonly { readonly process: string }[], name: string) => list.filter(({ process }) => process === name).length;
  const processes = (acting?.acts ?? []).map((name) => ({ name, waiting: count(waiting, name), refused: count(refused, name) }));
  return { projections: runner.status(), processes, waitingCommands: handler.waiting, subscriptionConnections: connections };
}
