import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventLog } from '#event-store/event-log';
import { Auditor, type AuditorParts } from './auditor.js';
import { newSigningKey, signerOf } from './signed-note.js';
import { TreeStore } from './tree-store.js';

export const signer = signerOf(newSigningKey('register.example/log'));

/** A folder that is removed at the end. */
export function specFolder(): { readonly path: string; at(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'audit-'));
  return { path, at: (name) => join(path, name), remove: () => rmSync(path, { recursive: true }) };
}

/** Appends so many events more, spread over some streams, two or three in an append. */
export async function fill(log: EventLog, events: number): Promise<void> {
  const heads = new Map<string, number>();
  for (let n = 0; n < events;) {
    const stream = `thing-${n % 7}`;
    const head = heads.get(stream) ?? (await log.readStream(stream, { direction: 'backwards', limit: 1 }))[0]?.revision ?? -1;
    const some = Array.from({ length: Math.min(2 + (n % 2), events - n) }, (_, index) => ({
      id: randomUUID(),
      type: 'SomethingScored',
      data: canonicalJson({ score: 77, number: n + index, text: 'Ä «quoted» \\ "text"' }),
      metadata: canonicalJson({ recordedAt: '2026-01-01T00:00:00.000Z', actor: { id: 'a', role: 'ministry-presenter' } }),
    }));
    await log.append(stream, head < 0 ? 'none' : head, some);
    heads.set(stream, head + some.length);
    n += some.length;
  }
}

export function auditorOf(
  log: EventLog,
  path: string,
  parts: Partial<AuditorParts> = {},
): { readonly auditor: Auditor; readonly tree: TreeStore } {
  const tree = TreeStore.open(path, log.id);
  return { auditor: new Auditor({ log, tree, signer, ...parts }), tree };
}

/** What a generator returns. */
export async function resultOf<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}
