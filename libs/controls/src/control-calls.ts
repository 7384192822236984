import type { EventLog } from '#event-store/event-log';
import type { EventDefinitions } from '#kernel/event-schema';
import { ControlPass, type ControlReport } from './control-pass.js';
import type { Question } from './question.js';

/** What is asked of the control questions in a thread of their own. */
export type ControlCalls = {
  /** The answers over the whole log, read from its beginning: also what was altered since it was read before. */
  whole(pace: Pace): Promise<ControlReport>;
  /** The answers over what was read before, and what was recorded since. */
  goOn(pace: Pace): Promise<ControlReport>;
};

/** `at-rest`: half of the time is left to others. */
export type Pace = 'at-once' | 'at-rest';

/** Answers over a log, one question after the other: what a pass remembers is kept for the next. */
export function controlCalls(
  log: EventLog,
  definitions: EventDefinitions,
  questions: readonly Question[],
  rest: () => Promise<void>,
): ControlCalls {
  let pass = new ControlPass(definitions, questions);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<ControlReport>): Promise<ControlReport> => {
    const answer = last.then(work);
    last = answer.catch(() => undefined);
    return answer;
  };
  const read = (pace: Pace) => pass.read(log, pace === 'at-rest' ? rest : undefined);
  return {
    whole: (pace) => inTurn(() => ((pass = new ControlPass(definitions, questions)), read(pace))),
    goOn: (pace) => inTurn(() => read(pace)),
  };
}
