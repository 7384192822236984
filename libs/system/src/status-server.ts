import { createServer, type ServerResponse } from 'node:http';
import { secondsToWait, type Health } from './health.js';
import { CannotStart, type Settings } from './settings.js';

export interface StatusParts {
  readonly health: () => Promise<Health> | Health;
  readonly metrics?: { readonly contentType: string; text(): Promise<string> } | undefined;
}

/** What orchestrators and monitoring ask of a process that answers nothing else: a worker, or a server that waits for its engines. */
export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/health/live`, `/health/ready` and `/metrics`; anything else is answered 503. @throws CannotStart where the port cannot be had */
export async function serveStatus(
  { host, port }: Pick<Settings, 'host' | 'port'>,
  { health, metrics }: StatusParts,
): Promise<StatusServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health/live') return answer(response, 200, { status: 'live' });
    if (path === '/metrics' && metrics)
      return void metrics.text().then((text) => response.setHeader('content-type', metrics.contentType).end(text));
    void (async () => {
      const told = await health();
      if (path === '/health/ready') answer(response, told.status === 'not-ready' ? 503 : 200, told);
      else {
        const message = `Not ready: ${told.down.join(', ') || 'this process answers no questions'}. Try again in a moment.`;
        answer(response, 503, { errors: [{ message, extensions: { code: 'not-ready', details: { down: told.down } } }] });
      }
    })();
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(cannotServe(error, host, port)));
    server.listen(port, host, listening);
  });
  const { port: found } = server.address() as { port: number };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${found}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Why a port cannot be served. */
export function cannotServe(error: NodeJS.ErrnoException, host: string, port: number): CannotStart {
  if (error.code === 'EADDRINUSE')
    return new CannotStart(`The port ${port} of ${host} is in use: stop what uses it, or choose another with PORT.`, { cause: error });
  return new CannotStart(`${host}:${port} cannot be served (${error.message}): choose another with HOST and PORT.`, { cause: error });
}

function answer(response: ServerResponse, status: number, content: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'no-store');
  if (status === 503) response.setHeader('retry-after', secondsToWait);
  response.end(JSON.stringify(content));
}
