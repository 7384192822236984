import {
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { csvLine } from '#kernel/csv';
import { entry } from '#kernel/keyed';
import { failures } from '#kernel/refused';

export const { texts: exportFailures, fail } = failures({
  'export-unknown': {
    fi: 'Luetteloa {connection} ei ole. Anna kyselyn luettelon nimi, kuten services, tai polku siihen, kuten call.applications.',
    sv: 'Det finns ingen lista {connection}. Ange namnet på en lista bland frågorna, såsom services, eller vägen till den, såsom call.applications.',
    en: 'There is no list {connection}. Give the name of a list among the queries, such as services, or the way to it, such as call.applications.',
  },
  'export-argument-unknown': {
    fi: 'Argumenttia {argument} ei ole. Argumentit ovat {known}.',
    sv: 'Det finns inget argument {argument}. Argumenten är {known}.',
    en: 'There is no argument {argument}. The arguments are {known}.',
  },
  'export-column-unknown': {
    fi: 'Saraketta {column} ei ole. Sarakkeet ovat {known}.',
    sv: 'Det finns ingen kolumn {column}. Kolumnerna är {known}.',
    en: 'There is no column {column}. The columns are {known}.',
  },
});

/** A column: its name is the path of a value in a node, such as `name.fi`. */
interface Column {
  readonly name: string;
  /** What of the node is asked for. */
  readonly selection: string;
  /** Whether it is there only where it is named: a whole document in a cell, or records where there are no pages that could be smaller. */
  readonly isAside?: boolean;
}

/** What a list is exported by: a question for a page of it, or for all of it, and the columns of its rows. */
export interface Export {
  readonly query: string;
  /** Whether it is a connection. Other lists are one page. */
  readonly isPaged: boolean;
  variablesFor(size: number, after: string | null): Readonly<Record<string, unknown>>;
  readonly columns: readonly string[];
  /** Of the whole answer's data: the page. */
  pageIn(data: unknown): ExportedPage | undefined;
}

export interface ExportedPage {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly isComplete?: boolean;
  readonly knownTotal?: number | null;
}

const columnsArgument = 'columns';

/** The variables by which a page is asked for. The others are named as the arguments are, so that an error names those. */
const pageSize = 'ofPageSize';
const pageAfter = 'ofPageAfter';

/** The arguments of a connection that ask for a page of it. */
const paging = [
  { argument: 'first', variable: pageSize, type: 'Int' },
  { argument: 'after', variable: pageAfter, type: 'String' },
] as const;

/**
 * The export of a list of the API, a connection or not: `services`, or `call.applications` with the arguments of both (`id`,
 * and `applications.region` for the inner one). Its columns are the fields of its nodes in the order of the schema, or those that
 * `columns` names. @throws Failed `export-unknown`, `export-argument-unknown`, `export-column-unknown`
 */
export function exportOf(schema: GraphQLSchema, list: string, given: Readonly<Record<string, string>>): Export {
  const path = list.split('.');
  const fields = fieldsOf(schema, path) ?? [];
  const listed = fields.at(-1);
  const type = listed && getNamedType(listed.type);
  const isPaged = listed !== undefined && !isListType(getNullableType(listed.type));
  const node = isPaged ? nodeOf(type) : type;
  if (!isObjectType(type) || !isObjectType(node) || path.length > 2) throw fail('export-unknown', { connection: list });

  const all = columnsOf(node, isPaged);
  const columns =
    given[columnsArgument] === undefined
      ? all.filter(({ isAside }) => !isAside)
      : given[columnsArgument].split(',').map((name) => columnNamed(name, all));
  const { args, variables, types } = argumentsOf(fields, given, isPaged);
  const told = ['isComplete', 'knownTotal'].filter((name) => entry(type.getFields(), name));
  const row = selectionOf(columns);
  const selection = isPaged ? `{ pageInfo { hasNextPage endCursor } ${told.join(' ')} edges { node ${row} } }` : row;
  const body = fields.reduceRight((inner, field, depth) => `{ ${field.name}${args[depth]} ${inner} }`, selection);
  return {
    query: `query Export${inBrackets(types)} ${body}`,
    isPaged,
    variablesFor: (size, after) => (isPaged ? { ...variables, [pageSize]: size, [pageAfter]: after } : variables),
    columns: columns.map(({ name }) => name),
    pageIn: (data) => {
      const found = valueAt(data, path);
      return isPaged || !Array.isArray(found) ? (found as ExportedPage | undefined) : wholeOf(found);
    },
  };
}

/** A list as the only page of it. */
function wholeOf(nodes: readonly unknown[]): ExportedPage {
  return { edges: nodes.map((node) => ({ node })), pageInfo: { hasNextPage: false, endCursor: null } };
}

/** A node as a line of a file: of comma-separated values, or of JSON with the columns as its keys. */
export function lineOf(format: 'csv' | 'ndjson', node: unknown, columns: readonly string[]): string {
  const row = columns.map((name) => valueAt(node, name.split('.')) ?? null);
  if (format === 'ndjson') return `${JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index]])))}\n`;
  return csvLine(row.map(cellOf));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (isObject(found) ? entry(found, key) : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

function fieldsOf(schema: GraphQLSchema, path: readonly string[]): readonly GraphQLField<unknown, unknown>[] | undefined {
  let type: GraphQLNamedType | null | undefined = schema.getQueryType();
  const fields = [];
  for (const [depth, name] of path.entries()) {
    const field: GraphQLField<unknown, unknown> | undefined = isObjectType(type) ? entry(type.getFields(), name) : undefined;
    if (!field || (depth < path.length - 1 && isListType(getNullableType(field.type)))) return undefined;
    fields.push(field);
    type = getNamedType(field.type);
  }
  return fields;
}

/** The type of what a connection has; undefined of what is none. */
function nodeOf(type: GraphQLNamedType | undefined): GraphQLObjectType | undefined {
  const edges = isObjectType(type) ? entry(type.getFields(), 'edges') : undefined;
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? entry(edge.getFields(), 'node') : undefined;
  const found = node && getNamedType(node.type);
  return isObjectType(found) ? found : undefined;
}

function columnsOf(node: GraphQLObjectType, isPaged: boolean): readonly Column[] {
  return Object.values(node.getFields()).flatMap((field): readonly Column[] => {
    const { name } = field;
    const type = getNamedType(field.type);
    if (field.args.some(isRequiredArgument)) return [];
    if (isLeafType(type)) return [{ name, selection: name, isAside: type.name === 'JSON' }];
    if (!isObjectType(type) || nodeOf(type)) return [];
    const inner = Object.values(type.getFields()).filter((one) => isLeafType(getNamedType(one.type)) && !one.args.some(isRequiredArgument));
    if (isListType(getNullableType(field.type)))
      return inner.length === 0 ? [] : [{ name, selection: `${name} { ${inner.map((one) => one.name).join(' ')} }`, isAside: !isPaged }];
    if (type.name === 'LocalizedText')
      return ['fi', 'sv', 'en'].map((language) => ({ name: `${name}.${language}`, selection: `${name} { ${language} }` }));
    // Of what is joined from elsewhere, only which one it is.
    const own = field.resolve ? inner.filter((one) => one.name === 'id' || one.name === 'code') : inner;
    return own.map((one) => ({ name: `${name}.${one.name}`, selection: `${name} { ${one.name} }` }));
  });
}

function columnNamed(name: string, all: readonly Column[]): Column {
  const found = all.find((one) => one.name === name);
  if (!found) throw fail('export-column-unknown', { column: name, known: all.map((one) => one.name) });
  return found;
}

function selectionOf(columns: readonly Column[]): string {
  return `{ ${columns.map(({ selection }) => selection).join(' ')} }`;
}

function inBrackets(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `(${parts.join(', ')})`;
}

/** The arguments as they stand in the question, with variables for their values. */
function argumentsOf(fields: readonly GraphQLField<unknown, unknown>[], given: Readonly<Record<string, string>>, isPaged: boolean) {
  const ofPage = isPaged ? paging : [];
  const last = fields.length - 1;
  const known = fields.flatMap((field, depth) =>
    field.args
      .filter(({ name }) => depth < last || !ofPage.some(({ argument }) => argument === name))
      .map((argument) => ({ argument, depth, key: depth === 0 ? argument.name : `${field.name}.${argument.name}` })),
  );
  const names = Object.keys(given).filter((name) => name !== columnsArgument);
  const unknown = names.find((name) => !known.some(({ key }) => key === name));
  if (unknown !== undefined)
    throw fail('export-argument-unknown', { argument: unknown, known: [...known.map(({ key }) => key), columnsArgument] });
  const used = known.filter(({ key }) => names.includes(key)).map((one) => ({ ...one, variable: one.key.replace('.', '_') }));
  const args = fields.map((_, depth) => {
    const told = used.filter((one) => one.depth === depth).map(({ argument, variable }) => `${argument.name}: $${variable}`);
    return inBrackets(depth === last ? [...ofPage.map(({ argument, variable }) => `${argument}: $${variable}`), ...told] : told);
  });
  const valueOf = (type: GraphQLNamedType, text: string): unknown =>
    type.name === 'Boolean' ? text === 'true' : !isEnumType(type) && ['Int', 'Float'].includes(type.name) ? Number(text) : text;
  return {
    args,
    types: [
      ...ofPage.map(({ variable, type }) => `$${variable}: ${type}`),
      ...used.map(({ argument, variable }) => `$${variable}: ${String(argument.type)}`),
    ],
    variables: Object.fromEntries(
      used.map(({ argument, variable, key }) => {
        const text = entry(given, key) ?? '';
        const type = getNamedType(argument.type);
        const value = isListType(getNullableType(argument.type)) ? text.split(',').map((one) => valueOf(type, one)) : valueOf(type, text);
        return [variable, value];
      }),
    ),
  };
}
