import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { Documents, mostBytes } from './document.js';

const schema = buildSchema('type Query { call(id: String): Call calls(first: Int): [Call!]! } type Call { id: String call: Call }');
const nothing = () => undefined;

describe('the documents that are kept', () => {
  it('are no longer than they may be, in bytes', () => {
    const documents = new Documents(schema);
    const asked = (id: string) => () => documents.operation(`{ call(id: "${id}") { id } }`, undefined, nothing);
    expect(asked('x'.repeat(mostBytes - 100))).not.toThrow();
    const refused = expect.objectContaining({ code: 'document-too-large', details: { most: mostBytes } });
    expect(asked('x'.repeat(mostBytes))).toThrow(refused);
    // One beyond Latin-1 makes a text take two bytes for each of its characters.
    expect(asked('ä'.repeat(mostBytes / 2))).toThrow(refused);
  });

  it('take no more than a number of bytes, however many different ones come', () => {
    const documents = new Documents(schema);
    for (let n = 0; n < 1_500; n++) {
      const text = `{ ${Array.from({ length: 140 }, (_, field) => `a${field}: call(id: "${n}") { id }`).join(' ')} }`;
      for (let times = 0; times < 2; times++) documents.operation(text, undefined, nothing);
    }
    const { bytes, documents: count } = documents.kept;
    expect(bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(bytes / count).toBeGreaterThan(100_000);
  });

  it('are those that were found good: what is wrong is forgotten', () => {
    const documents = new Documents(schema);
    for (let n = 0; n < 100; n++)
      for (const wrong of [
        `{ secret${n} }`,
        `{ call(id: "${n}" `,
        `{"kind":"Document${n}"}`,
        `query A { call { id } } query B${n} { call { id } }`,
      ])
        expect(() => documents.operation(wrong, undefined, nothing)).toThrow();
    expect(documents.kept).toEqual({ bytes: 0, documents: 0 });
  });

  it('are those that are asked for again: a thousand others that come once do not drive them out', () => {
    const documents = new Documents(schema);
    for (let times = 0; times < 2; times++) documents.operation('{ call { id } }', undefined, nothing);
    for (let n = 0; n < 1_000; n++) documents.operation(`{ call(id: "${n}") { id } }`, undefined, nothing);
    expect(documents.kept.documents).toBe(1);
  });

  it('are charged for until they are kept, before they are checked', () => {
    const documents = new Documents(schema);
    const charged: number[] = [];
    const ask = (text: string) => documents.operation(text, undefined, (cost) => charged.push(cost));
    for (let times = 0; times < 5; times++) ask('{ call { id } }');
    expect(charged).toHaveLength(2);
    expect(() => ask('{ call { id secret } }')).toThrow();
    expect(charged).toHaveLength(3);
    expect(charged[2]).toBeGreaterThan(charged[0] as number);
    const refusing = () => {
      throw new Error('charged too much');
    };
    expect(() => documents.operation('{ secret }', undefined, refusing)).toThrow('charged too much');
  });

  it('are compiled when they are asked for again, unless they are long or hold several operations', () => {
    const documents = new Documents(schema);
    const compiled = (text: string, name?: string) => {
      for (let times = 0; times < 2; times++) documents.operation(text, name, nothing).compiled();
      documents.operation(text, name, nothing).compiled();
      return documents.operation(text, name, nothing).compiled() !== undefined;
    };
    expect(compiled('{ call { id } }')).toBe(true);
    expect(compiled('query A { call { id } } query B { call { id } }', 'A')).toBe(false);
    expect(compiled(`{ call { ${Array.from({ length: 400 }, (_, n) => `a${n}: id`).join(' ')} } }`)).toBe(false);
  });

  it.each([
    ['fields of one name, a thousand times', `{ call { ${'id '.repeat(1_900)} } }`],
    [
      'fragments that double each other',
      `{ call { ...F0 } } ${Array.from({ length: 100 }, (_, n) => `fragment F${n} on Call { ...F${n + 1} ...F${n + 1} }`).join(' ')} fragment F100 on Call { id }`,
    ],
  ])('are checked in a moment: %s', (_, text) => {
    const documents = new Documents(schema);
    const start = performance.now();
    try {
      documents.operation(text, undefined, nothing).cost({});
    } catch {
      // That it is refused is as good.
    }
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
