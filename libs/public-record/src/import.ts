import { importer } from '#access/policy';
import { validated } from '#edge/validation';
import type { Receipt } from '#event-store/handle';
import { canonicalJson } from '#kernel/canonical-json';
import { inContext, type Command } from '#kernel/decider';
import { derivedId } from '#kernel/derived-id';
import type { Position } from '#kernel/envelope';
import { Refused } from '#kernel/refused';
import { steps, type Step } from './rounds.js';

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

export interface ImportResult {
  /** Commands whose events are new in the log. */
  readonly recorded: number;
  /** Commands that had been imported before, or whose facts were there already. */
  readonly known: number;
  /** Commands that a rule refused, and why: the log says otherwise than the record. */
  readonly refused: readonly { readonly command: string; readonly content: object; readonly code: string }[];
}

const namespace = '6e0f6a5c-8d0e-5b0e-9d52-0a4f3c0a2018';

/**
 * Records the public record. Each command's id is made from what it says, so that importing again records nothing twice,
 * and a corrected record brings commands of its own.
 */
export async function* importPublicRecord(
  head: Position,
  send: (command: Command) => Promise<Receipt>,
): AsyncGenerator<ImportProgress, ImportResult> {
  const all = steps();
  let recorded = 0;
  const refused: ImportResult['refused'][number][] = [];
  for (const [index, step] of all.entries()) {
    try {
      const { effect, position } = await send(await commandOf(step));
      if (effect === 'recorded' && position > head) recorded += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ command: step.type.name, content: step.content, code: error.code });
    }
    yield { done: index + 1, total: all.length };
  }
  return { recorded, known: all.length - recorded - refused.length, refused };
}

async function commandOf({ type, content, effectiveAt, references }: Step): Promise<Command> {
  const command = await validated(type, content);
  return inContext(command, {
    commandId: derivedId(namespace, canonicalJson({ type: type.name, content, effectiveAt, references })),
    correlationId: 'public-record',
    caller: importer,
    actor: { id: importer, role: importer },
    source: { kind: 'public-record', references: [...references] },
    effectiveAt,
  });
}
