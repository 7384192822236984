import { describe, expect, it } from '@jest/globals';
import { connectionOfList } from '#edge/connection';
import type { Language } from '#kernel/localized-text';
import { collations, inOrderOfNames, nameKey } from './organisations.rules.js';

const organisation = (fi: string, id = fi) => ({ id, name: { fi } });
const names = ['Öja', 'Äänekoski', 'Åbo', 'Zilia', 'Čáhci', 'Aura', 'Šiellju', 'Suomi', 'Ŋárga', 'Nokia', 'a\u0308iti', 'Cirkus'];

describe('organisations by name', () => {
  it.each([
    ['fi', ['Aura', 'Čáhci', 'Cirkus', 'Ŋárga', 'Nokia', 'Šiellju', 'Suomi', 'Zilia', 'Åbo', 'a\u0308iti', 'Äänekoski', 'Öja']],
    ['sv', ['Aura', 'Čáhci', 'Cirkus', 'Nokia', 'Ŋárga', 'Šiellju', 'Suomi', 'Zilia', 'Åbo', 'a\u0308iti', 'Äänekoski', 'Öja']],
    ['en', ['Äänekoski', 'Åbo', 'a\u0308iti', 'Aura', 'Čáhci', 'Cirkus', 'Nokia', 'Ŋárga', 'Öja', 'Šiellju', 'Suomi', 'Zilia']],
  ] as const)('stand as the alphabet of %s has them', (language, ordered) => {
    const found = inOrderOfNames(
      names.map((name) => organisation(name)),
      [language],
    );
    expect(found.map(({ id }) => id)).toEqual(ordered);
  });

  it('are each on one page, whatever its size, those of one name by their ids', () => {
    const languages: [Language] = ['fi'];
    const all = inOrderOfNames([...names.map((name) => organisation(name)), organisation('Åbo', 'b'), organisation('Åbo', 'a')], languages);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const { edges, pageInfo } = connectionOfList(
        all,
        { first: 3, ...(after !== undefined && { after }) },
        (one) => nameKey(one, languages),
        ({ id }) => id,
        collations.fi,
      );
      seen.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor ?? undefined;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen.slice(8, 11)).toEqual(['a', 'b', 'Åbo']);
  });
});
