import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import { bounds, costOfVariables, checkText, coerced } from './variables.js';

const schema = buildSchema(
  'type Query { ask(input: In!, ids: [Int!], n: Int = 7): Int } input In { name: String!, kind: Kind, within: In, many: [In!] } enum Kind { ONE }',
);
const definition = parse('query ($input: In!, $ids: [Int!], $n: Int = 7, $more: Int) { ask(input: $input, ids: $ids, n: $n) }')
  .definitions[0] as OperationDefinitionNode;
const problems = (variables: Record<string, unknown>): readonly string[] => {
  try {
    coerced(schema, definition, variables);
    return [];
  } catch (error) {
    return (error as GraphQLError[]).map(({ message }) => message);
  }
};
const nested = (depth: number): object => (depth === 0 ? {} : { within: nested(depth - 1) });

describe('the variables of a request', () => {
  it('may have so many values and levels, and no more', () => {
    for (const good of [undefined, {}, nested(bounds.depth), { list: Array.from({ length: bounds.entries - 1 }, () => 1) }])
      expect(() => costOfVariables(good as never)).not.toThrow();
    expect(costOfVariables({ list: [1, 2, 3] })).toBeGreaterThan(costOfVariables({ list: [1, 2] }));
    const refused = expect.objectContaining({ code: 'variables-too-large', details: bounds });
    const wide = Object.fromEntries(Array.from({ length: bounds.entries + 1 }, (_, n) => [`key${n}`, n]));
    for (const bad of [nested(bounds.depth + 1), { list: Array.from({ length: bounds.entries }, () => 1) }, wide, { input: wide }])
      expect(() => costOfVariables(bad as never)).toThrow(refused);
  });

  it('are counted in the text of a request before it is parsed, and signs within texts are none', () => {
    const refused = expect.objectContaining({ code: 'variables-too-large' });
    const list = (length: number) => ({ query: '{ a(b: [1, 2]) { c, d } }', variables: { list: Array.from({ length }, () => 1) } });
    for (const good of [
      list(bounds.entries - 1),
      { variables: nested(bounds.depth) },
      { variables: { text: ',[{'.repeat(10_000), other: '\\",'.repeat(10_000) } },
    ])
      expect(() => checkText(JSON.stringify(good))).not.toThrow();
    for (const bad of [list(bounds.entries + 100), { variables: nested(bounds.depth + 5) }])
      expect(() => checkText(JSON.stringify(bad))).toThrow(refused);
    for (const nonsense of ['', '}}}}', '"', '\\', '['.repeat(10)]) expect(() => checkText(nonsense)).not.toThrow();
  });

  it('are given their values, and what is left out its default', () => {
    expect({ ...coerced(schema, definition, { input: { name: 'a' }, ids: 1, unknown: 1 }) }).toEqual({
      input: { name: 'a' },
      ids: [1],
      n: 7,
    });
    expect({ ...coerced(schema, definition, { input: { name: 'a' }, n: null }) }).toMatchObject({ n: null });
  });

  it('that are wrong are named by their place, ten at most, and none is repeated as a whole', () => {
    expect(problems({})).toEqual(['$input: Expected a value of type "In!".']);
    expect(problems({ input: null })).toEqual([expect.stringMatching(/^\$input: /)]);
    expect(problems({ input: { kind: 'TWO', many: [{ name: 'a' }, { name: 1 }] } })).toEqual([
      expect.stringMatching(/^\$input: .*"name"/),
      expect.stringMatching(/^\$input\.kind: .*"TWO"/),
      expect.stringMatching(/^\$input\.many\[1\]\.name: .*String/),
    ]);
    const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field${n}`, 'x']));
    const told = problems({ input: { name: 'a', ...unknown } });
    expect([told.length, Math.max(...told.map(({ length }) => length)) < 200]).toEqual([10, true]);
  });

  it('are not looked up in what every object has', () => {
    const named = parse('query ($constructor: Int!, $toString: String) { ask(input: { name: "a" }, n: $constructor) }');
    expect(() => coerced(schema, named.definitions[0] as OperationDefinitionNode, {})).toThrow();
    expect({ ...coerced(schema, named.definitions[0] as OperationDefinitionNode, { constructor: 1 }) }).toEqual({ constructor: 1 });
  });
});
