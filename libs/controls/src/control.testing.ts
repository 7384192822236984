import { randomUUID } from 'node:crypto';
import { applicationEvents } from '#applications/application.events';
import { callEvents } from '#calls/call.events';
import { allocationEvents } from '#decisions/allocation.events';
import { grantEvents } from '#grants/grant.events';
import { planEvents } from '#plans/plan.events';
import type { EventLog } from '#event-store/event-log';
import { wholeMetadata } from '#event-store/whole-metadata.testing';
import { canonicalJson } from '#kernel/canonical-json';
import { entry } from '#kernel/keyed';
import type { EventDefinitions } from '#kernel/event-schema';

export const definitions: EventDefinitions = { ...applicationEvents, ...callEvents, ...allocationEvents, ...grantEvents, ...planEvents };

/** An event that is put into a log past every decider. */
export interface Forged {
  readonly stream: string;
  readonly type: string;
  readonly data: object;
  readonly by: string;
  readonly role: string;
  readonly at: string;
  readonly more?: object;
}

/** Appends them in their order, as they are said: no rule is asked, and nothing is sealed. */
export async function forge(log: EventLog, events: readonly Forged[]): Promise<void> {
  for (const { stream, type, data, by, role, at, more } of events) {
    const head = (await log.readStream(stream, { direction: 'backwards', limit: 1 }))[0]?.revision;
    const schemaVersion = entry(definitions, type)?.versions.length ?? 1;
    const metadata = wholeMetadata({ actor: { id: by, role }, recordedAt: at, schemaVersion, ...more });
    await log.append(stream, head ?? 'none', [{ id: randomUUID(), type, data: canonicalJson(data), metadata }]);
  }
}
