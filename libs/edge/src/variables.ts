import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { entry } from '#kernel/keyed';
import { failures } from '#kernel/refused';

/** The variables of a request: bounded before anything looks at them, and then checked once, whichever way the operation is run. */

export const { texts: variablesFailures, fail } = failures({
  'variables-too-large': {
    fi: 'Muuttujissa (variables) on liikaa: niissä saa olla enintään {entries} arvoa ja {depth} sisäkkäistä tasoa. Jaa pyyntö osiin.',
    sv: 'Variablerna (variables) är för många: de får ha högst {entries} värden och {depth} nivåer. Dela upp begäran.',
    en: 'There is too much in the variables: they may have {entries} values and {depth} levels at most. Send it in parts.',
  },
});

/** The largest request, in bytes: a command's content is far smaller than what one append may hold. */
export const largestRequest = 512 * 1024;
/** A command with much in its lists comes close to none of these. */
export const bounds = { entries: 5_000, depth: 12 };
/** More would tell nobody more. */
export const mostProblems = 10;

export type Variables = Readonly<Record<string, unknown>>;

const costOfValue = 2;
/** What a request has around its variables: itself, its three fields, and theirs. */
const around = { entries: 20, depth: 3 };
const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openings, closings] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])];

/**
 * Refuses the text of a request whose variables are larger than any that are meant, before it is parsed: to make forty
 * thousand fields of a text takes ten times as long as to count them. @throws Failed `variables-too-large`
 */
export function checkText(json: string): void {
  let [separators, depth, isText] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    if (isText) {
      if (sign === backslash) at += 1;
      else if (sign === quote) isText = false;
    } else if (sign === quote) isText = true;
    else if (sign === comma) separators += 1;
    else if (openings.has(sign)) depth += 1;
    else if (closings.has(sign)) depth -= 1;
    if (separators > bounds.entries + around.entries || depth > bounds.depth + around.depth) throw fail('variables-too-large', bounds);
  }
}

/** What it costs to look at the variables (see `cost.ts`). @throws Failed `variables-too-large` where they are larger than any that are meant */
export function costOfVariables(variables: Variables | undefined): number {
  if (variables === undefined) return 0;
  let entries = 0;
  let level: readonly unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const within = Object.values(value) as readonly unknown[];
      entries += within.length;
      if (entries > bounds.entries || (depth === bounds.depth && within.length > 0)) throw fail('variables-too-large', bounds);
      next.push(...within);
    }
    level = next;
  }
  return entries * costOfValue;
}

/**
 * The values that the operation takes from the variables, as its resolvers get them.
 * @throws a list of GraphQLErrors, ten at most, that name the place of what is wrong and never repeat the whole value
 */
export function coerced(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables = {},
): Variables {
  const values = new Map<string, unknown>();
  const problems: GraphQLError[] = [];
  for (const definition of variableDefinitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    // Validation has said so.
    if (!isInputType(type)) continue;
    const found = (where: string, problem: string, originalError?: Error | null) => {
      problems.push(new GraphQLError(`${where}: ${problem}`, { nodes: definition, originalError: originalError ?? null }));
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- all of them are told
      if (problems.length >= mostProblems) throw problems;
    };
    const given = entry(variables, name);
    if (given === undefined) {
      if (definition.defaultValue) values.set(name, valueFromAST(definition.defaultValue, type));
      else if (isNonNullType(type)) found(`$${name}`, `Expected a value of type "${String(type)}".`);
    } else
      values.set(
        name,
        coerceInputValue(given, type, (path, _value, { message, originalError }) => found(placeOf(name, path), message, originalError)),
      );
  }
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- all of them are told
  if (problems.length > 0) throw problems;
  return Object.fromEntries(values);
}

function placeOf(name: string, path: readonly (string | number)[]): string {
  return `$${name}${path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')}`;
}
