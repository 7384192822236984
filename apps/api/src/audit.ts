import type { FastifyInstance } from 'fastify';
import { checkpointKeyStream } from '#audit/checkpoint-keys.decider';
import { tileNamed } from '#audit/tiles';
import type { System } from '#system/system';

/**
 * GET /audit/checkpoint and GET /audit/tile/…, as C2SP tlog-tiles has them, and GET /audit/keys, the statements by which
 * keys followed each other, without a token: hashes, keys and signatures, no event. 404 where this server keeps no tree,
 * or it is not as wide yet.
 */
export function auditRoutes(app: FastifyInstance, system: System): void {
  app.get('/audit/checkpoint', async (_request, reply) => {
    const note = await system.auditor?.lastCheckpoint();
    if (note === undefined) return reply.code(404).send({ error: 'there is no checkpoint here' });
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(note);
  });
  app.get('/audit/keys', async (_request, reply) => {
    const rotations = await system.log.readStream(checkpointKeyStream);
    return reply.header('cache-control', 'no-store').send(rotations.map(({ data }) => (data as { statement: string }).statement));
  });
  app.get('/audit/tile/*', async (request, reply) => {
    const name = tileNamed((request.params as { '*': string })['*']);
    const tile = name && (await system.auditor?.tile(name));
    if (!tile) return reply.code(404).send({ error: 'there is no such tile here' });
    const cached = reply.type('application/octet-stream').header('cache-control', 'public, max-age=31536000, immutable');
    return cached.send(Buffer.from(tile));
  });
}
