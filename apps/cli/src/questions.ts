import { controlPass } from '#controls/control-pass';
import { answerTo, sentenceOf } from '#controls/question';
import { controlQuestions, definitionOf } from '#system/control-questions';
import { withLog } from './audit.js';
import { print } from './print.js';

/** Puts the control questions to the log, whether or not a server runs, and prints what each comes to. */
export async function questions(): Promise<void> {
  await withLog(async (log) => {
    const report = await controlPass(log, definitionOf, controlQuestions);
    for (const question of controlQuestions) {
      const { count = 0, named = [] } = report.witnesses.get(question.key) ?? {};
      print(`${question.title.en}: ${answerTo(count, report).en}`);
      for (const { type, stream, revision, event, details } of named)
        print(`  ${type}, revision ${revision} of ${stream} (${event}): ${sentenceOf(question, details).en}`);
      if (count > 0) process.exitCode = 1;
    }
    const { count, named } = report.unreadable;
    if (count === 0) return;
    process.exitCode = 1;
    print(`${count} events cannot be read as their types say: of them not every question is answered`);
    for (const { type, stream, revision, event } of named) print(`  ${type}, revision ${revision} of ${stream} (${event})`);
  });
}
