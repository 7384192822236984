import type { EventLog, StoredEvent } from '#event-store/event-log';
import { canonicalJson } from '#kernel/canonical-json';
import type { Instant } from '#kernel/helsinki-time';
import { lastInstant } from '#kernel/when';
import {
  described,
  documentName,
  documentsIn,
  format,
  keyName,
  proofName,
  sha256,
  viewName,
  type About,
  type BundleTime,
  type Files,
  type ForgottenPerson,
  type Missing,
  type NamedDocument,
  type Program,
  type Said,
  type Selection,
} from './bundle-format.js';
import { bundlePage } from './bundle-page.js';
import { RowFolder } from './bundle-views.js';
import { openedCheckpoint, proofText } from './checkpoint.js';
import { leafOf, parsedLeaf, type LeafContent } from './leaf.js';
import { leafPages } from './log-leaves.js';
import { inclusionProof } from './merkle.js';
import type { Verifier } from './signed-note.js';
import type { TreeStore } from './tree-store.js';

export interface BundleParts {
  readonly log: EventLog;
  readonly tree: TreeStore;
  readonly checkpoint: string;
  readonly verifier: Verifier;
  readonly program?: Program;
  /** The statements by which keys followed each other up to the one that signs. */
  readonly rotations?: readonly string[];
  readonly time?: BundleTime;
  /** When a person was forgotten; undefined of anybody else. */
  readonly forgottenAt?: (person: string) => Promise<Instant | undefined>;
  /** Makes a document that an event names; undefined where it cannot. */
  readonly documentOf?: (event: LeafContent, named: NamedDocument) => Promise<Buffer | undefined>;
}

/** Most events that have a proof each: more go as the whole log. */
const mostProofs = 50_000;
const sealedText = /"v1\.([^."]+)\.[\w-]+"/g;
const forgetting = 'PersonForgotten';

/**
 * The files of a bundle (docs/bundle.md), with the checkpoint that its events are proven under.
 * @throws RangeError where nothing is selected, or too much for proofs
 */
export async function bundleOf(selection: Selection, parts: BundleParts): Promise<Files> {
  const { log, tree, checkpoint, verifier, program, rotations = [], time = {} } = parts;
  const { size } = openedCheckpoint(checkpoint, verifier) as { size: number };
  const isWanted = await chosen(selection, log, size);
  const end = time.knownAt === undefined ? undefined : (await log.prefixAt(lastInstant(time.knownAt))).position;
  const folder = program && new RowFolder(program.codec, program.projections);
  const [indexes, events]: [number[], string[]] = [[], []];
  let folded = 0;
  const forgettings = new Map<string, { leaf: number; event: string }>();
  for await (const { index, event } of leaves(log, size)) {
    const wanted = isWanted(event);
    const leaf = wanted || folder ? leafOf(event) : '';
    if (folder && (end === undefined || event.position <= end)) {
      folder.fold(leaf, index, wanted);
      folded = index + 1;
    }
    if (event.type === forgetting) forgettings.set((JSON.parse(event.data) as { person: string }).person, { leaf: index, event: event.id });
    if (!wanted) continue;
    indexes.push(index);
    events.push(leaf);
  }
  const isAll = selection.kind === 'all';
  if (events.length === 0 && !isAll) throw new RangeError(`there is no event of the ${selection.kind} ${selection.key}`);
  if (!isAll && events.length > mostProofs) throw new RangeError(`${events.length} events are too many for a proof each: export --all`);
  const proofs = isAll ? [] : indexes.map((index) => proofText(index, inclusionProof(index, size, tree.hashAt), checkpoint));
  const unproven = new Map([
    ...[...(folder?.lines(time.asOf === undefined ? undefined : lastInstant(time.asOf)) ?? [])].map(([name, lines]) =>
      ofLines(viewName(name), lines),
    ),
    ...(program ? described(events, program) : []),
    ...(await forgottenIn(events, forgettings, parts)),
  ]);
  const { documents, missing } = await documentsOf(events, parts);
  const about: About = {
    format,
    selection,
    events: events.length,
    rotations: rotations.length,
    ...(folder && { views: { ...time, leaves: folded } }),
    ...(Object.keys(missing).length > 0 && { missing }),
    files: Object.fromEntries([...unproven].map(([name, text]) => [name, sha256(text)])),
  };
  const aboutText = `${canonicalJson(about)}\n`;
  const texts: [string, string][] = [
    ['bundle.json', aboutText],
    ['key.txt', `${verifier.key}\n`],
    ...rotations.map((statement, at): [string, string] => [keyName(at), statement]),
    ['checkpoint', checkpoint],
    ofLines('events.jsonl', events),
    ...proofs.map((proof, at): [string, string] => [proofName(indexes[at] as number), proof]),
    ...unproven,
    [
      'index.html',
      bundlePage({
        selection,
        about: aboutText,
        key: verifier.key,
        checkpoint,
        events,
        proofs,
        documents,
        unproven: Object.fromEntries(unproven),
      }),
    ],
  ];
  return new Map([
    ...texts.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]),
    ...[...documents].map(([hash, pdf]): [string, Buffer] => [documentName(hash), pdf]),
  ]);
}

