import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision, type EventLog } from '#event-store/event-log';
import { canonicalJson } from '#kernel/canonical-json';
import { instantOf } from '#kernel/helsinki-time';
import { failures } from '#kernel/refused';

export const { texts: logKeyFailures, fail } = failures({
  'keys-of-another-log': {
    fi: 'Tapahtumalokiin {log} on kirjattu muilla avaimilla kuin nämä: niillä henkilötietoja ei voisi lukea eikä toistettua komentoa tunnistaa. Anna KEYS_URL tai DATA_DIR, jossa lokin omat avaimet ovat.',
    sv: 'Händelseloggen {log} har skrivits med andra nycklar än dessa: med dem kan inga personuppgifter läsas och inget upprepat kommando kännas igen. Ange den KEYS_URL eller DATA_DIR där loggens egna nycklar finns.',
    en: 'The event log {log} was written with other keys than these: with them nothing personal in it could be read, and no repeated command be recognised. Give the KEYS_URL or DATA_DIR where the log’s own keys are.',
  },
});

/** The log's own stream: its id, and its keys. What it says of itself is no knowledge of anything, and is never copied. */
const stream = 'log';

/** The fingerprint of the keys that the log is written with; undefined where it is not bound yet. */
export async function keysOf(log: EventLog): Promise<string | undefined> {
  const [bound] = await log.readStream(stream, { from: 1, limit: 1 });
  return (bound?.data as { fingerprint: string } | undefined)?.fingerprint;
}

/** Binds the log to its keys when it is first opened with any, and later lets only these in. @throws Failed `keys-of-another-log` */
export async function bindKeys(log: EventLog, fingerprint: string): Promise<void> {
  const bound = (await keysOf(log)) ?? (await bindNow(log, fingerprint));
  if (bound !== fingerprint) throw fail('keys-of-another-log', { log: log.id });
}

/** Gives the fingerprint that the log is bound to from now on: another server may have been faster. */
async function bindNow(log: EventLog, fingerprint: string): Promise<string | undefined> {
  const event = {
    id: randomUUID(),
    type: 'KeysBound',
    data: canonicalJson({ fingerprint }),
    metadata: canonicalJson({ recordedAt: instantOf(Date.now()) }),
  };
  try {
    await log.append(stream, 0, [event]);
    return fingerprint;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return keysOf(log);
    throw error;
  }
}
