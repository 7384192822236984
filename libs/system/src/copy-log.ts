import { copyKeys, otherKey, type CopiedKeys } from '#keys/copy-keys';
import type { WrappedKeys } from '#keys/key-store';
import { bindKeys, keysOf } from '#keys/log-keys';
import { EventIdReused, WrongExpectedRevision, type EventLog } from '#event-store/event-log';
import { commonBeginning, compareLogs, differenceText, type Summary } from '#event-store/log-content';
import { copyAfter } from '#event-store/log-copy';
import type { Position } from '#kernel/envelope';
import { CannotStart } from './settings.js';

/** A log with what it is called, and its keys. */
export interface Copied {
  readonly shown: string;
  readonly log: EventLog;
  /** Undefined where they stay where they are. */
  readonly keys: WrappedKeys | undefined;
}

export interface CopyResult {
  /** How many events were there already. */
  readonly found: number;
  readonly copied: number;
  /** What either log holds now. */
  readonly summary: Summary;
  readonly keys: CopiedKeys | undefined;
}

/**
 * Copies a log, its keys first, to where there is none, or a beginning of it; then compares all that either holds. Begun
 * again after it was broken off, it goes on where the copy ends. Says how far it is. @throws CannotStart where the two are not the same then
 */
export async function* copyLog(from: Copied, to: Copied): AsyncGenerator<object, CopyResult> {
  if (from.log.id === to.log.id) throw new CannotStart(`${from.shown} and ${to.shown} are the same log.`);
  const [fingerprint, bound] = [await keysOf(from.log), await keysOf(to.log)];
  if (bound !== undefined && bound !== fingerprint)
    throw new CannotStart(`The log ${to.shown} was begun with other keys: copy to an empty one.`);
  const other = from.keys && to.keys && (await otherKey(from.keys, to.keys));
  if (other !== undefined)
    throw new CannotStart(`${to.keys?.place} holds the keys of another log (${other} is another key there): copy to an empty place.`);
  const { events: found, last, next } = yield* commonBeginning(from.log, to.log);
  if (next?.b)
    throw new CannotStart(
      `${to.shown} holds other events than the beginning of ${from.shown}: ${differenceText(next, from.shown, to.shown)}. Nothing was written: copy to an empty log.`,
    );

  const keys = from.keys && to.keys && (await copyKeys(from.keys, to.keys));
  const copied = yield* appended(last?.position, from, to);
  const { a, b, first, differing } = yield* compareLogs(from.log, to.log);
  if (first && !first.b)
    throw new CannotStart(
      `${from.shown} grew by ${a.events - b.events} events while it was copied: stop what writes to it, and run the same again.`,
    );
  if (first)
    throw new CannotStart(
      `The copy is not the same in ${differing} places: ${differenceText(first, from.shown, to.shown)}. Does something else write to ${to.shown}? Stop it, and copy to an empty log.`,
    );
  if (fingerprint !== undefined) await bindKeys(to.log, fingerprint);
  return { found, copied, summary: b, keys };
}

/** Where somebody else has written meanwhile, or two events have one id, the log refuses. */
async function* appended(after: Position | undefined, from: Copied, to: Copied): AsyncGenerator<{ readonly copied: number }, number> {
  try {
    return yield* copyAfter(after, from.log, to.log);
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision || error instanceof EventIdReused)) throw error;
    throw new CannotStart(
      `${to.shown} refuses the next event (${error.message}). Does something else write to it? Stop it, and copy to an empty log.`,
      { cause: error },
    );
  }
}