const ofLines = (name: string, lines: readonly string[]): [string, string] => [name, lines.map((line) => `${line}\n`).join('')];

/** The documents that the events name, made again, by their hashes; and why others are not. */
async function documentsOf(
  events: readonly string[],
  { documentOf }: BundleParts,
): Promise<{ readonly documents: ReadonlyMap<string, Buffer>; readonly missing: Readonly<Record<string, Missing>> }> {
  const documents = new Map<string, Buffer>();
  const missing = new Map<string, Missing>();
  for (const event of events.map(parsedLeaf))
    for (const named of documentsIn(event)) {
      if (documents.has(named.sha256) || missing.has(named.sha256)) continue;
      const made = await documentOf?.(event, named);
      if (made && sha256(made) === named.sha256) documents.set(named.sha256, made);
      else missing.set(named.sha256, made ? 'made-otherwise' : 'not-made');
    }
  return { documents, missing: Object.fromEntries(missing) };
}

/** Who of those whose sealed texts are in the events was forgotten, when, and which event says so. */
async function forgottenIn(
  events: readonly string[],
  forgettings: ReadonlyMap<string, { readonly leaf: number; readonly event: string }>,
  { forgottenAt }: BundleParts,
): Promise<readonly [string, string][]> {
  if (!forgottenAt) return [];
  const persons = new Set(events.flatMap((event) => [...event.matchAll(sealedText)].map(([, person]) => person as string)));
  const found: [string, ForgottenPerson][] = [];
  for (const person of [...persons].sort()) {
    const at = await forgottenAt(person);
    if (at !== undefined) found.push([person, { at, ...forgettings.get(person) }]);
  }
  return found.length === 0 ? [] : [['forgotten.json', `${canonicalJson(Object.fromEntries(found))}\n`]];
}

async function* leaves(log: EventLog, size: number): AsyncGenerator<{ readonly index: number; readonly event: StoredEvent }> {
  let index = 0;
  for await (const events of leafPages(log))
    for (const event of events) {
      if (index >= size) return;
      yield { index: index++, event };
    }
}

async function chosen({ kind, key }: Selection, log: EventLog, size: number): Promise<(event: StoredEvent) => boolean> {
  const said = ({ metadata }: StoredEvent) => JSON.parse(metadata) as Said;
  if (kind === 'all') return () => true;
  if (kind !== 'decision') return (event) => said(event)[kind] === key;
  const seen = new Map<string, number>();
  for await (const { event } of leaves(log, size))
    if (event.stream === key)
      for (const [stream, revision] of Object.entries(said(event).seen ?? {})) seen.set(stream, Math.max(revision, seen.get(stream) ?? -1));
  return ({ stream, revision }) => stream === key || revision <= (seen.get(stream) ?? -1);
}
