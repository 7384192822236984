import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';
import type { EventMetadata, Recorded } from '#kernel/envelope';
import {
  compileVersion,
  type CompiledVersion,
  type Description,
  type EventDefinition,
  type EventDefinitions,
  type Fields,
  type Sealed,
  type Sight,
} from '#kernel/event-schema';
import type { LoggedEvent } from './event-log.js';
import { envelope } from './ours.js';
import { failCodec } from './codec.failures.js';
import { Failed } from '#kernel/refused';

/** The keys of persons: AES-256, one each. */
export interface PersonKeys {
  /** The person's key, made and put durably if there is none yet. Throws Failed `person-forgotten` where it was destroyed. */
  keyFor(person: string): Promise<Buffer>;
  /** The person's key; undefined where it was destroyed or never made. */
  existingKey(person: string): Promise<Buffer | undefined>;
}

/** An event's data does not fit its schema, or its version or type is not known here. The event is named. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** So many damaged texts are counted. */
const mostDamaged = 1_000;

interface Compiled {
  readonly definition: EventDefinition<unknown>;
  readonly versions: readonly CompiledVersion[];
}

/** An event ready to be appended, and as it will be read again. */
export interface Encoded {
  readonly type: string;
  readonly data: unknown;
  readonly text: string;
}

/**
 * Between what deciders and projections see and what is stored: checks data against the schema when it is written and,
 * brought to the latest version, when it is read; seals personal texts; writes canonical JSON.
 */
export class Codec {
  private readonly compiled = new Map<string, Compiled>();
  private readonly damaged = new Set<Sealed>();

  constructor(
    definitions: readonly EventDefinitions[],
    private readonly keys: PersonKeys,
  ) {
    for (const [type, definition] of definitions.flatMap((some) => Object.entries(some))) {
      const known = this.compiled.get(type);
      if (known && known.definition !== definition) throw new TypeError(`two definitions of the event ${type}`);
      this.compiled.set(type, { definition, versions: definition.versions.map(compileVersion) });
    }
  }

  /** The version in which events of the type are written. */
  versionOf(type: string): number {
    return this.of(type).versions.length;
  }

  /** Data on its way into the log: checked, sealed, canonical. Throws TypeError where it does not fit: a decider's fault. */
  async encode(type: string, data: unknown): Promise<Encoded> {
    const version = this.latest(type);
    const fault = version.faultInPlain(data);
    if (fault !== undefined) throw new TypeError(`${type}: ${fault}`);
    const keys = new Map<string, Buffer>();
    const persons = new Set<string>();
    version.mapPersonal(data, (text, whose) => (persons.add(whose), text));
    for (const person of persons) keys.set(person, await this.keys.keyFor(person));
    const stored = version.mapPersonal(data, (text, whose) => seal(text, whose, keys.get(whose) as Buffer));
    return { type, data: stored, text: canonicalJson(stored) };
  }

  /** Metadata on its way into the log. Throws TypeError where it does not fit. */
  encodeMetadata(metadata: EventMetadata): string {
    if (!envelope.Check(metadata)) throw new TypeError(`metadata: ${JSON.stringify(envelope.Errors(metadata)[1][0])}`);
    return canonicalJson(metadata);
  }

  /** The personal texts of an event, sealed or not, in the order of its schema. */
  personalTexts(type: string, data: unknown): readonly string[] {
    const texts: string[] = [];
    this.latest(type).mapPersonal(data, (text) => (texts.push(text), text));
    return texts;
  }

  /** Whether events of this type are known here. */
  knows(type: string): boolean {
    return this.compiled.has(type);
  }

