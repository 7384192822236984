import { hash } from 'node:crypto';
import type { Codec } from '#event-store/codec';
import { canonicalJson } from '#kernel/canonical-json';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import type { When } from '#kernel/when';
import { parsedLeaf, type LeafContent } from './leaf.js';

/** What a bundle is of: a matter or a call by its key, a decision by its stream with what it was taken on, or the whole log. */
export interface Selection {
  readonly kind: 'matter' | 'call' | 'decision' | 'all';
  readonly key: string;
}

export type Files = ReadonlyMap<string, Buffer>;

/** What a bundle says beyond what is proven: of a version of the program, which verifies it, too. */
export interface Program {
  readonly codec: Codec;
  readonly projections: readonly AnyProjection[];
  /** The JSON Schema of a version of an event type; undefined where this version of the program does not know it. */
  readonly schemaOf: (type: string, version: number) => string | undefined;
}

/** The time that the views of a bundle are of. */
export interface BundleTime {
  readonly asOf?: When | undefined;
  readonly knownAt?: When | undefined;
}

/** A person whose texts nobody can open any more. */
export interface ForgottenPerson {
  readonly at: Instant;
  /** The leaf and the id of the event that says so, where there is one. */
  readonly leaf?: number;
  readonly event?: string;
}

/** A document that went out, as an event names it. */
export interface NamedDocument {
  readonly document: string;
  readonly language: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Why a document is not in a bundle: nothing makes it any more, or what is made now has other bytes. */
export type Missing = 'not-made' | 'made-otherwise';

export const format = 'digituki-bundle@v1';
export const proofName = (index: number) => `proofs/${index}.tlog-proof`;
export const viewName = (name: string) => `views/${name}.jsonl`;
/** From 1. */
export const keyName = (at: number) => `keys/${at + 1}.note`;
export const documentName = (hash: string) => `documents/${hash}.pdf`;
export const sha256 = (content: string | Buffer) => hash('sha256', content, 'hex');

/** What bundle.json says. */
export interface About {
  readonly format: string;
  readonly selection: Selection;
  readonly events: number;
  /** How many keys came before the one that signs, each with its statement in `keys/`. */
  readonly rotations: number;
  /** The time that the views are of, and how many leaves are in them. */
  readonly views?: BundleTime & { readonly leaves: number };
  /** Documents that events name and that are not in the bundle, by their hashes. */
  readonly missing?: Readonly<Record<string, Missing>>;
  /** SHA-256 of the files that no signature binds, in hexadecimal. */
  readonly files: Readonly<Record<string, string>>;
}

/** The schemas of the versions that events are of, and what their types are called. */
export function described(events: readonly string[], { codec, schemaOf }: Program): readonly [string, string][] {
  const versions = new Map<string, readonly [string, number]>();
  for (const event of events) {
    const { type, metadata } = parsedLeaf(event);
    const { schemaVersion = 1 } = metadata as { schemaVersion?: number };
    versions.set(`${type}.v${schemaVersion}`, [type, schemaVersion]);
  }
  const sorted = [...versions].sort(([a], [b]) => (a < b ? -1 : 1));
  const schemas = sorted.flatMap(([name, [type, version]]): [string, string][] => {
    const text = schemaOf(type, version);
    return text === undefined ? [] : [[`schemas/${name}.json`, text]];
  });
  const titles = sorted.filter(([, [type]]) => codec.knows(type)).map(([, [type]]) => [type, codec.descriptionOf(type)]);
  return [...schemas, ['texts.json', `${canonicalJson(Object.fromEntries(titles))}\n`]];
}

/** The documents that an event names: `documents` of its data. */
export function documentsIn({ data }: Pick<LeafContent, 'data'>): readonly NamedDocument[] {
  const { documents } = (data ?? {}) as { readonly documents?: unknown };
  return Array.isArray(documents) ? documents.filter(isNamedDocument) : [];
}

function isNamedDocument(value: unknown): value is NamedDocument {
  const { document, language, sha256: hashed } = (value ?? {}) as Partial<Record<keyof NamedDocument, unknown>>;
  return typeof document === 'string' && typeof language === 'string' && typeof hashed === 'string' && /^[0-9a-f]{64}$/.test(hashed);
}

/** What of an event's metadata selects it. */
export interface Said {
  readonly matter?: string;
  readonly call?: string;
  readonly seen?: Readonly<Record<string, number>>;
}
