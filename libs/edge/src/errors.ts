import { GraphQLError } from 'graphql';
import { CodedError, filledText, type ErrorTexts } from '#kernel/refused';
import { failures } from '#kernel/refused';
import type { Language } from '#kernel/localized-text';
import { problemsIn } from './validation.js';

export const { texts: edgeFailures, fail } = failures({
  internal: {
    fi: 'Palvelimessa tapahtui virhe, joka on kirjattu tunnuksella {id}. Yritä uudelleen; jos virhe toistuu, ilmoita tunnus ylläpidolle.',
    sv: 'Ett fel inträffade i servern och har antecknats med id {id}. Försök igen; om felet upprepas, meddela driften detta id.',
    en: 'Something went wrong in the server; it is logged under the id {id}. Try again; if it happens again, tell the operators this id.',
  },
  'operation-unknown': {
    fi: 'Kyselyssä ei ole operaatiota {operationName}. Anna operationName jokin näistä: {known}.',
    sv: 'Frågan har ingen operation {operationName}. Ange som operationName någon av dessa: {known}.',
    en: 'The document has no operation {operationName}. Give as operationName one of: {known}.',
  },
});

/** HTTP statuses of codes that are not the caller's content; everything else is answered with 200, as GraphQL has it. */
const statuses: Record<string, number> = { 'sign-in-needed': 401, 'token-invalid': 401, 'log-unavailable': 503, 'log-storage-full': 503, internal: 500 };

/** An error as a client sees it: a code, a text in their language, details; never a stack or an inner message. */
export interface ClientError {
  readonly message: string;
  readonly locations?: GraphQLError['locations'];
  readonly path?: GraphQLError['path'];
  readonly extensions: { readonly code: string; readonly details?: object };
}

export class ErrorMessages {
  constructor(
    private readonly texts: ErrorTexts,
    private readonly onInternal: (error: unknown) => string,
  ) {}

  /** The message of a coded error in a language. */
  text({ code, details }: CodedError, language: Language): string {
    const text = this.texts[code];
    if (!text) return code;
    const found = code === 'invalid-input' ? { ...details, problems: problemsIn(language, details['problems'] as readonly string[]) } : details;
    return filledText(text[language], found);
  }

  /** What the client is told of an error that came up while its request was answered. */
  forClient(error: unknown, language: Language): ClientError {
    const graphql = error instanceof GraphQLError ? error : undefined;
    const cause = graphql ? (graphql.originalError ?? graphql) : error;
    const where = { ...(graphql?.locations && { locations: graphql.locations }), ...(graphql?.path && { path: graphql.path }) };
    if (cause instanceof CodedError) return { message: this.text(cause, language), ...where, extensions: { code: cause.code, details: cause.details } };
    if (graphql && (cause === graphql || cause instanceof GraphQLError)) return { message: graphql.message, ...where, extensions: { code: 'invalid-request' } };
    const internal = fail('internal', { id: this.onInternal(cause) });
    return { message: this.text(internal, language), ...where, extensions: { code: internal.code, details: internal.details } };
  }

  statusOf(errors: readonly ClientError[]): number {
    return Math.max(200, ...errors.map(({ extensions }) => statuses[extensions.code] ?? 200));
  }
}

