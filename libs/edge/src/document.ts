import {
  getOperationAST,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import { cacheableBy } from './cacheable.js';
import { costOf, type Cost } from './cost.js';
import { fail } from './errors.js';
import { mostProblems, type Variables } from './variables.js';

/** What is checked of every document, whichever way it comes. */

/** A deeper question is refused before it is answered. The introspection of GraphiQL is 15 deep, what we answer ourselves 8. */
const deepest = 15;
/** A longer document is refused before it is parsed: GraphiQL's introspection has 300 tokens in 2,100 bytes, and the largest of our own 700. */
export const mostTokens = 2_000;
export const mostBytes = 16 * 1024;
/** Longer documents are interpreted: compiling takes longer than that, and what it makes takes four times the place. */
const mostTokensCompiled = 800;

/** What a document keeps in memory, as measured: its tree, and what it is compiled to. */
const bytesPerToken = { parsed: 320, compiled: 1_400 };
const cachedBytes = 32 * 1024 * 1024;
/** Of so many documents it is known that they were asked for once. */
const mostSeen = 10_000;
/** What it costs to check a document, for each of its bytes (see `cost.ts`). */
const costOfByte = 2;

/** How every JSON text begins, and no document of GraphQL. */
const json = /^\s*(?:\{\s*["}]|[["\d-]|(?:true|false|null)\s*$)/;

/** An operation of a document that has been found good. */
export interface Operation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly type: OperationTypeNode;
  readonly name: string | undefined;
  readonly cost: Cost;
  /** Whether its answer may be given to others who ask the same. */
  readonly isCacheable: (variables: Variables | undefined) => boolean;
  /** Compiled where it is asked for again and again, and where that is worth it. */
  compiled(): CompiledQuery | undefined;
}

/** A document that has been found good, with its operations as they are asked for. */
interface Good {
  readonly document: DocumentNode;
  readonly tokens: number;
  readonly operations: Map<OperationDefinitionNode, Operation>;
}

/** The documents that were found good: those that were asked for again, the latest ones, up to a number of bytes. What was found wrong is not kept. */
export class Documents {
  private readonly good = new LRUCache<string, Good>({
    maxSize: cachedBytes,
    sizeCalculation: ({ tokens }, text) => 1_000 + 2 * text.length + tokens * sizeOfToken(tokens),
  });

  private readonly seen = new LRUCache<string, true>({ max: mostSeen });

  constructor(private readonly schema: GraphQLSchema) {}

  /** How many bytes the kept ones take, and how many there are. */
  get kept(): { readonly bytes: number; readonly documents: number } {
    return { bytes: this.good.calculatedSize, documents: this.good.size };
  }

  /**
   * The operation of that name in the document; without a name, its only one. `charge` is told what it costs to check the
   * document, where it is not known yet.
   * @throws Failed `document-too-large`, `not-graphql`, `too-deep`, `operation-unknown`; GraphQLErrors where GraphQL's own rules do not hold
   */
  operation(text: string, operationName: string | undefined, charge: (cost: number) => void): Operation {
    const good = this.good.get(text) ?? this.found(text, charge);
    const { document, operations, tokens } = good;
    const definition = chosen(document, operationName);
    let operation = operations.get(definition);
    if (!operation) operations.set(definition, (operation = this.prepared(document, definition, tokens)));
    return operation;
  }

  private found(text: string, charge: (cost: number) => void): Good {
    const bytes = text.length > mostBytes ? text.length : Buffer.byteLength(text);
    if (bytes > mostBytes) throw fail('document-too-large', { most: mostBytes });
    if (json.test(text)) throw fail('not-graphql');
    charge(bytes * costOfByte);
    const document = parse(text, { maxTokens: mostTokens });
    const wrong = validate(this.schema, document, specifiedRules, { maxErrors: mostProblems });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- all of them are told
    if (wrong.length > 0) throw wrong.slice(0, mostProblems);
    checkDepth(document);
    const good = { document, tokens: tokensOf(document), operations: new Map<OperationDefinitionNode, Operation>() };
    this.keep(text, good);
    return good;
  }

  /** What is asked for once makes no room for itself: else what others ask again and again would have to go. */
  private keep(text: string, good: Good): void {
    const digest = hash('sha256', text, 'base64url');
    if (this.seen.has(digest)) this.good.set(text, good);
    else this.seen.set(digest, true);
  }

  private prepared(document: DocumentNode, definition: OperationDefinitionNode, tokens: number): Operation {
    const { schema } = this;
    const name = definition.name?.value;
    // Of a document with several operations any number could be compiled: they are interpreted.
    const isAlone = document.definitions.every((one) => one.kind !== Kind.OPERATION_DEFINITION || one === definition);
    let [times, compiled]: [number, CompiledQuery?] = [0];
    return {
      document,
      definition,
      type: definition.operation,
      name,
      cost: costOf(schema, document, definition),
      isCacheable: cacheableBy(schema, document, definition),
      compiled() {
        times += 1;
        if (times === 2 && isAlone && tokens <= mostTokensCompiled) {
          const query = compileQuery(schema, document, name);
          if (isCompiledQuery(query)) compiled = query;
        }
        return compiled;
      },
    };
  }
}

function sizeOfToken(tokens: number): number {
  return bytesPerToken.parsed + (tokens <= mostTokensCompiled ? bytesPerToken.compiled : 0);
}

function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) count += 1;
  return count;
}

/** The operation that is asked for. @throws Failed `operation-unknown` */
function chosen(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const known = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? '(no name)'] : [],
  );
  throw fail('operation-unknown', { operationName: operationName ?? '(no name)', known });
}

/** Refuses what is too deep. The document has been validated, so that no fragment holds itself. @throws Failed `too-deep` */
function checkDepth({ definitions }: DocumentNode): void {
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const known = new Map<string, number>();
  for (const definition of definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION && depthOf(definition.selectionSet, fragments, known) > deepest)
      throw fail('too-deep', { deepest });
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
