import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { failures } from '#kernel/refused';
import type { Stored } from '#kernel/projection';
import type { Rows, Key, Where } from '#view-store/view-store';

export const { texts: connectionFailures, fail } = failures({
  'page-size': {
    fi: 'Argumentti first on kokonaisluku 1–{largest}; annettiin {first}.',
    sv: 'Argumentet first är ett heltal 1–{largest}; {first} angavs.',
    en: 'The argument first is a whole number from 1 to {largest}; {first} was given.',
  },
  'cursor-unknown': {
    fi: 'Argumentti after ei ole osoitin, jonka tämä luettelo on antanut. Käytä arvoa pageInfo.endCursor.',
    sv: 'Argumentet after är ingen markör som denna lista har gett. Använd värdet av pageInfo.endCursor.',
    en: 'The argument after is no cursor that this list gave. Use the value of pageInfo.endCursor.',
  },
});

const defaultSize = 25;
const largest = 100;

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** The arguments of a connection (Relay's cursor connections, forwards). */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `At most ${largest}; ${defaultSize} without it.` })
  first?: number;

  @Field(() => String, { nullable: true, description: 'A cursor: what follows it is answered.' })
  after?: string;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface ConnectionOf<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The connection type of a node type: `CallConnection` with `CallEdge`. */
export function connectionType<Node extends object>(node: Type<Node>, name: string): Type<ConnectionOf<Node>> {
  @ObjectType(`${name}Edge`)
  class EdgeType {
    @Field(() => String)
    cursor!: string;

    @Field(() => node)
    node!: Node;
  }

  @ObjectType(`${name}Connection`)
  class ConnectionType implements ConnectionOf<Node> {
    @Field(() => [EdgeType])
    edges!: EdgeType[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many there are on all pages together.' })
    totalCount!: number;
  }
  return ConnectionType;
}

/** A page of rows in the order of an index, each made into a node; rows that make none are left out. */
export async function connection<Row extends object, Node>(
  rows: Rows<Row>,
  { first: asked, after }: PageArgs,
  question: { where?: Where<Row>; orderBy?: keyof Row & string; descending?: boolean },
  toNode: (row: Stored<Row>) => Node | undefined,
): Promise<ConnectionOf<Node>> {
  const first = pageSizeOf(asked);
  const key = after == null ? undefined : keyOf(after);
  const [found, totalCount] = await Promise.all([
    rows.find({ ...question, limit: first + 1, ...(key && { after: key }) }),
    rows.count(question.where),
  ]);
  const page = found.slice(0, first);
  const cursors = page.map((row) => cursorOf({ value: (question.orderBy ? row[question.orderBy] : row._id) as Key['value'], id: row._id }));
  const edges = page.flatMap((row, index) => {
    const node = toNode(row);
    return node === undefined ? [] : [{ cursor: cursors[index] as string, node }];
  });
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: key !== undefined,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}

/** The order of texts by their code units, as the views have it. */
function byCodeUnits(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** A page of a list that is in memory, in the order of its keys: by value, as `compare` has it, then by id. */
export function connectionOfList<Item, Node>(
  items: readonly Item[],
  { first: asked, after }: PageArgs,
  keyOfItem: (item: Item) => Key & { readonly value: string },
  toNode: (item: Item) => Node,
  compare: (one: string, other: string) => number = byCodeUnits,
): ConnectionOf<Node> {
  const first = pageSizeOf(asked);
  const key = after == null ? undefined : keyOf(after);
  const isLater = (item: Item) => {
    const { value, id } = keyOfItem(item);
    const seen = key as Key;
    return (compare(value, String(seen.value)) || byCodeUnits(id, seen.id)) > 0;
  };
  const start = key ? items.findIndex(isLater) : 0;
  const page = start === -1 ? [] : items.slice(start, start + first);
  const edges = page.map((item) => ({ cursor: cursorOf(keyOfItem(item)), node: toNode(item) }));
  return {
    edges,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: start !== -1 && start + first < items.length,
      hasPreviousPage: key !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** How many are asked for; a client may send null for what it leaves out. @throws Failed `page-size` */
export function pageSizeOf(first: number | null | undefined): number {
  const size = first ?? defaultSize;
  if (size < 1 || size > largest) throw fail('page-size', { first: size, largest });
  return size;
}

function cursorOf({ value, id }: Key): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

function keyOf(cursor: string): Key {
  try {
    const [value, id, ...more] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [Key['value'], string, ...unknown[]];
    if (typeof id === 'string' && more.length === 0 && (value === null || ['string', 'number', 'boolean'].includes(typeof value)))
      return { value, id };
  } catch {
    // Said below, as for any other text that is no cursor.
  }
  throw fail('cursor-unknown');
}
