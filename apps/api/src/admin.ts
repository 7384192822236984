import { timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { runTask, tasks, type TaskName } from '#system/tasks';
import type { System } from '#system/system';

/**
 * The tools' way into a running server: POST /admin/<task> answers with a line of JSON for each step and one for the
 * result. The token lies in the data folder, where only its owner can read it.
 */
export function adminRoutes(app: FastifyInstance, system: System): { allow(token: string): void } {
  let expected = '';
  const isAllowed = ({ headers }: FastifyRequest) => {
    const given = Buffer.from(headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${expected}`);
    return expected !== '' && given.length === wanted.length && timingSafeEqual(given, wanted);
  };
  app.post('/admin/:task', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isAllowed(request)) return reply.code(401).send({ error: 'the token of the data folder is needed' });
    const { task } = request.params as { task: string };
    if (!Object.hasOwn(tasks, task)) return reply.code(404).send({ error: `there is no task ${task}` });
    const lines = (async function* () {
      for await (const line of runTask(system, task as TaskName, request.body ?? {})) yield `${JSON.stringify(line)}\n`;
    })();
    return reply.type('application/x-ndjson').send(Readable.from(lines));
  });
  return { allow: (token) => (expected = token) };
}
