import 'reflect-metadata';
import { availableParallelism, cpus } from 'node:os';
import { appendConcurrently } from './append-concurrently.js';
import { appendHundred } from './append-hundred.js';
import { appendOne } from './append-one.js';
import { underAttack } from './attacks.js';
import { audit } from './audit.js';
import { auditQuestions } from './audit-questions.js';
import { growth } from './growth.js';
import { inBenchFolder } from './bench-folder.js';
import { command } from './command.js';
import { directory } from './directory.js';
import { eventStoreDb } from './eventstoredb.js';
import { followUp } from './follow-up.js';
import { loop } from './loop.js';
import { isMet, type Line } from './measure.js';
import { mongodb } from './mongodb.js';
import { query } from './query.js';
import { rebuild } from './rebuild.js';
import { scale } from './scale.js';
import { manySubscribers } from './subscribers.js';
import { subscriptions } from './subscriptions.js';

const benches = [
  appendOne,
  appendConcurrently,
  appendHundred,
  audit,
  auditQuestions,
  rebuild,
  query,
  directory,
  followUp,
  command,
  loop,
  subscriptions,
  manySubscribers,
  underAttack,
  scale,
  growth,
  eventStoreDb,
  mongodb,
];

/**
 * Measures ours against the floor in the same run: `npm run bench`, or `npm run bench -- append` for those whose names
 * hold one of the words. A target that is missed is told and is no failure: timings depend on the machine.
 */
async function bench(words: readonly string[]): Promise<void> {
  const wanted = benches.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (wanted.length === 0) throw new Error(`no bench of that name; there are: ${benches.map(({ name }) => name).join(', ')}`);
  print(`Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model.trim()}`);
  print(row(['', 'ours', 'floor', 'ratio', 'target', '']));
  for (const one of wanted) {
    for (const found of await inBenchFolder(one.run)) print(row(cellsOf(found)));
  }
}

function cellsOf(line: Line): readonly string[] {
  const { name, unit, ours, floor, ratio, target } = line;
  const amount = (value: number) => `${value.toLocaleString('en', { maximumFractionDigits: unit === 'ms' ? 1 : 0 })} ${unit}`;
  const wanted = !target ? '' : 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
  return [name, amount(ours), amount(floor), ratio.toFixed(2), wanted, !target ? '' : isMet(line) ? 'met' : 'SHORT'];
}

function row([name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(62)}${cells.map((cell) => cell.padStart(13)).join('')}`.trimEnd();
}

const print = (text: string) => process.stdout.write(`${text}\n`);

bench(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
