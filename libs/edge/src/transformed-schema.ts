import {
  defaultFieldResolver,
  getNullableType,
  isEnumType,
  isNullableType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { mayRead, readPolicy } from '#access/policy';
import { fail, notPermitted } from '#access/tokens';
import { inLanguage, type LocalizedText } from '#kernel/localized-text';
import { askedIn } from './asked.js';
import { LocalizedTextType } from './localized-text.type.js';
import type { RequestContext } from './request-context.js';
import { StreamRevision } from './stream-revision.js';

type Readable = keyof typeof readPolicy;

/**
 * The schema without the resolvers that code-first puts on every field only to read the property of its name: JIT then
 * reads it itself. `LocalizedText.text` and `.language` are resolved here by plain functions, since they stand everywhere.
 */
export function transformedSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve?.name === 'rootFieldResolver') delete field.resolve;
      if (field.name === 'revision' && !field.resolve && isNullableType(field.type)) field.resolve = revisionFor;
      const what = `${type.name}.${field.name}`;
      if (Object.hasOwn(readPolicy, what)) keepFromOthers(field as GraphQLField<unknown, RequestContext>, what as Readable);
    }
  }
  const localized = schema.getType('LocalizedText');
  if (!isObjectType(localized)) throw new TypeError(`${LocalizedTextType.name} is not in the schema`);
  const { text, language } = localized.getFields();
  if (text) text.resolve = (source: LocalizedText, _args, { languages }: RequestContext) => inLanguage(source, languages).text;
  if (language) language.resolve = (source: LocalizedText, _args, { languages }: RequestContext) => inLanguage(source, languages).language;
  return schema;
}

/** Takes a region as it is written elsewhere, `19`, for `R19` in variables. A literal of an enum begins with a letter. */
export function takeRegionsAsWritten(schema: GraphQLSchema): void {
  const regions = schema.getType('RegionCode');
  if (!isEnumType(regions)) return;
  const valueOf = regions.getValue.bind(regions);
  regions.getValue = (name) => valueOf(name.replace(/^R?(\d{2})$/i, 'R$1'));
}

/** A revision of a stream counts what the reader sees of it. */
function revisionFor({ revision }: { readonly revision: unknown }, _args: unknown, context: RequestContext): unknown {
  return revision instanceof StreamRevision ? context.revisionOf(revision) : revision;
}

/** Only those read the field whom the one table lets: for others it is null, and an error says why. */
function keepFromOthers(field: GraphQLField<unknown, RequestContext>, what: Readable): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  // What may be refused may be null: else the refusal would empty everything around it.
  field.type = getNullableType(field.type);
  field.resolve = (source, args, context, info) => {
    const { caller, request } = context;
    if (mayRead(what, caller)) return resolve(source, args, context, info);
    if (!caller) throw fail('sign-in-needed');
    askedIn(request).forbidden.push({ what });
    throw notPermitted(what, caller, readPolicy[what]);
  };
}
