import type { ControlCalls } from '#controls/control-calls';
import { findingsIn } from '#controls/findings';
import type { Position } from '#kernel/envelope';
import type { ThreadCalls } from '#engines/thread-calls';
import type { Check } from './check-rounds.js';
import { controlQuestions } from './control-questions.js';

/** How long what was recorded waits to be asked about. */
const goOnEveryMs = 60_000;

/**
 * The control questions, over what is new each minute and over the whole log at intervals, at rest: half of one processor at
 * most. Where nothing is new the answers stand, and the thread may end.
 */
export function controlCheck(
  calls: Pick<ThreadCalls<ControlCalls>, 'call'>,
  head: () => Promise<Position>,
  wholeEveryMs: number,
  everyMs = goOnEveryMs,
): Check {
  let whole = -Infinity;
  let answered: { readonly head: Position; readonly findings: readonly string[] } | undefined;
  return {
    name: 'questions',
    warning: 'control questions found something: digituki audit questions',
    everyMs,
    async find() {
      const began = performance.now();
      const isWhole = began - whole >= wholeEveryMs;
      const now = await head();
      if (!isWhole && answered?.head === now) return answered.findings;
      const report = await calls.call(isWhole ? 'whole' : 'goOn', 'at-rest');
      if (isWhole) whole = began;
      answered = { head: now, findings: findingsIn(report, controlQuestions) };
      return answered.findings;
    },
  };
}
