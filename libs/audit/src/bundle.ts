import type { EventLog, StoredEvent } from '#event-store/event-log';
import { canonicalJson } from '#kernel/canonical-json';
import { bundlePage } from './bundle-page.js';
import { openedCheckpoint, parsedProof, proofText, provenBy } from './checkpoint.js';
import { leafOf, parsedLeaf, type LeafContent } from './leaf.js';
import { leafPages } from './log-leaves.js';
import { GrowingTree, inclusionProof, leafHash } from './merkle.js';
import { verifierOf, type Verifier } from './signed-note.js';
import type { TreeStore } from './tree-store.js';

/** What a bundle is of: a matter or a call by its key, a decision by its stream with what it was taken on, or the whole log. */
export interface Selection {
  readonly kind: 'matter' | 'call' | 'decision' | 'all';
  readonly key: string;
}

export type Files = ReadonlyMap<string, Buffer>;

const format = 'digituki-bundle@v1';
/** Most events that have a proof each: more go as the whole log. */
const mostProofs = 50_000;
const proofName = (index: number) => `proofs/${index}.tlog-proof`;

/**
 * The files of a bundle (docs/bundle.md), with the checkpoint that its events are proven under.
 * @throws RangeError where nothing is selected, or too much for proofs
 */
export async function bundleOf(
  selection: Selection,
  { log, tree, checkpoint, verifier }: { log: EventLog; tree: TreeStore; checkpoint: string; verifier: Verifier },
): Promise<Files> {
  const { size } = openedCheckpoint(checkpoint, verifier) as { size: number };
  const isWanted = await chosen(selection, log, size);
  const [indexes, events]: [number[], string[]] = [[], []];
  for await (const { index, event } of leaves(log, size))
    if (isWanted(event)) {
      indexes.push(index);
      events.push(leafOf(event));
    }
  const isAll = selection.kind === 'all';
  if (events.length === 0 && !isAll) throw new RangeError(`there is no event of the ${selection.kind} ${selection.key}`);
  if (!isAll && events.length > mostProofs) throw new RangeError(`${events.length} events are too many for a proof each: export --all`);
  const proofs = isAll ? [] : indexes.map((index) => proofText(index, inclusionProof(index, size, tree.hashAt), checkpoint));
  const texts: [string, string][] = [
    ['bundle.json', `${canonicalJson({ format, selection, events: events.length })}\n`],
    ['key.txt', `${verifier.key}\n`],
    ['checkpoint', checkpoint],
    ['events.jsonl', events.map((event) => `${event}\n`).join('')],
    ...proofs.map((proof, at): [string, string] => [proofName(indexes[at] as number), proof]),
    ['index.html', bundlePage({ selection, key: verifier.key, checkpoint, events, proofs })],
  ];
  return new Map(texts.map(([name, text]) => [name, Buffer.from(text)]));
}

async function* leaves(log: EventLog, size: number): AsyncGenerator<{ readonly index: number; readonly event: StoredEvent }> {
  let index = 0;
  for await (const events of leafPages(log))
    for (const event of events) {
      if (index >= size) return;
      yield { index: index++, event };
    }
}

