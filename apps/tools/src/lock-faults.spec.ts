import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFaults } from './lock-faults.js';

const integrity = `sha512-${createHash('sha512').update('a package').digest('base64')}`;

describe('the lockfile', () => {
  it('holds every package of ours to its content', () => {
    const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package-lock.json'), 'utf8')) as Parameters<
      typeof lockFaults
    >[0];
    expect(lockFaults(lock)).toEqual([]);
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  });

  it.each([
    ['has no integrity', { version: '1.0.0' }],
    ['has an integrity that is no SHA-512', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['comes from elsewhere than the registry', { version: '1.0.0', integrity, resolved: 'https://elsewhere.example/a-1.0.0.tgz' }],
  ])('is at fault where a package %s', (fault, locked) => {
    const packages = { '': { version: '0.1.0' }, 'node_modules/a': locked, 'node_modules/b': { version: '2.0.0', integrity } };
    expect(lockFaults({ packages })).toEqual([`package-lock.json: node_modules/a 1.0.0 ${fault}`]);
  });
});
