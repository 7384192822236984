import { canonicalJson } from '#kernel/canonical-json';
import { entry } from '#kernel/keyed';
import { lastInstant } from '#kernel/when';
import {
  described,
  documentName,
  documentsIn,
  format,
  keyName,
  sha256,
  type About,
  type Files,
  type Program,
  type Said,
  type Selection,
} from './bundle-format.js';
import { bundlePage } from './bundle-page.js';
import { RowFolder } from './bundle-views.js';
import { openedRotation } from './checkpoint-keys.js';
import { openedCheckpoint, parsedProof, proofText, provenBy } from './checkpoint.js';
import { contentCheck } from './contents.js';
import { leafOf, parsedLeaf, type LeafContent } from './leaf.js';
import { successor } from './log-watch.js';
import { GrowingTree, leafHash } from './merkle.js';
import { verifierOf, type Verifier } from './signed-note.js';

/** What a bundle shows and what it cannot show, in sentences; and what is wrong with it. */
export interface BundleReport {
  readonly proven: readonly string[];
  readonly unproven: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Verifies the files of a bundle: with the key that is believed, else with the one that it names itself. With the program
 * it looks, too, whether views and schemas are what this version of it makes.
 */
export function verifyBundle(files: Files, believed?: Verifier, program?: Program): BundleReport {
  try {
    return verified(files, believed, program);
  } catch (error) {
    return { proven: [], unproven: [], faults: [(error as Error).message] };
  }
}

function verified(files: Files, believed: Verifier | undefined, program: Program | undefined): BundleReport {
  const [proven, unproven, faults]: [string[], string[], string[]] = [[], [], []];
  const textOf = (name: string) => exactText(files, name);
  const keyText = textOf('key.txt');
  const rotations = rotationsOf(files);
  const verifier = successorOf(believed, rotations, keyText);
  if (keyText !== `${verifier.key}\n`) faults.push(`the bundle names another key than ${verifier.key}`);
  rotations.forEach(({ name, text }) => openedRotation(text) ?? faults.push(`${name} is not signed by both keys that it names`));
  const note = textOf('checkpoint');
  const checkpoint = openedCheckpoint(note, verifier);
  if (!checkpoint) return { proven, unproven, faults: [...faults, `the checkpoint is not signed by ${verifier.key}`] };
  proven.push(`the checkpoint of ${checkpoint.size} leaves is signed by ${verifier.key}`);
  if (!believed) unproven.push(`that the key is the register's: compare it with the one that was published, or give it with --key`);
  else if (believed.key !== verifier.key) proven.push(`that key took the place of ${believed.key}, as both have signed`);

  const about = textOf('bundle.json');
  const { selection, events: count, views, missing, files: hashes } = JSON.parse(about) as About;
  const lines = textOf('events.jsonl').split('\n');
  const events = lines.slice(0, -1);
  if (lines.at(-1) !== '' || events.length !== count) faults.push(`events.jsonl has not the ${count} lines that bundle.json tells of`);
  if (about !== `${canonicalJson({ format, selection, events: count, rotations: rotations.length, views, missing, files: hashes })}\n`)
    faults.push('bundle.json is not written as a bundle has it');

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
  const documents = documentsOf(files);
  const sent = documentsFrom(contents, documents, missing);
  proven.push(...(faults.length === 0 ? sent.proven : []));
  unproven.push(...sent.unproven);
  faults.push(...sent.faults);
  const indexes = selection.kind === 'all' ? events.map((_, at) => at) : proofs.map(({ index }) => index);
  const derived = new Map(Object.keys(hashes).map((name) => [name, textOf(name)]));
  for (const [name, text] of derived)
    if (sha256(text) !== entry(hashes, name) || !isDerivedName(name)) faults.push(`${name} is not the file that bundle.json tells of`);
  const told = derivedFrom({ events, indexes, views, derived }, program);
  proven.push(...(faults.length === 0 ? told.proven : []));
  unproven.push(...told.unproven);
  faults.push(...told.faults);
  const page = bundlePage({
    selection,
    about,
    key: keyText.trimEnd(),
    checkpoint: note,
    events,
    proofs: proofs.map(({ text }) => text),
    documents,
    unproven: Object.fromEntries(derived),
  });
  if (textOf('index.html') === page) proven.push('index.html is the page of this version of the program, with these files');
  else faults.push('index.html is not the page that this version of the program makes of these files: it was altered, or another version wrote it; do not trust what it shows');
  const expected = new Set([
    ...['bundle.json', 'key.txt', 'checkpoint', 'events.jsonl', 'index.html'],
    ...[...proofs, ...rotations].map(({ name }) => name),
    ...derived.keys(),
    ...[...documents.keys()].map(documentName),
  ]);
  for (const name of files.keys()) if (!expected.has(name)) faults.push(`${name} is no file of a bundle`);
  return { proven, unproven, faults };
}

const isDerivedName = (name: string) => /^(?:views\/[\w-]+\.jsonl|schemas\/\w+\.v\d+\.json|texts\.json|forgotten\.json)$/.test(name);

/** The documents of a bundle held against the hashes that its events have; what the bundle says of those that it has not. */
function documentsFrom(
  events: readonly LeafContent[],
  documents: ReadonlyMap<string, Buffer>,
  missing: About['missing'] = {},
): BundleReport {
  const named = new Map(events.flatMap(documentsIn).map((one) => [one.sha256, `${one.document} in ${one.language}`]));
  const [proven, unproven, faults]: [string[], string[], string[]] = [[], [], []];
  for (const [hash, content] of documents)
    if (sha256(content) !== hash || !named.has(hash)) faults.push(`${documentName(hash)} is no document that an event names by its hash`);
  const sent = [...named].filter(([hash]) => documents.has(hash)).map(([hash, name]) => `${name} (${documentName(hash)})`);
  if (sent.length > 0) proven.push(`the documents that went out are here, byte for byte as the events name them: ${sent.join(', ')}`);
  for (const [hash, name] of named) {
    const told = entry(missing, hash);
    const reason = told && entry(reasons, told);
    if (documents.has(hash) === (reason !== undefined))
      faults.push(`${documentName(hash)} is neither there nor said to be missing, or both`);
    else if (reason !== undefined) unproven.push(`what ${name} said, whose hash is ${hash}: ${reason}`);
  }
  for (const hash of Object.keys(missing)) if (!named.has(hash)) faults.push(`bundle.json misses a document that no event names: ${hash}`);
  return { proven, unproven, faults };
}

const reasons: Readonly<Record<string, string>> = {
  'not-made': 'the document could not be made again',
  'made-otherwise': 'made again it has other bytes, as after a person in it was forgotten',
};

/** The key that signs, where it can be reached from the one that is believed. */
function successorOf(believed: Verifier | undefined, rotations: readonly { readonly text: string }[], keyText: string): Verifier {
  if (!believed || keyText === `${believed.key}\n`) return believed ?? verifierOf(keyText);
  return successor(
    believed,
    rotations.map(({ text }) => text),
  );
}

interface Derived {
  readonly events: readonly string[];
  /** Which leaf each event is. */
  readonly indexes: readonly number[];
  readonly views: About['views'];
  readonly derived: ReadonlyMap<string, string>;
}

/** What the program makes of the proven events, held against what the bundle says beside them. No signature binds that. */
function derivedFrom({ events, indexes, views, derived }: Derived, program: Program | undefined): BundleReport {
  const [proven, unproven, faults]: [string[], string[], string[]] = [[], [], []];
  const namesOf = (start: string) => [...derived.keys()].filter((name) => name.startsWith(start));
  if (!program) {
    if (derived.size > 0) unproven.push(`what ${[...derived.keys()].join(', ')} say: no signature binds them`);
    return { proven, unproven, faults };
  }
  const check = contentCheck(program.codec);
  events.forEach((event, at) => {
    const { data, metadata, ...rest } = parsedLeaf(event);
    const stored = { ...rest, data: canonicalJson(data), metadata: canonicalJson(metadata), position: '' };
    const reason = leafOf(stored) === event ? check(stored) : 'its text is not the canonical one';
    if (reason !== undefined) unproven.push(`that the event in line ${at + 1} of events.jsonl is as events are written: ${reason}`);
  });
  const strange = described(events, program).filter(([name, text]) => derived.has(name) && derived.get(name) !== text);
  const others = [...namesOf('schemas/'), ...namesOf('texts.json')].filter((name) => !strange.some(([one]) => one === name));
  if (others.length > 0) proven.push(`${others.join(', ')} are those of this version of the program`);
  if (strange.length > 0) unproven.push(`${strange.map(([name]) => name).join(', ')}: this version of the program has others`);

  const folder = new RowFolder(program.codec, program.projections);
  events.forEach((event, at) => {
    const index = indexes[at] ?? -1;
    if (index < (views?.leaves ?? 0)) folder.fold(event, index, true);
  });
  const made = folder.lines(views?.asOf === undefined ? undefined : lastInstant(views.asOf));
  let rows = 0;
  for (const name of namesOf('views/')) {
    const own = new Set(made.get(name.slice('views/'.length, -'.jsonl'.length)));
    const lines = (derived.get(name) as string).split('\n').slice(0, -1);
    const strangers = lines.filter((line) => !own.has(line));
    rows += lines.length - strangers.length;
    if (strangers.length > 0)
      unproven.push(
        `${strangers.length} of ${lines.length} rows of ${name}: they stand on events that are not in the bundle, or another version of the program made them`,
      );
  }
  if (rows > 0) proven.push(`${rows} rows of views are what this version of the program makes of the events`);
  if (derived.has('forgotten.json')) unproven.push('what forgotten.json says: the keys of the register say so');
  return { proven, unproven, faults };
}

function rotationsOf(files: Files): readonly { readonly name: string; readonly text: string }[] {
  const names = Array.from({ length: files.size }, (_, at) => keyName(at));
  const count = names.findIndex((name) => !files.has(name));
  return names.slice(0, count).map((name) => ({ name, text: exactText(files, name) }));
}

/** @throws RangeError where the file is missing or no UTF-8 */
function exactText(files: Files, name: string): string {
  const bytes = files.get(name);
  const text = bytes?.toString();
  if (text === undefined || !bytes?.equals(Buffer.from(text))) throw new RangeError(`${name} is missing or no text`);
  return text;
}

function documentsOf(files: Files): ReadonlyMap<string, Buffer> {
  return new Map(
    [...files].flatMap(([name, content]): [string, Buffer][] => {
      const [, hash] = /^documents\/([0-9a-f]{64})\.pdf$/.exec(name) ?? [];
      return hash === undefined ? [] : [[hash, content]];
    }),
  );
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
