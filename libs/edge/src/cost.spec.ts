import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, getOperationAST, parse, validate, type OperationDefinitionNode } from 'graphql';
import { costOf } from './cost.js';

const schema = buildSchema(`
  type Query { call(id: String, knownAt: String): Call calls(first: Int, knownAt: String): Calls! events(first: Int): Events! }
  type Mutation { close(id: String): String }
  type Calls { edges: [Edge!]! totalCount: Int! }
  type Edge { node: Call! cursor: String! }
  type Events { events: [Event!]! }
  type Event { id: String! }
  type Call { id: String! name: Text! texts: [Text!]! calls(first: Int): Calls! }
  type Text { fi: String sv: String }
`);
const cost = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return costOf(schema, document, getOperationAST(document) as OperationDefinitionNode)(variables);
};
const base = cost('{ __typename }');
const of = (selection: string) => cost(`{ ${selection} }`) - base;

/** Selections of a call, with what they nest. */
const selections = fc.letrec<{ call: string }>((tie) => ({
  call: fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('id', 'name { fi sv }', 'texts { fi }'),
        fc
          .record({ first: fc.integer({ min: 1, max: 100 }), inner: tie('call') })
          .map(({ first, inner }) => `calls(first: ${first}) { totalCount edges { node { ${inner} } } }`),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((fields) => fields.map((field, n) => `f${n}: ${field}`).join(' ')),
})).call;

describe('the cost of an operation', () => {
  it('grows with every field, and with every item that is asked for', () => {
    fc.assert(
      fc.property(selections, fc.integer({ min: 1, max: 99 }), (selection, first) => {
        const page = (size: number, more = '') => of(`calls(first: ${size}) { edges { node { ${selection} ${more} } } }`);
        expect(page(first + 1)).toBeGreaterThan(page(first));
        expect(page(first, 'another: id')).toBeGreaterThan(page(first));
      }),
    );
  });

  it('of what is asked twice is twice as much, and of a fragment what it says', () => {
    fc.assert(
      fc.property(selections, (selection) => {
        const field = `calls(first: 7) { edges { node { ${selection} } } }`;
        const once = of(`a: ${field}`);
        expect(of(`a: ${field} b: ${field}`)).toBeGreaterThanOrEqual(2 * once - 1);
        const split =
          '{ ...Q } fragment Q on Query { a: calls(first: 7) { ...P } } fragment P on Calls { edges { ...E } } fragment E on Edge { node { ...C } }';
        expect(cost(`${split} fragment C on Call { ${selection} }`) - base).toBe(once);
        expect(of(`... on Query { a: ${field} }`)).toBe(once);
      }),
    );
  });

  it('of a page follows its variable; 25 are meant where none is given, and never more than may be asked for', () => {
    const asked = (variables: object) => cost('query ($n: Int) { calls(first: $n) { edges { node { id } } } }', { ...variables });
    const literal = (first: number) => cost(`{ calls(first: ${first}) { edges { node { id } } } }`);
    for (const n of [1, 25, 100]) expect(asked({ n })).toBe(literal(n));
    expect([asked({}), asked({ n: null })]).toEqual([literal(25), literal(25)]);
    expect(literal(1_000_000)).toBe(literal(100));
    expect(literal(-5)).toBe(literal(0));
  });

  it('counts a reading of the log for each time that is asked of, however often', () => {
    const known = (...times: string[]) => of(times.map((at, n) => `a${n}: call(knownAt: "${at}") { id }`).join(' '));
    const plain = of('a0: call { id }');
    const scan = known('2020-01-01') - plain;
    expect(scan).toBeGreaterThan(20 * plain);
    expect(known('2020-01-01', '2020-01-01')).toBe(2 * plain + scan);
    expect(known('2020-01-01', '2021-01-01')).toBe(2 * plain + 2 * scan);
    expect(of('a: call(knownAt: null) { id }')).toBe(plain);
  });

  it('of events is more than of what a view has ready, and of a command more than of a question', () => {
    expect(of('events(first: 10) { events { id } }')).toBeGreaterThan(of('calls(first: 10) { edges { cursor } }'));
    expect(cost('mutation { close(id: "a") }')).toBeGreaterThan(cost('{ call(id: "a") { id } }'));
  });

  it('of a question that would have to answer with more than there is stays a number', () => {
    const deep = (levels: number): string => (levels === 0 ? 'id' : `calls(first: 100) { edges { node { ${deep(levels - 1)} } } }`);
    expect(of(deep(30))).toBe(Number.MAX_SAFE_INTEGER - base);
  });
});
