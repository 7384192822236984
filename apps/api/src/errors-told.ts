import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedIn } from '#edge/asked';
import type { ErrorMessages } from '#edge/errors';
import { acceptedLanguages } from '#edge/request-context';

/** What is answered about what went wrong: its code and its text, in the language asked for, as GraphQL does. */
export function answerOf(error: unknown, request: FastifyRequest, messages: ErrorMessages): ReturnType<ErrorMessages['answer']> {
  const [language = 'en'] = acceptedLanguages(request.headers['accept-language']);
  const answer = messages.answer(undefined, [error], language);
  askedIn(request).codes.push(...answer.response.errors.map(({ extensions }) => extensions.code));
  return answer;
}

/** How a route beside GraphQL tells what went wrong. */
export function errorsTold({ messages }: { readonly messages: ErrorMessages }) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { statusCode, response } = answerOf(error, request, messages);
    void reply.code(statusCode).send(response);
  };
}
