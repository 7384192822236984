import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { PersonKeys } from '#event-store/codec';
import { failures } from '#kernel/refused';

export const { texts: keyFailures, fail } = failures({
  'person-forgotten': {
    fi: 'Henkilön {person} tiedot on unohdettu pysyvästi: hänestä ei voi enää tallentaa henkilötietoja tällä tunnisteella.',
    sv: 'Uppgifterna om personen {person} har glömts för gott: inga personuppgifter kan längre sparas under detta id.',
    en: 'What was known of the person {person} was forgotten for good: nothing personal can be recorded under this id any more.',
  },
  'master-key-wrong': {
    fi: 'Pääavain ei avaa avainvarastoa {path}. Anna DIGITUKI_MASTER_KEY, jolla se luotiin.',
    sv: 'Huvudnyckeln öppnar inte nyckelförrådet {path}. Ange den DIGITUKI_MASTER_KEY som det skapades med.',
    en: 'The master key does not open the key store {path}. Give the DIGITUKI_MASTER_KEY that it was made with.',
  },
  'keys-damaged': {
    fi: 'Avainvarasto {path} on vaurioitunut ({reason}). Palauta se varmuuskopiosta.',
    sv: 'Nyckelförrådet {path} är skadat ({reason}). Återställ det från en säkerhetskopia.',
    en: 'The key store {path} is damaged ({reason}). Restore it from a backup.',
  },
});

/** What the system's own keys are for. */
export type Purpose = 'command-hash' | 'caller-pseudonym';

/**
 * Keys in a SQLite file of their own: one of AES-256 for each person, and the system's own for HMACs; each wrapped with
 * the master key (AES-256-GCM). A forgotten person's key is overwritten, and the person's id stays marked as forgotten.
 */
export class KeyStore implements PersonKeys {
  private readonly opened = new LRUCache<string, Buffer>({ max: 10_000 });

  private constructor(
    private readonly db: DatabaseSync,
    private readonly masterKey: Buffer,
  ) {}

  /** Opens the store, and makes it where there is none. @throws Failed `master-key-wrong`, `keys-damaged` */
  static open(path: string, masterKey: Buffer): KeyStore {
    try {
      const db = new DatabaseSync(path);
      db.exec(`
        PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;
        CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, wrapped BLOB, forgotten_at TEXT) STRICT;
      `);
      const store = new KeyStore(db, masterKey);
      store.systemKey('command-hash');
      return store;
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_SQLITE_ERROR') throw fail('keys-damaged', { path, reason: (error as Error).message }, { cause: error });
      throw fail('master-key-wrong', { path }, { cause: error });
    }
  }

  /** The system's key for the purpose, made when it is first asked for. */
  systemKey(purpose: Purpose): Buffer {
    return this.keyOf(`system:${purpose}`) as Buffer;
  }

  async keyFor(person: string): Promise<Buffer> {
    const key = this.keyOf(`person:${person}`);
    if (!key) throw fail('person-forgotten', { person });
    return key;
  }

  async existingKey(person: string): Promise<Buffer | undefined> {
    return this.read(`person:${person}`);
  }

  /** Destroys the person's key: what was sealed with it can be read by nobody again. */
  forget(person: string, at: string): void {
    const id = `person:${person}`;
    this.db
      .prepare('INSERT INTO keys (id, wrapped, forgotten_at) VALUES (?, NULL, ?) ON CONFLICT (id) DO UPDATE SET wrapped = NULL, forgotten_at = coalesce(forgotten_at, excluded.forgotten_at)')
      .run(id, at);
    this.opened.delete(id);
  }

  close(): void {
    this.db.close();
  }

  private keyOf(id: string): Buffer | undefined {
    const known = this.read(id);
    if (known) return known;
    this.db.prepare('INSERT INTO keys (id, wrapped) VALUES (?, ?) ON CONFLICT (id) DO NOTHING').run(id, this.wrap(id, randomBytes(32)));
    return this.read(id);
  }

  private read(id: string): Buffer | undefined {
    const known = this.opened.get(id);
    if (known) return known;
    const row = this.db.prepare('SELECT wrapped FROM keys WHERE id = ?').get(id) as { wrapped: Uint8Array | null } | undefined;
    if (!row?.wrapped) return undefined;
    const key = this.unwrap(id, Buffer.from(row.wrapped));
    this.opened.set(id, key);
    return key;
  }

  private wrap(id: string, key: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.masterKey, nonce).setAAD(Buffer.from(id));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  private unwrap(id: string, wrapped: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.masterKey, wrapped.subarray(0, 12)).setAAD(Buffer.from(id)).setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
  }
}
