import { storedJsonSchema, type Description } from '#kernel/event-schema';
import { eventDefinitions } from './contexts.js';

/** The JSON Schema of each version of each event, by its file's name. */
export function eventSchemas(): ReadonlyMap<string, string> {
  return new Map(
    eventDefinitions
      .flatMap((events) => Object.entries(events))
      .flatMap(([type, { description, versions }]) =>
        versions.map((version, index) => {
          const title = `${type}, version ${index + 1}`;
          const schema = {
            $schema: 'https://json-schema.org/draft/2020-12/schema',
            title,
            ...described(description),
            ...storedJsonSchema(version),
          };
          return [schemaFileName(type, index + 1), `${JSON.stringify(schema, null, 2)}\n`] as const;
        }),
      ),
  );
}

export function schemaFileName(type: string, version: number): string {
  return `${type}.v${version}.json`;
}

function described({ en, ...others }: Description): object {
  return { description: en, 'x-description': others };
}
