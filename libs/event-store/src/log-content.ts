import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import type { Position } from '#kernel/envelope';
import type { EventLog, LoggedEvent } from './event-log.js';

/** What a log holds, wherever it is stored: every event in its order, but those of the log itself (`log`) and of its engine (`$…`). */
export async function* contentOf(log: EventLog, after?: Position): AsyncGenerator<LoggedEvent, undefined> {
  for (let at = after; ;) {
    const page = await log.readAll(at === undefined ? {} : { after: at });
    for (const event of page.events) if (isContent(event)) yield event;
    if (page.end) return;
    at = page.next;
  }
}

/** Whether an event is of what the log holds, and not of the log itself or of its engine. */
export function isContent({ stream }: { readonly stream: string }): boolean {
  return stream !== 'log' && !stream.startsWith('$');
}

/** The canonical text of all that an event is. Its position is not part of it: another log has it elsewhere. */
export function leafOf({ id, stream, revision, type, data, metadata }: LoggedEvent): string {
  return canonicalJson({ id, stream, revision, type, data, metadata });
}

/** Two events that stand in the same place, the first of each log being in place 1, and are not the same; undefined where a log has ended. */
export interface Difference {
  readonly place: number;
  readonly a: LoggedEvent | undefined;
  readonly b: LoggedEvent | undefined;
}

/** Everything in a log, in two numbers. */
export interface Summary {
  readonly events: number;
  /** SHA-256 of all leaves in their order, a line each. */
  readonly sha256: string;
}

export interface Comparison {
  readonly a: Summary;
  readonly b: Summary;
  readonly first: Difference | undefined;
  /** In how many places the logs differ. */
  readonly differing: number;
}

/** Compares two logs, each up to its end, event by event. Says how many places it has compared. */
export async function* compareLogs(a: EventLog, b: EventLog): AsyncGenerator<{ readonly compared: number }, Comparison> {
  const summaries = [new Summing(), new Summing()] as const;
  let [first, differing]: [Difference | undefined, number] = [undefined, 0];
  for await (const { place, pair, leaves, isSame } of sideBySide(a, b)) {
    summaries.forEach((summary, side) => summary.add(leaves[side]));
    if (!isSame) {
      differing += 1;
      first ??= { place, a: pair[0], b: pair[1] };
    }
    if (place % progressEvery === 0) yield { compared: place };
  }
  return { a: summaries[0].sum(), b: summaries[1].sum(), first, differing };
}

/** What two logs have in common from their beginnings on, and whether one of them ended there. */
export interface CommonBeginning {
  readonly events: number;
  /** Its last event in the first log. */
  readonly last: LoggedEvent | undefined;
  /** What comes next; undefined where both have ended. */
  readonly next: Difference | undefined;
}

/** Reads two logs as far as they are the same. Says how many events that are. */
export async function* commonBeginning(a: EventLog, b: EventLog): AsyncGenerator<{ readonly found: number }, CommonBeginning> {
  let [events, last]: [number, LoggedEvent | undefined] = [0, undefined];
  for await (const { place, pair, isSame } of sideBySide(a, b)) {
    if (!isSame) return { events, last, next: { place, a: pair[0], b: pair[1] } };
    [events, last] = [place, pair[0]];
    if (place % progressEvery === 0) yield { found: place };
  }
  return { events, last, next: undefined };
}

/** Where two logs differ, in words; never with what an event says. */
export function differenceText({ place, a, b }: Difference, nameOfA: string, nameOfB: string): string {
  const named = ({ id, type, stream, revision }: LoggedEvent) => `${type}, revision ${revision} of ${stream} (${id})`;
  if (!a || !b) return `event ${place} is ${a ? `only in ${nameOfA}` : `only in ${nameOfB}`}: ${named((a ?? b) as LoggedEvent)}`;
  const parts = (['id', 'stream', 'revision', 'type', 'data', 'metadata'] as const).filter(
    (part) => canonicalJson(a[part]) !== canonicalJson(b[part]),
  );
  return `event ${place} differs in its ${parts.join(', ')}: ${nameOfA} has ${named(a)}, ${nameOfB} has ${named(b)}`;
}

const progressEvery = 1_000;

class Summing {
  private readonly hash = createHash('sha256');
  private events = 0;

  add(leaf: string | undefined): void {
    if (leaf === undefined) return;
    this.hash.update(`${leaf}\n`);
    this.events += 1;
  }

  sum(): Summary {
    return { events: this.events, sha256: this.hash.digest('hex') };
  }
}

async function* sideBySide(a: EventLog, b: EventLog) {
  const [left, right] = [contentOf(a), contentOf(b)];
  for (let place = 1; ; place++) {
    const pair = [(await left.next()).value, (await right.next()).value] as const;
    const leaves = [pair[0] && leafOf(pair[0]), pair[1] && leafOf(pair[1])] as const;
    if (!pair[0] && !pair[1]) return;
    yield { place, pair, leaves, isSame: leaves[0] === leaves[1] };
  }
}
