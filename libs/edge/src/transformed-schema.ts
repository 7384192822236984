import { isObjectType, type GraphQLSchema } from 'graphql';
import { inLanguage, type LocalizedText } from '#kernel/localized-text';
import { LocalizedTextType } from './localized-text.type.js';
import type { RequestContext } from './request-context.js';

/**
 * The schema without the resolvers that code-first puts on every field only to read the property of its name: JIT then
 * reads it itself. `LocalizedText.text` and `.language` are resolved here by plain functions, since they stand everywhere.
 */
export function transformedSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) if (field.resolve?.name === 'rootFieldResolver') delete field.resolve;
  }
  const localized = schema.getType('LocalizedText');
  if (!isObjectType(localized)) throw new TypeError(`${LocalizedTextType.name} is not in the schema`);
  const { text, language } = localized.getFields();
  if (text) text.resolve = (source: LocalizedText, _args, { languages }: RequestContext) => inLanguage(source, languages).text;
  if (language) language.resolve = (source: LocalizedText, _args, { languages }: RequestContext) => inLanguage(source, languages).language;
  return schema;
}
