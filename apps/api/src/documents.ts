import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failDocuments } from '#documents/documents.failures';
import { htmlPage } from '#documents/html-page';
import type { Limits } from '#edge/limits';
import { observed } from '#edge/restricted-reads';
import type { Language } from '#kernel/localized-text';
import type { System } from '#system/system';
import { errorsTold } from './errors-told.js';

/** What a document costs who asks for it, rendered or not: as its hash in a question does. */
const cost = 1_000;
const file = /^(?<document>[a-z0-9-]+)\.(?<language>fi|sv|en)\.(?<form>pdf|archive\.pdf|html)$/;

/**
 * GET /documents/<matter>/<document>.<language>.pdf, `.archive.pdf` and `.html`: whoever sees the event that made a
 * document, by the token or without one, sees the document. 404 for everyone else, as where there is none.
 */
export function documentRoutes(app: FastifyInstance, system: System, limits: Limits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { matter, name } = request.params as { readonly matter: string; readonly name: string };
    const caller = await system.tokens.callerOf(request.headers.authorization);
    limits.spend(cost, { network: limits.networkOf(request.raw), caller });
    const { document, language, form } = (file.exec(name)?.groups ?? {}) as { document?: string; language: Language; form: string };
    const asked = () => ({ asked: `/documents/${matter}/${name}`, keys: [matter] });
    const reader = observed(caller, request.id, asked, (read) => system.reads.add(read));
    const drafts = document === undefined ? [] : await system.documents.of(matter);
    const draft = drafts.find((one) => one.document === document);
    if (!draft || !(await system.visible.sees(draft.event, reader))) throw failDocuments('document-unknown');
    // It can become one that forgets a name, and what one sees of it depends on who asks.
    reply.headers({ 'cache-control': 'private, no-cache', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" });
    if (form === 'html') return reply.type('text/html; charset=utf-8').send(htmlPage(await system.documents.content(draft, language)));
    const isArchived = form === 'archive.pdf';
    reply.header('content-disposition', `inline; filename="${matter}-${document}-${language}${isArchived ? '-archive' : ''}.pdf"`);
    return reply.type('application/pdf').send(await system.documents.pdf(draft, language, isArchived ? 'a-2a' : 'ua-1'));
  };
  app.route({
    method: 'GET',
    url: '/documents/:matter/:name',
    handler: async (request, reply) => answer(request, reply),
    errorHandler: errorsTold(system),
  });
}