  /** An event from the log, checked and in its latest version; personal texts stay sealed. Throws UnreadableEvent. */
  decode(event: LoggedEvent): Recorded {
    const compiled = this.compiled.get(event.type);
    if (!compiled) throw this.unreadable(event, 'its type is not known to this version of the program');
    if (!envelope.Check(event.metadata)) throw this.unreadable(event, 'its metadata does not fit the schema');
    const metadata = event.metadata as EventMetadata;
    const { versions, definition } = compiled;
    const stored = versions[metadata.schemaVersion - 1];
    if (!stored) throw this.unreadable(event, `schema version ${metadata.schemaVersion} is newer than ${versions.length}`);
    let data = event.data;
    try {
      for (const { upcast } of definition.versions.slice(metadata.schemaVersion)) data = upcast?.(data as never);
    } catch (error) {
      throw this.unreadable(event, `it cannot be brought to version ${versions.length}: ${String(error)}`);
    }
    const fault = (versions.at(-1) as CompiledVersion).faultInStored(data);
    if (fault !== undefined) throw this.unreadable(event, fault);
    return { ...event, data, metadata };
  }

  /** A sealed text, opened; undefined where its person was forgotten. @throws Failed `text-damaged`, or what the keys fail with just now */
  async open(text: Sealed): Promise<string | undefined> {
    const [, whose = '', content = ''] = text.split('.');
    try {
      const key = await this.keys.existingKey(whose);
      return key && unseal(content, whose, key);
    } catch (error) {
      if (error instanceof Failed && error.code === 'keys-unavailable') throw error;
      if (this.damaged.size < mostDamaged) this.damaged.add(text);
      throw failCodec('text-damaged', {}, { cause: error });
    }
  }

  /** How many texts that somebody asked for turned out to be damaged, as far as they are counted. */
  get unopened(): number {
    return this.damaged.size;
  }

  /** Whether some text of a decoded event cannot be opened. */
  async isDamaged({ type, data }: Recorded): Promise<boolean> {
    const texts = new Set<Sealed>();
    this.latest(type).visible(data, { fields: 'secret', personal: 'secret', ofAuthority: true }, (text) => (texts.add(text), null));
    const found = await Promise.all([...texts].map((text) => this.opened(text)));
    return found.some((one) => one instanceof Failed);
  }

  /** The data of a decoded event as far as a reader sees: personal texts opened, null where the person was forgotten, `{ code }` where the text is damaged. */
  async visibleData({ type, data }: Recorded, sight: Sight): Promise<unknown> {
    const version = this.latest(type);
    const opened = new Map<Sealed, unknown>();
    const seen = version.visible(data, sight, (text) => (opened.set(text, null), null));
    if (opened.size === 0) return seen;
    for (const text of opened.keys()) {
      const found = await this.opened(text);
      opened.set(text, found instanceof Failed ? { code: found.code } : found);
    }
    return version.visible(data, sight, (text) => opened.get(text) ?? null);
  }

  /** Whether the reader sees something of its data, or it has none. */
  isVisible({ type, data }: Recorded, sight: Sight): boolean {
    const seen = this.latest(type).visible(data, sight, () => null);
    return Object.keys(seen as object).length > 0 || Object.keys(data as object).length === 0;
  }

  /** What an event of the type means. */
  descriptionOf(type: string): Description {
    return this.of(type).definition.description;
  }

  /** The fields of the latest version of the type. */
  fieldsOf(type: string): Fields {
    return this.of(type).definition.fields;
  }

  /** The text; null where its person was forgotten, the failure where it is damaged: whoever asks for more is told of this text alone. */
  async opened(text: Sealed): Promise<string | null | Failed> {
    try {
      return (await this.open(text)) ?? null;
    } catch (error) {
      if (error instanceof Failed && error.code === 'text-damaged') return error;
      throw error;
    }
  }

  private latest(type: string): CompiledVersion {
    return this.of(type).versions.at(-1) as CompiledVersion;
  }

  private of(type: string): Compiled {
    const compiled = this.compiled.get(type);
    if (!compiled) throw new TypeError(`no event type «${type}»`);
    return compiled;
  }

  private unreadable({ type, stream, revision }: LoggedEvent, why: string): UnreadableEvent {
    return new UnreadableEvent(`${type}, revision ${revision} of ${stream}: ${why}`);
  }
}

/** AES-256-GCM with a random nonce; the person's id is authenticated with it, so that a text cannot pass as another's. */
function seal(text: string, whose: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(whose));
  const content = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${whose}.${content.toString('base64url')}`;
}

function unseal(content: string, whose: string, key: Buffer): string {
  const bytes = Buffer.from(content, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(whose)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}
