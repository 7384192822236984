import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const codes = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code as string);
const links = (text: string) =>
  [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link as string).filter((link) => !/^\w+:/.test(link));
const pages = ['README.md', ...globSync('{docs/*,docs/adr/*,libs/*/README}.md', { cwd: root })];

describe('the documents', () => {
  it('name files that are there', () => {
    const named = pages.flatMap((page) => codes(read(page)).map((path) => ({ page, path })));
    const missing = named.filter(({ path }) => /^(apps|libs|docs|deploy)\/[\w./-]+$/.test(path) && !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('link to pages that are there', () => {
    const missing = pages.flatMap((page) =>
      links(read(page))
        .filter((link) => !existsSync(join(root, dirname(page), link)))
        .map((link) => ({ page, link })),
    );
    expect(missing).toEqual([]);
  });

  it('of a library name files that it has', () => {
    const readmes = globSync('libs/*/README.md', { cwd: root });
    const missing = readmes.flatMap((page) => {
      const files = new Set(globSync(`${dirname(page)}/{src,data}/**/*.{ts,json}`, { cwd: root }).map((file) => basename(file)));
      return codes(read(page))
        .filter((code) => /^[\w-]+(\.[\w-]+)*\.ts$/.test(code) && !files.has(code))
        .map((file) => ({ page, file }));
    });
    expect(missing).toEqual([]);
  });

  it('give each library a page', () => {
    const libraries = globSync('libs/*/src', { cwd: root }).map(dirname);
    expect(libraries.filter((library) => !existsSync(join(root, library, 'README.md')))).toEqual([]);
  });
});
