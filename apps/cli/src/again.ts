import { verdictOf, verdicts } from '#controls/decided-again';
import type { DecidedAgain } from '#event-store/decide-again';
import { print } from './print.js';

export interface AgainOptions {
  readonly stream?: string;
  readonly revision?: string;
  readonly json?: true;
}

/** What a decision stood on, and whether the same command comes to the same. */
export function printDecidedAgain(found: DecidedAgain, isWhole: boolean): void {
  const verdict = verdictOf(found);
  if (verdict === 'other' || verdict === 'rules-changed') process.exitCode = 1;
  if (isWhole) return void print(JSON.stringify({ verdict, ...found }, null, 2));
  const { event, at, seen, differences, rules } = found;
  const { command = 'a command that is not on record', commandId, actor, rules: then = 'that are not on record' } = event.metadata;
  print(`${event.type}, revision ${event.revision} of ${event.stream} (${event.id}), at ${event.position}`);
  print(`by ${command} (${commandId}), as ${actor.role}, judged by ${at}`);
  for (const { stream, revision, unseen } of seen)
    print(
      `saw ${stream} ${revision < 0 ? 'not there' : `up to revision ${revision}`}${unseen > 0 ? `, and not ${unseen} events that follow` : ''}`,
    );
  print(verdicts[verdict].en);
  for (const { path, recorded, again } of differences)
    print(`  ${path}: ${JSON.stringify(recorded)} in the log, ${JSON.stringify(again)} now`);
  if (then !== rules) print(`decided by the rules ${then}, again by the rules ${rules}`);
}
