import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** What the mutation takes as its `input`. */
export function inputOf(schema: GraphQLSchema, mutation: string): GraphQLInputType {
  const field = schema.getMutationType()?.getFields()[mutation];
  return (field?.args.find(({ name }) => name === 'input') as GraphQLArgument).type;
}

/** What fields and arguments are filled with: by their names where they are among these, else by their types. */
export interface Examples {
  readonly region: string;
  readonly byName: Readonly<Record<string, unknown>>;
  readonly byType: Readonly<Record<string, unknown>>;
  /** Fields that need not be given, and are. */
  readonly given: readonly string[];
}

/** A value at the end of a way through an input, field by field. */
interface Named {
  readonly way: readonly string[];
  readonly value: string;
}

/** A value that the type takes; with what is named in its place. */
export function exampleOf(type: GraphQLInputType, name: string, examples: Examples, named?: Named): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [exampleOf(nullable.ofType, name, examples, named)];
  if (named?.way.length === 0) return named.value;
  const { region, byName, byType, given } = examples;
  if (isEnumType(nullable)) return nullable.name === 'RegionCode' ? region : nullable.getValues()[0]?.name;
  if (!isInputObjectType(nullable)) return byName[name] ?? byType[nullable.name] ?? 'Teksti';
  const [next, ...way] = named?.way ?? [];
  return Object.fromEntries(
    Object.values(nullable.getFields())
      .filter((field) => isNonNullType(field.type) || given.includes(field.name) || field.name === next)
      .map((field) => {
        const further = named && field.name === next ? { way, value: named.value } : undefined;
        return [field.name, exampleOf(field.type, field.name, examples, further)];
      }),
  );
}

/** Each way to a scalar of one of these names, through records and lists. */
export function waysTo(
  scalars: readonly string[],
  type: GraphQLInputType,
): readonly { readonly way: readonly string[]; readonly scalar: string }[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return scalars.includes(named.name) ? [{ way: [], scalar: named.name }] : [];
  return Object.values(named.getFields()).flatMap((field) =>
    waysTo(scalars, field.type).map(({ way, scalar }) => ({ way: [field.name, ...way], scalar })),
  );
}

/** The arguments that a query needs, as it says them; the one that a variable stands for among them. */
export function argumentsOf(args: readonly GraphQLArgument[], examples: Examples, variable?: string): string {
  const said = args
    .filter(({ name, type }) => isNonNullType(type) || name === variable)
    .map(({ name, type }) => `${name}: ${name === variable ? '$named' : literal(type, exampleOf(type, name, examples))}`);
  return said.length === 0 ? '' : `(${said.join(', ')})`;
}

function literal(type: GraphQLInputType, value: unknown): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${(value as readonly unknown[]).map((item) => literal(nullable.ofType, item)).join(', ')}]`;
  if (isEnumType(nullable)) return String(value);
  if (!isInputObjectType(nullable)) return JSON.stringify(value);
  const fields = Object.entries(value as object).map(
    ([name, item]) => `${name}: ${literal((nullable.getFields()[name] as { type: GraphQLInputType }).type, item)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

/** All that can be asked of the type, so many levels deep. */
export function selectionOf(type: GraphQLOutputType, levels: number, examples: Examples): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const asked = `${field.name}${argumentsOf(field.args, examples)}`;
    if (isLeafType(getNamedType(field.type))) return [asked];
    const below = levels > 1 ? selectionOf(field.type, levels - 1, examples) : '';
    return below === '' ? [] : [`${asked} ${below}`];
  });
  return fields.length === 0 ? '' : `{ ${fields.join(' ')} }`;
}
