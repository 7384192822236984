import type { FastifyInstance } from 'fastify';
import type { System } from '#system/system';

/** How a system is, as an orchestrator asks: what is down, and which views stand still. */
interface Health {
  readonly status: 'ready' | 'not-ready';
  /** `log`, or `view:<name>`. */
  readonly down: readonly string[];
  /** Views that stopped at an event: they answer as of then, and all others go on. */
  readonly paused: readonly string[];
  /** Views that serve older rows until new ones are made. */
  readonly rebuilding: readonly string[];
}

const secondsToWait = 5;

/** The log can be written and every view follows it; one that is paused is told of, and keeps nobody out. */
async function healthOf({ log, runner }: Pick<System, 'log' | 'runner'>): Promise<Health> {
  const isLogUp = await log.probe().then(
    () => true,
    () => false,
  );
  const views = (...states: readonly string[]) => runner.status().flatMap(({ name, state }) => (states.includes(state) ? [name] : []));
  const down = [...(isLogUp ? [] : ['log']), ...views('catching-up', 'stopped').map((name) => `view:${name}`)];
  return { status: down.length === 0 ? 'ready' : 'not-ready', down, paused: views('paused'), rebuilding: views('rebuilding') };
}

/** GET /health/live: the process answers. GET /health/ready: it can do its work, or 503 and what is down. */
export function healthRoutes(app: FastifyInstance, system: System): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const health = await healthOf(system);
    if (health.status === 'not-ready') reply.code(503).header('retry-after', secondsToWait);
    return reply.header('cache-control', 'no-store').send(health);
  });
}
