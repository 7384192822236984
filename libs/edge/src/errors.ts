import {
  GraphQLError,
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type ObjectFieldNode,
  type Source,
} from 'graphql';
import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';
import { CodedError, failures, filledText, toldDetails, type ErrorTexts, type LabelOf } from '#kernel/refused';
import { fieldsOf, fieldsOfInput, labelIn } from './labels.js';
import { once } from './once.js';
import { requestProblemIn } from './request-problems.js';
import { problemsIn } from './validation.js';
import { largestRequest } from './variables.js';

export const { texts: edgeFailures, fail } = failures({
  internal: {
    fi: 'Palvelimessa tapahtui virhe, joka on kirjattu tunnuksella {id}. Yritä uudelleen; jos virhe toistuu, ilmoita tunnus ylläpidolle.',
    sv: 'Ett fel inträffade i servern och har loggats under id {id}. Försök igen; om felet upprepas, meddela administratören detta id.',
    en: 'Something went wrong in the server; it is logged under the id {id}. Try again; if it happens again, tell the operators this id.',
  },
  'invalid-request': {
    fi: 'Pyyntö ei ole GraphQL-pyyntö: lähetä JSON-olio, jossa query on dokumentti tekstinä, variables olio ja operationName teksti.',
    sv: 'Begäran är ingen GraphQL-begäran: skicka ett JSON-objekt med dokumentet som text i query, ett objekt i variables och en text i operationName.',
    en: 'This is no request of GraphQL: send a JSON object with the document as text in query, an object in variables and a text in operationName.',
  },
  'request-too-large': {
    fi: 'Pyyntö on liian suuri: siinä saa olla enintään {most} tavua. Jaa se osiin.',
    sv: 'Begäran är för stor: den får ha högst {most} byte. Dela upp den.',
    en: 'The request is too large: it may have {most} bytes at most. Send it in parts.',
  },
  'document-too-large': {
    fi: 'Kysely on liian pitkä: dokumentissa saa olla enintään {most} tavua. Anna arvot muuttujissa (variables) tai jaa kysely osiin.',
    sv: 'Frågan är för lång: dokumentet får ha högst {most} byte. Ange värden i variablerna (variables) eller dela upp frågan.',
    en: 'The question is too long: the document may have {most} bytes at most. Give values in the variables, or ask in parts.',
  },
  'not-graphql': {
    fi: 'Kysely ei ole GraphQL-dokumentti. Lähetä se tekstinä kentässä query.',
    sv: 'Frågan är inget GraphQL-dokument. Skicka det som text i fältet query.',
    en: 'The query is no GraphQL document. Send the document as text in the field query.',
  },
  'post-needed': {
    fi: 'Muutokset lähetetään POST-pyynnöllä.',
    sv: 'Ändringar skickas med en POST-begäran.',
    en: 'Changes are sent by POST.',
  },
  'websocket-needed': {
    fi: 'Tilaus tehdään WebSocket-yhteydellä samaan osoitteeseen, protokollana graphql-transport-ws.',
    sv: 'En prenumeration görs över WebSocket till samma adress, med protokollet graphql-transport-ws.',
    en: 'A subscription is made over WebSocket to the same address, with the protocol graphql-transport-ws.',
  },
  'too-deep': {
    fi: 'Kysely on liian syvä: sisäkkäisiä tasoja saa olla enintään {deepest}.',
    sv: 'Frågan är för djup: den får ha högst {deepest} nivåer.',
    en: 'The question is too deep: it may have {deepest} levels at most.',
  },
  'operation-unknown': {
    fi: 'Kyselyssä ei ole operaatiota {operationName}. Anna operationName-arvoksi jokin näistä: {known}.',
    sv: 'Frågan har ingen operation {operationName}. Ange som operationName någon av dessa: {known}.',
    en: 'The document has no operation {operationName}. Give as operationName one of: {known}.',
  },
});

/** HTTP statuses of what is answered with an error alone. Where a part of the question is answered, the status is 200, as GraphQL over HTTP has it. */
const statuses: Record<string, number> = {
  'invalid-request': 400,
  'not-graphql': 400,
  'request-too-large': 413,
  'document-too-large': 413,
  'variables-too-large': 413,
  'too-deep': 400,
  'too-costly': 400,
  'too-many-requests': 429,
  'post-needed': 405,
  'websocket-needed': 400,
  'operation-unknown': 400,
  'sign-in-needed': 401,
  'identity-provider-unavailable': 503,
  'log-damaged': 503,
  'log-altered': 503,
  'token-invalid': 401,
  'log-unavailable': 503,
  'log-uncertain': 503,
  'receipt-unavailable': 503,
  'views-unavailable': 503,
  'view-unreadable': 503,
  'log-storage-full': 503,
  'keys-unavailable': 503,
  'document-unknown': 404,
  'document-not-made': 503,
  internal: 500,
};

/** More would tell nobody more. */
const mostErrors = 10;
const longestMessage = 400;

/** An error as a client sees it: a code, a text in their language, details; never a stack or an inner message. */
interface ClientError {
  readonly message: string;
  readonly locations?: GraphQLError['locations'];
  readonly path?: GraphQLError['path'];
  readonly extensions: { readonly code: string; readonly details?: object };
}

interface ClientAnswer {
  readonly statusCode: number;
  readonly response: { readonly data: object | null; readonly errors: readonly ClientError[] };
}

/** Says errors to clients, and logs what is not theirs under an id that they are told. */
export class ErrorMessages {
  constructor(
    private readonly texts: ErrorTexts,
    private readonly onInternal: (error: unknown) => string,
  ) {}

