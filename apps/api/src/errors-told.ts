import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedIn } from '#edge/asked';
import { acceptedLanguages } from '#edge/request-context';
import type { System } from '#system/system';

/** How a route beside GraphQL tells what went wrong: by its code and its text, in the language asked for, as GraphQL does. */
export function errorsTold({ messages }: System) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const [language = 'en'] = acceptedLanguages(request.headers['accept-language']);
    const { statusCode, response } = messages.answer(undefined, [error], language);
    askedIn(request).codes.push(...response.errors.map(({ extensions }) => extensions.code));
    void reply.code(statusCode).send(response);
  };
}
