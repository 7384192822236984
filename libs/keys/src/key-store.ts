import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PersonKeys } from '#event-store/codec';
import type { Clock } from '#kernel/clock';
import { outageReasons } from '#engines/outage';
import { Failed, failures } from '#kernel/refused';

export const { texts: keyFailures, fail } = failures({
  'person-forgotten': {
    fi: 'Henkilön {person} tiedot on unohdettu pysyvästi: hänestä ei voi enää tallentaa henkilötietoja tällä tunnisteella.',
    sv: 'Uppgifterna om personen {person} har glömts för gott: inga personuppgifter kan längre sparas under detta id.',
    en: 'What was known of the person {person} was forgotten for good: nothing personal can be recorded under this id any more.',
  },
  'master-key-wrong': {
    fi: 'Pääavain ei avaa avainvarastoa {place}. Anna DIGITUKI_MASTER_KEY, jolla se luotiin.',
    sv: 'Huvudnyckeln öppnar inte nyckelförrådet {place}. Ange den DIGITUKI_MASTER_KEY som det skapades med.',
    en: 'The master key does not open the key store {place}. Give the DIGITUKI_MASTER_KEY that it was made with.',
  },
  'keys-damaged': {
    fi: 'Avainvarasto {place} on vaurioitunut ({reason}). Palauta se varmuuskopiosta.',
    sv: 'Nyckelförrådet {place} är skadat ({reason}). Återställ det från en säkerhetskopia.',
    en: 'The key store {place} is damaged ({reason}). Restore it from a backup.',
  },
  'keys-unavailable': {
    fi: 'Henkilötietoja ei voi nyt lukea eikä tallentaa, koska avainvarastoon ei saada yhteyttä ({reason}). Mitään ei tallennettu: yritä hetken päästä uudelleen, komentoa samalla tunnisteella.',
    sv: 'Personuppgifter kan varken läsas eller sparas just nu, eftersom nyckelförrådet inte nås ({reason}). Inget sparades: försök igen om en stund, med ett kommando under samma id.',
    en: 'Personal data can be neither read nor recorded just now, since the key store cannot be reached ({reason}). Nothing was recorded: try again in a moment, a command under the same id.',
    terms: { reason: outageReasons },
  },
});

/** What the system's own keys are for. */
type Purpose = 'command-hash' | 'caller-pseudonym';

/** A key as it is kept: wrapped with the master key, or the mark that it was forgotten. */
export type KeptKey =
  | { readonly id: string; readonly wrapped: Buffer; readonly forgottenAt: null }
  | { readonly id: string; readonly wrapped: null; readonly forgottenAt: string };

/**
 * Where wrapped keys are kept. What every adapter promises is in `key-store.contract.ts`.
 * Methods throw Failed `keys-unavailable` where it cannot be reached, `keys-damaged` where it cannot be read.
 */
export interface WrappedKeys {
  /** Its path or address, without a password. */
  readonly place: string;
  get(id: string): Promise<KeptKey | undefined>;
  /** Puts the key where there is neither one nor a mark, and gives what stands there then: durable, and the same for all who race. */
  putIfAbsent(id: string, wrapped: Buffer): Promise<KeptKey>;
  /** Overwrites the wrapped key and leaves the mark. The earliest forgetting stands. */
  forget(id: string, at: string): Promise<void>;
  /** All keys by id, after the given one: what a copy reads. */
  page(afterId: string | undefined, limit: number): Promise<readonly KeptKey[]>;
  close(): Promise<void>;
}

/** For how long a key is used without asking again. A person who was forgotten through another server is forgotten here by then. */
export const rememberedSeconds = 10;

/**
 * One key of AES-256 for each person, and the system's own for HMACs; each wrapped with the master key (AES-256-GCM).
 * A forgotten person's key is overwritten, and the person's id stays marked as forgotten.
 */
export class KeyStore implements PersonKeys {
  private readonly opened: LRUCache<string, Buffer>;
  private changed = 0;

  private constructor(
    private readonly keys: WrappedKeys,
    private readonly masterKey: Buffer,
    private readonly clock: Clock,
  ) {
    this.opened = new LRUCache({ max: 10_000, ttl: rememberedSeconds * 1_000, ttlResolution: 0, perf: clock });
  }

  /** Opens the keys with the master key, and closes them where it does not fit. @throws Failed `master-key-wrong`, and what the keys fail with */
  static async open(keys: WrappedKeys, masterKey: Buffer, clock: Clock = performance): Promise<KeyStore> {
    try {
      const store = new KeyStore(keys, masterKey, clock);
      await store.systemKey('command-hash');
      return store;
    } catch (error) {
      await keys.close();
      throw error instanceof Failed ? error : fail('master-key-wrong', { place: keys.place }, { cause: error });
    }
  }

  /** How often a person got a key, or was forgotten, through these. */
  get changeCount(): number {
    return this.changed;
  }

  /** The system's key for the purpose, made when it is first asked for. */
  async systemKey(purpose: Purpose): Promise<Buffer> {
    return (await this.keyOf(`system:${purpose}`)) as Buffer;
  }

  /** What tells these keys from others and gives nothing of them away. */
  async fingerprint(): Promise<string> {
    return createHmac('sha256', await this.systemKey('command-hash'))
      .update('the keys of a log')
      .digest('hex');
  }

  async keyFor(person: string): Promise<Buffer> {
    const key = await this.keyOf(`person:${person}`);
    if (!key) throw fail('person-forgotten', { person });
    return key;
  }

  async existingKey(person: string): Promise<Buffer | undefined> {
    return this.read(`person:${person}`);
  }

  /** Destroys the person's key: what was sealed with it can be read by nobody again. */
  async forget(person: string, at: string): Promise<void> {
    // Before, and after: nobody knows when in between.
    this.changed += 1;
    await this.keys.forget(`person:${person}`, at);
    this.opened.delete(`person:${person}`);
    this.changed += 1;
  }

  /** Resolves where keys can be read just now. @throws Failed `keys-unavailable` */
  async probe(): Promise<void> {
    await this.keys.get('system:command-hash');
  }

  async close(): Promise<void> {
    await this.keys.close();
  }

  private async keyOf(id: string): Promise<Buffer | undefined> {
    const known = await this.read(id);
    if (known) return known;
    const made = await this.opening(id, () => this.keys.putIfAbsent(id, this.wrap(id, randomBytes(32))));
    this.changed += 1;
    return made;
  }

  private async read(id: string): Promise<Buffer | undefined> {
    return this.opened.get(id) ?? this.opening(id, () => this.keys.get(id));
  }

  private async opening(id: string, ask: () => Promise<KeptKey | undefined>): Promise<Buffer | undefined> {
    const start = this.clock.now();
    const kept = await ask();
    if (!kept?.wrapped) return undefined;
    const key = this.unwrapped(id, kept.wrapped);
    this.opened.set(id, key, { start });
    return key;
  }

  private wrap(id: string, key: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.masterKey, nonce).setAAD(Buffer.from(id));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  /** A key of a person that does not open is damaged, since the master key opened the system's own. */
  private unwrapped(id: string, wrapped: Buffer): Buffer {
    try {
      return this.unwrap(id, wrapped);
    } catch (error) {
      if (!id.startsWith('person:')) throw error;
      throw fail('keys-damaged', { place: this.keys.place, reason: id }, { cause: error });
    }
  }

  private unwrap(id: string, wrapped: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.masterKey, wrapped.subarray(0, 12))
      .setAAD(Buffer.from(id))
      .setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
  }
}
