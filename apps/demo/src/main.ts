import 'reflect-metadata';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DataFolder } from '#system/data-folder';
import { acts } from './acts.js';
import { DemoServer } from './demo-server.js';
import { withAnswers, withOutputs, withoutOwn } from './questions.js';

const folder = resolve('demo-data');
const docs = join(import.meta.dirname, '../../../../docs');
const [questions, auditing] = [join(docs, 'questions.md'), join(docs, 'for-auditors.md')];
const isToWrite = process.argv.includes('--questions');
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Plays the fictional round into `demo-data`, anew each time. With --questions it writes what it answers into docs/questions.md and docs/for-auditors.md. */
async function play(): Promise<void> {
  clear();
  const demo = await DemoServer.start(folder);
  try {
    for (const { title, act } of acts) {
      await act(demo);
      say(`${title}.`);
    }
    if (isToWrite) {
      writeFileSync(questions, await withAnswers(readFileSync(questions, 'utf8'), demo));
      writeFileSync(auditing, await withAnswers(readFileSync(auditing, 'utf8'), demo, withoutOwn));
    }
  } finally {
    await demo.stop();
  }
  if (isToWrite) writeFileSync(auditing, withOutputs(readFileSync(auditing, 'utf8'), folder));
  say(
    '\nAll of it is fictional, and every event is marked as a demonstration. Look at it:\n\n  DATA_DIR=demo-data npm start\n\nWhat can be asked, and what it answers, is in docs/questions.md.',
  );
}

function clear(): void {
  if (!existsSync(folder)) return;
  const running = new DataFolder(folder).running();
  if (running) throw new Error(`the server at ${running.url} runs on ${folder}: stop it first`);
  if (!existsSync(join(folder, 'log.db'))) throw new Error(`${folder} is no data folder of a demonstration: move it away first`);
  rmSync(folder, { recursive: true });
}

try {
  await play();
} catch (error) {
  process.stderr.write(`demo: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
