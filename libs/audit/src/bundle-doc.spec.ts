import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { provenBy } from './checkpoint.js';
import { leafHash, nodeHash } from './merkle.js';
import { verifierOf } from './signed-note.js';

describe('the example in docs/bundle.md', () => {
  it('is right', () => {
    const page = readFileSync('docs/bundle.md', 'utf8');
    const [leaves, hashes, key, proof] = [...page.matchAll(/^```\n([^`]*?)```$/gm)].map(([, block]) => block as string);
    const lines = (leaves as string).trimEnd().split('\n');
    const [first, second, third] = lines.map(leafHash) as [Buffer, Buffer, Buffer];
    expect((hashes as string).trimEnd().split('\n')).toEqual([first, second, third].map((hash) => hash.toString('base64')));
    const node = nodeHash(first, second);
    expect(page).toContain(`\`${node.toString('base64')}\``);
    const root = nodeHash(node, third);
    expect(page).toContain(`\`${root.toString('base64')}\``);
    expect(provenBy(lines[1] as string, proof as string, verifierOf(key as string))).toMatchObject({ size: 3, root });
  });
});