  /** The message of a coded error in a language. */
  text(error: CodedError, language: Language): string {
    const { code, details } = error;
    const text = entry(this.texts, code);
    if (!text) return code;
    const fields = fieldsOf(error);
    const labelOf: LabelOf = (path) => fields && labelIn(fields, path, language);
    const found =
      code === 'invalid-input'
        ? { ...details, problems: problemsIn(language, details['problems'] as readonly string[], labelOf) }
        : details;
    return filledText(text[language], found, language, text.terms, labelOf);
  }

  /** What is answered to a request in which these errors came up. */
  answer(data: object | null | undefined, found: readonly unknown[], language: Language): ClientAnswer {
    const told = found.slice(0, mostErrors).map((error) => this.told(error, language));
    const statusCode = data ? 200 : Math.max(...told.map(({ status }) => status));
    return { statusCode, response: { data: data ?? null, errors: told.map(({ error }) => error) } };
  }

  private told(found: unknown, language: Language): { error: ClientError; status: number } {
    const graphql = found instanceof GraphQLError ? found : undefined;
    const cause = graphql?.originalError ?? found;
    const where = { ...(graphql?.locations && { locations: graphql.locations }), ...(graphql?.path && { path: graphql.path }) };
    const say = (message: string, code: string, details?: object, status = entry(statuses, code) ?? 200) => ({
      error: { message: shortened(message), ...where, extensions: { code, ...(details && { details: shortenedTexts(details) }) } },
      status,
    });

    if (cause instanceof CodedError) {
      const text = entry(this.texts, cause.code);
      return say(this.text(cause, language), cause.code, text ? toldDetails(cause.details, text) : cause.details);
    }
    if (graphql && isOfRequest(graphql)) {
      const { at, isVariable, input, problem } = placed(graphql);
      const fields = input === undefined ? undefined : fieldsOfInput(input);
      const labelOf: LabelOf = (path) => fields && labelIn(fields, path, language);
      const label = at === undefined ? undefined : (labelOf(at.split('.').slice(1).join('.')) ?? `${isVariable ? '$' : ''}${at}`);
      const told = requestProblemIn(language, problem, labelOf);
      return say(label === undefined ? told : `${label}: ${told}`, 'invalid-request', at === undefined ? undefined : { at });
    }
    const refused = statusOfRefusal(cause);
    if (refused !== undefined) {
      const isTooLarge = refused === statuses['request-too-large'];
      const told = isTooLarge ? fail('request-too-large', { most: largestRequest }) : fail('invalid-request');
      return say(this.text(told, language), told.code, told.details, refused);
    }
    const internal = fail('internal', { id: this.onInternal(cause) });
    return say(this.text(internal, language), internal.code, internal.details);
  }
}

/** The status with which Fastify refuses a request before we see it; undefined where the fault is not the request's. */
function statusOfRefusal(cause: unknown): number | undefined {
  const { statusCode = 500 } = (cause ?? {}) as { statusCode?: number };
  return statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

/** A message may hold what was sent: never the whole of what is long. */
function shortened(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage - 1)}…`;
}

/** The same of each text among the details. */
function shortenedTexts(details: object): object {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? shortened(value) : value]));
}

/** Whether GraphQL itself found it in the document or its variables, before anything was resolved. */
function isOfRequest({ originalError, nodes, path, locations }: GraphQLError): boolean {
  if (path !== undefined) return false;
  return originalError === undefined || originalError instanceof GraphQLError || nodes !== undefined || (locations?.length ?? 0) > 0;
}

const parsed = once(({ body }: Source): DocumentNode => parse(body));

/** Where a value stands that is not as it should be, of which input type the whole is, and what is wrong with it. */
interface Placed {
  readonly at?: string;
  readonly isVariable?: true;
  readonly input?: string;
  readonly problem: string;
}

/** A variable says it in its message, `$input.call: …`; a value in the document by where it stands. */
function placed(error: GraphQLError): Placed {
  const { nodes, message } = error;
  const [node] = nodes ?? [];
  const [, variable, problem] = /^\$(\w[\w.[\]]*): (.*)$/s.exec(message) ?? [];
  if (variable !== undefined && problem !== undefined) {
    const input = node?.kind === Kind.VARIABLE_DEFINITION ? print(node.type).replace('!', '') : undefined;
    return { isVariable: true, at: variable.replaceAll(/\[(\d+)\]/g, '.$1'), problem, ...(input !== undefined && { input }) };
  }
  const location = node?.loc;
  if (!location || !isOfValue(node.kind)) return { problem: message };
  const names: string[] = [];
  let mutation: string | undefined;
  const isAround = ({ loc }: ASTNode) => loc !== undefined && loc.start <= location.start && location.end <= loc.end;
  const note = (one: ArgumentNode | ObjectFieldNode) => {
    if (isAround(one)) names.push(one.name.value);
  };
  const noteField = (one: FieldNode) => {
    if (isAround(one)) mutation = one.name.value;
  };
  visit(parsed(location.source), { Argument: note, ObjectField: note, Field: noteField });
  if (names.length === 0) return { problem: message };
  return { at: names.join('.'), problem: message, ...(mutation !== undefined && { input: inputName(mutation) }) };
}

function isOfValue(kind: Kind): boolean {
  return kind.endsWith('Value') || kind === Kind.OBJECT_FIELD;
}

/** What the input of a mutation is called. */
function inputName(mutation: string): string {
  return `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
}
