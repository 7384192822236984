import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const libraries = fileURLToPath(new URL('../../', import.meta.url));
/** What decides: deciders and rules, the facts that they stand on, and what these are folded from. */
const deciding = '{kernel/src/*,*/src/*.{decider,rules,facts,events}}.{js,ts}';
const specs = /\.(?:spec|testing|contract|d)\.[jt]s$/;

let known: string | undefined;

/**
 * The version of the rules of this program: a hash of the files that decide, which events carry. It says that rules
 * changed between two events, not which: that is seen where the same command is decided again and comes to something else.
 */
export function rulesVersion(): string {
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const path of globSync(deciding, { cwd: libraries }).sort()) {
    if (specs.test(path)) continue;
    hash.update(`${path}\n${readFileSync(`${libraries}${path}`, 'utf8')}\n`);
  }
  return (known = hash.digest('hex').slice(0, 16));
}
