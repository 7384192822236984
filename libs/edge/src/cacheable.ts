import { Extensions } from '@nestjs/graphql';
import {
  getNamedType,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { entry } from '#kernel/keyed';
import type { Variables } from './variables.js';

const mark = { cacheable: true };

/**
 * Beside `@Query`: the answer, with all that can be asked within it, follows from the views, the log, who asks, in which
 * languages, and the second in which it is asked. It is given to all who ask the same then. What tells of anything else (the
 * audit, processes, what was read by whom) is not marked.
 */
export const Cacheable = (): ReturnType<typeof Extensions> => Extensions(mark);

/** Whether a field of the schema is marked. */
export function isCacheable({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): boolean {
  return extensions['cacheable'] === true;
}

/**
 * Whether the operation with its variables may be answered as others who ask the same are: all of its queries are marked, and
 * none waits for a position or asks what was known at another time.
 */
export function cacheableBy(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): (variables: Variables | undefined) => boolean {
  const known = schema.getQueryType()?.getFields() ?? {};
  const fields = definition.operation === OperationTypeNode.QUERY ? fieldsIn(definition.selectionSet, document) : [];
  const asked = fields.map((node) => ({ node, field: entry(known, node.name.value) }));
  if (asked.length === 0 || !asked.every(({ field }) => field && isCacheable(field))) return () => false;
  const waiting = asked.flatMap(({ node, field }) => waitsIn(node, field));
  return (variables) => waiting.every((value) => valueFromASTUntyped(value, variables) == null);
}

/** What is given for arguments that name a position or another time of knowing. */
function waitsIn(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): readonly ValueNode[] {
  const waits = (field?.args ?? []).filter(({ name, type }) => name === 'knownAt' || getNamedType(type).name === 'Position');
  return (node.arguments ?? []).filter(({ name }) => waits.some((one) => one.name === name.value)).map(({ value }) => value);
}

/** The fields that stand at the root, within fragments, too. The document has been validated: no fragment holds itself. */
function fieldsIn({ selections }: SelectionSetNode, document: DocumentNode): readonly FieldNode[] {
  return selections.flatMap((one): readonly FieldNode[] => {
    if (one.kind === Kind.FIELD) return [one];
    if (one.kind === Kind.INLINE_FRAGMENT) return fieldsIn(one.selectionSet, document);
    const fragment = document.definitions.find((other) => other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === one.name.value);
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsIn(fragment.selectionSet, document) : [];
  });
}
