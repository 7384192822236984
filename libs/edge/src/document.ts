import {
  getOperationAST,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { mayRead, readPolicy } from '#access/policy';
import { fail as failAccess, type Caller } from '#access/tokens';
import { fail } from './errors.js';

/** What is checked of every document, whichever way it comes. */

type Readable = keyof typeof readPolicy;

/** A deeper question is refused before it is answered. The introspection of GraphiQL is 15 deep, what we answer ourselves 8. */
export const deepest = 15;
/** A longer document is refused before it is read: GraphiQL's introspection has some 300 tokens. */
export const mostTokens = 2_000;

/** How every JSON text begins, and no document of GraphQL. */
const json = /^\s*(?:\{\s*["}]|[["\d-]|(?:true|false|null)\s*$)/;

/**
 * Mercurius takes a source that it cannot parse for a syntax tree in JSON. Nothing has checked the names and the form of
 * such a tree: JIT writes them into code, and a crafted node hides its selections from validation and from `checkAccess`.
 */
export function checkIsGraphql(source: string): void {
  if (json.test(source)) throw fail('not-graphql');
}

/** The operation that is asked for. @throws Failed `operation-unknown` */
export function checkOperationName(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const known = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? '(no name)'] : [],
  );
  throw fail('operation-unknown', { operationName: operationName ?? '(no name)', known });
}

const restrictedFields = new WeakMap<DocumentNode, readonly Readable[]>();

/** Field access is decided on the whole document, by the one table; resolvers decide only which rows. */
export function checkAccess(schema: GraphQLSchema, document: DocumentNode, caller: Caller | undefined): void {
  let restricted = restrictedFields.get(document);
  if (!restricted) restrictedFields.set(document, (restricted = restrictedIn(schema, document)));
  for (const what of restricted) {
    if (mayRead(what, caller)) continue;
    if (!caller) throw failAccess('sign-in-needed');
    throw failAccess('not-permitted', { what, roles: caller.roles, needed: readPolicy[what] });
  }
}

function restrictedIn(schema: GraphQLSchema, document: DocumentNode): readonly Readable[] {
  const found = new Set<Readable>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const field = `${types.getParentType()?.name}.${name.value}`;
        if (Object.hasOwn(readPolicy, field)) found.add(field as Readable);
      },
    }),
  );
  return [...found];
}

/** Where Mercurius does not: refuses what is too deep. The document has been validated, so that no fragment holds itself. @throws Failed `too-deep` */
export function checkDepth(document: DocumentNode, { selectionSet }: OperationDefinitionNode): void {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  if (depthOf(selectionSet, fragments, new Map()) > deepest) throw fail('too-deep', { deepest });
}

function depthOf(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known: Map<string, number>,
): number {
  const depths = (set?.selections ?? []).map((selection): number => {
    if (selection.kind === Kind.FIELD) return 1 + depthOf(selection.selectionSet, fragments, known);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, fragments, known);
    const name = selection.name.value;
    const depth = known.get(name) ?? depthOf(fragments.get(name)?.selectionSet, fragments, known);
    known.set(name, depth);
    return depth;
  });
  return Math.max(0, ...depths);
}
