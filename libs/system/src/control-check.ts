import type { ControlCalls } from '#controls/control-calls';
import { findingsIn } from '#controls/findings';
import type { ThreadCalls } from '#engines/thread-calls';
import type { Check } from './check-rounds.js';
import { controlQuestions } from './control-questions.js';

/** How long what was recorded waits to be asked about. */
const goOnEveryMs = 60_000;

/** The control questions, over what is new each minute and over the whole log at intervals, at rest: half of one processor at most. */
export function controlCheck(calls: Pick<ThreadCalls<ControlCalls>, 'call'>, wholeEveryMs: number, everyMs = goOnEveryMs): Check {
  let whole = -Infinity;
  return {
    name: 'questions',
    warning: 'control questions found something: digituki audit questions',
    everyMs,
    async find() {
      const began = performance.now();
      const isWhole = began - whole >= wholeEveryMs;
      const report = await calls.call(isWhole ? 'whole' : 'goOn', 'at-rest');
      if (isWhole) whole = began;
      return findingsIn(report, controlQuestions);
    },
  };
}
