import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madeOnce } from './made-once.js';

describe('what is made once', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'made-'));
    path = join(folder, 'key');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the same for all who make it at the same time, and of no draft anything is left', async () => {
    const begun = Promise.withResolvers<void>();
    const made = Array.from({ length: 20 }, (_, n) =>
      madeOnce(path, async () => {
        await begun.promise;
        return `made by ${n}`;
      }),
    );
    begun.resolve();
    const texts = (await Promise.all(made)).map(String);
    expect(new Set(texts).size).toBe(1);
    expect(String(await madeOnce(path, () => 'made later'))).toBe(texts[0]);
    expect(readdirSync(folder)).toEqual(['key']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is not there before it is whole', async () => {
    await madeOnce(path, async () => {
      expect(readdirSync(folder)).toEqual([]);
      return 'whole';
    });
    await expect(madeOnce(join(folder, 'none', 'key'), () => 'lost')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
