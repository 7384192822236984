import { hash } from 'node:crypto';
import type { Codec } from '#event-store/codec';
import { canonicalJson } from '#kernel/canonical-json';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProjection } from '#kernel/projection';
import type { When } from '#kernel/when';
import { parsedLeaf } from './leaf.js';

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

export const format = 'digituki-bundle@v1';
export const proofName = (index: number) => `proofs/${index}.tlog-proof`;
export const viewName = (name: string) => `views/${name}.jsonl`;
/** From 1. */
export const keyName = (at: number) => `keys/${at + 1}.note`;
export const sha256 = (text: string) => hash('sha256', text, 'hex');

/** What bundle.json says. */
export interface About {
  readonly format: string;
  readonly selection: Selection;
  readonly events: number;
  /** How many keys came before the one that signs, each with its statement in `keys/`. */
  readonly rotations: number;
  /** The time that the views are of, and how many leaves are in them. */
  readonly views?: BundleTime & { readonly leaves: number };
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

/** What of an event's metadata selects it. */
export interface Said {
  readonly matter?: string;
  readonly call?: string;
  readonly seen?: Readonly<Record<string, number>>;
}
