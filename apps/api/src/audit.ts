import type { FastifyInstance } from 'fastify';
import { tileNamed } from '#audit/tiles';
import type { System } from '#system/system';

/**
 * GET /audit/checkpoint and GET /audit/tile/…, as C2SP tlog-tiles has them, without a token: hashes and a signature, no
 * event. 404 where this server keeps no tree, or it is not as wide yet.
 */
export function auditRoutes(app: FastifyInstance, system: System): void {
  app.get('/audit/checkpoint', async (_request, reply) => {
    const note = await system.auditor?.lastCheckpoint();
    if (note === undefined) return reply.code(404).send({ error: 'there is no checkpoint here' });
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(note);
  });
  app.get('/audit/tile/*', async (request, reply) => {
    const name = tileNamed((request.params as { '*': string })['*']);
    const tile = name && (await system.auditor?.tile(name));
    if (!tile) return reply.code(404).send({ error: 'there is no such tile here' });
    const cached = reply.type('application/octet-stream').header('cache-control', 'public, max-age=31536000, immutable');
    return cached.send(Buffer.from(tile));
  });
}
