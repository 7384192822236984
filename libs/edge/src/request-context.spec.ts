import { describe, expect, it } from '@jest/globals';
import type { Rows } from '#view-store/view-store';
import { acceptedLanguages, RequestContext } from './request-context.js';

describe('the languages of a request', () => {
  it.each([
    ['fi', ['fi']],
    ['sv-FI, fi;q=0.8, en;q=0.9', ['sv', 'en', 'fi']],
    ['de, en;q=0.5', ['en']],
    ['fi;q=0, sv', ['sv']],
    ['*', []],
    [undefined, []],
    ['EN', ['en']],
  ])('of «%s» are %j, best first', (header, expected) => {
    expect(acceptedLanguages(header)).toEqual(expected);
  });
});

describe('the loading of rows', () => {
  it('reads the rows that one request asks for at the same time together, each once', async () => {
    const asked: (readonly string[])[] = [];
    const rows = {
      getMany: async (ids: readonly string[]) => (asked.push(ids), ids.map((id) => (id === 'none' ? undefined : { _id: id }))),
    } as unknown as Rows<object>;
    const context = new RequestContext({} as never, undefined, []);
    const found = await Promise.all(['a', 'b', 'a', 'none'].map((id) => context.load(rows, id)));
    expect(found).toEqual([{ _id: 'a' }, { _id: 'b' }, { _id: 'a' }, undefined]);
    expect(asked).toEqual([['a', 'b', 'none']]);
  });
});