interface Said {
  readonly matter?: string;
  readonly call?: string;
  readonly seen?: Readonly<Record<string, number>>;
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

/** What a bundle shows and what it cannot show, in sentences; and what is wrong with it. */
export interface BundleReport {
  readonly proven: readonly string[];
  readonly unproven: readonly string[];
  readonly faults: readonly string[];
}

/** Verifies the files of a bundle: with the key that is believed, else with the one that it names itself. */
export function verifyBundle(files: Files, believed?: Verifier): BundleReport {
  try {
    return verified(files, believed);
  } catch (error) {
    return { proven: [], unproven: [], faults: [(error as Error).message] };
  }
}

function verified(files: Files, believed: Verifier | undefined): BundleReport {
  const [proven, unproven, faults]: [string[], string[], string[]] = [[], [], []];
  const textOf = (name: string) => exactText(files, name);
  const keyText = textOf('key.txt');
  const verifier = believed ?? verifierOf(keyText);
  if (keyText !== `${verifier.key}\n`) faults.push(`the bundle names another key than ${verifier.key}`);
  const note = textOf('checkpoint');
  const checkpoint = openedCheckpoint(note, verifier);
  if (!checkpoint) return { proven, unproven, faults: [...faults, `the checkpoint is not signed by ${verifier.key}`] };
  proven.push(`the checkpoint of ${checkpoint.size} leaves is signed by ${verifier.key}`);
  if (!believed) unproven.push(`that the key is the register's: compare it with the one that was published, or give it with --key`);

  const about = textOf('bundle.json');
  const { selection, events: count } = JSON.parse(about) as { selection: Selection; events: number };
  const lines = textOf('events.jsonl').split('\n');
  const events = lines.slice(0, -1);
  if (lines.at(-1) !== '' || events.length !== count) faults.push(`events.jsonl has not the ${count} lines that bundle.json tells of`);
  if (about !== `${canonicalJson({ format, selection, events: count })}\n`) faults.push('bundle.json is not written as a bundle has it');

  const proofs = proofsOf(files);
  const contents = events.map(parsedLeaf);
  if (selection.kind === 'all') {
    const tree = new GrowingTree();
    for (const event of events) tree.append(leafHash(event));
    if (tree.size !== checkpoint.size || !tree.root().equals(checkpoint.root)) faults.push('the events are not the log of the checkpoint');
    else proven.push(`the ${events.length} events are the whole log of the checkpoint: nothing was changed, removed, inserted or moved`);
    if (proofs.length > 0) faults.push('there are proofs beside a whole log');
  } else {
    if (proofs.length !== events.length) faults.push(`there are ${proofs.length} proofs of ${events.length} events`);
    for (const [at, event] of events.entries()) {
      const { name, index, text } = proofs[at] ?? { name: 'no file', index: -1, text: '' };
      const parsed = parsedProof(text);
      const isExact = parsed?.index === index && text === proofText(index, parsed.proof, note);
      if (!isExact || !provenBy(event, text, verifier)) faults.push(`the event in line ${at + 1} of events.jsonl is not proven by ${name}`);
    }
    if (faults.length === 0) proven.push(`each of the ${events.length} events stands in the log of the checkpoint, in this order`);
    faults.push(...unselected(selection, contents));
    const [whole, gaps] = revisions(contents);
    proven.push(
      ...(whole > 0 && faults.length === 0 ? [`of ${whole} streams every revision from the first to the last one shown is there`] : []),
    );
    unproven.push(...gaps.map((stream) => `that ${stream} has no other events: not every revision of it is in the bundle`));
    unproven.push('that there is nothing later, and no other event of the same selection: that needs --all');
  }
  unproven.push('that what an event says was true when it was recorded, and sealed texts, which need the keys');
  const page = bundlePage({ selection, key: keyText.trimEnd(), checkpoint: note, events, proofs: proofs.map(({ text }) => text) });
  if (textOf('index.html') === page) proven.push('index.html is the page of this version of the program, with these files');
  else faults.push('index.html is not the page that this version of the program makes of these files: do not trust what it shows');
  const expected = new Set(['bundle.json', 'key.txt', 'checkpoint', 'events.jsonl', 'index.html', ...proofs.map(({ name }) => name)]);
  for (const name of files.keys()) if (!expected.has(name)) faults.push(`${name} is no file of a bundle`);
  return { proven, unproven, faults };
}

/** @throws RangeError where the file is missing or no UTF-8 */
function exactText(files: Files, name: string): string {
  const bytes = files.get(name);
  const text = bytes?.toString();
  if (text === undefined || !bytes?.equals(Buffer.from(text))) throw new RangeError(`${name} is missing or no text`);
  return text;
}

/** In the order of the log. */
function proofsOf(files: Files): readonly { readonly name: string; readonly index: number; readonly text: string }[] {
  return [...files.keys()]
    .flatMap((name) => {
      const [, index] = /^proofs\/(0|[1-9]\d*)\.tlog-proof$/.exec(name) ?? [];
      return index === undefined ? [] : [{ name, index: Number(index), text: exactText(files, name) }];
    })
    .sort((a, b) => a.index - b.index);
}

function unselected({ kind, key }: Selection, events: readonly LeafContent[]): readonly string[] {
  if (kind === 'decision') return events.some(({ stream }) => stream === key) ? [] : [`there is no event of ${key}`];
  const others = events.filter(({ metadata }) => (metadata as Said)[kind as 'matter' | 'call'] !== key);
  return others.map(({ id }) => `the event ${id} is not of the ${kind} ${key}`);
}

/** How many streams are there without a gap, and which have one. */
function revisions(events: readonly LeafContent[]): readonly [number, readonly string[]] {
  const found = new Map<string, number[]>();
  for (const { stream, revision } of events) found.set(stream, [...(found.get(stream) ?? []), revision]);
  const gaps = [...found].filter(([, all]) => !all.every((revision, index) => revision === index)).map(([stream]) => stream);
  return [found.size - gaps.length, gaps];
}
