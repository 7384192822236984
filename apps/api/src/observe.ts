import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { askedIn } from '#edge/asked';
import { healthOf } from '#system/health';
import type { System } from '#system/system';
import type { Arrival, Observer } from '#telemetry/observer';

/** Whether it is what monitoring asks again and again. */
export function isProbe(url: string | undefined): boolean {
  return /^\/(?:health|metrics)\b/.test(url ?? '');
}

const arrivals = new WeakMap<IncomingMessage, Arrival>();

/** Ids of requests: those of their traces. */
export function requestIds(observer: Observer): (request: IncomingMessage) => string {
  return (request) => {
    const arrival = observer.arrival(request.headers, isProbe(request.url));
    arrivals.set(request, arrival);
    return arrival.id;
  };
}

/** Lets the observer watch each request from its arrival to its answer. */
export function observeRequests(app: FastifyInstance, observer: Observer): void {
  // Not before: what waits for the body's last piece is called by the socket, outside of any context.
  app.addHook('preValidation', (request, _reply, done) => observer.within(arrivals.get(request.raw) as Arrival, done));
  app.addHook('onResponse', (request, reply, done) => {
    const { operation, operationName, isCached = false, commandIds, codes } = askedIn(request);
    const route = request.routeOptions.url ?? '(unknown)';
    observer.answered(arrivals.get(request.raw) as Arrival, {
      method: request.method,
      route,
      status: reply.statusCode,
      operation,
      operationName,
      isCached,
      commandIds,
      codes,
    });
    done();
  });
}

/** GET /health/live: the process answers. GET /health/ready: it can do its work, or 503 and what is down. */
export function healthRoutes(app: FastifyInstance, system: System): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const health = await healthOf(system);
    return reply
      .code(health.status === 'not-ready' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(health);
  });
}

/** GET /metrics, for Prometheus: counts and times, no data. */
export function metricsRoute(app: FastifyInstance, { metrics }: Observer): void {
  if (metrics) app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
