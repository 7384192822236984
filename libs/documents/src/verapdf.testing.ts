import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from '@jest/globals';
import type { Standard } from './pdf-renderer.js';

/** veraPDF as a jar (`.ci/run` gets it); without it, and Java, its specs wait. */
const jar = process.env['VERAPDF_JAR'];
const profiles: Readonly<Record<Standard, string>> = { 'ua-1': 'ua1', 'a-2a': '2a' };

/** A spec that needs veraPDF: told as still to do where there is none. */
export function withVeraPdf(rule: string, check: () => Promise<void>, milliseconds: number): void {
  if (jar === undefined) it.todo(`${rule} (waits for veraPDF: VERAPDF_JAR)`);
  else it(rule, check, milliseconds);
}

/** The names of those PDFs, of one standard, in which veraPDF finds something that the standard forbids. */
export function faulty(pdfs: ReadonlyMap<string, Buffer>, standard: Standard): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  try {
    for (const [name, pdf] of pdfs) writeFileSync(join(folder, `${name}.pdf`), pdf);
    const { stdout } = run([
      '-cp',
      jar as string,
      'org.verapdf.apps.GreenfieldCliWrapper',
      '-f',
      profiles[standard],
      '--format',
      'text',
      folder,
    ]);
    const passed = new Set(Array.from(stdout.matchAll(/^PASS .*\/(.+)\.pdf \w+$/gm), ([, name]) => name));
    return [...pdfs.keys()].filter((name) => !passed.has(name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** It ends with an error where it finds something. */
function run(args: readonly string[]): { readonly stdout: string } {
  try {
    return { stdout: execFileSync('java', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }) };
  } catch (error) {
    return error as { stdout: string };
  }
}
