import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Auditor } from '#audit/auditor';
import { bundleOf, type BundleParts } from '#audit/bundle';
import type { Program, Selection } from '#audit/bundle-format';
import { verifyBundle } from '#audit/bundle-verify';
import { acceptedCheckpoints, recordedRotations, rotationStatement, type RecordedRotation, type Rotation } from '#audit/checkpoint-keys';
import { openedCheckpoint } from '#audit/checkpoint';
import { CheckpointFolder } from '#audit/checkpoint-folder';
import { contentCheck } from '#audit/contents';
import { findingText } from '#audit/findings';
import { newSigningKey, signerOf, verifierOf, type Signer, type Verifier } from '#audit/signed-note';
import { writeStaticLog } from '#audit/static-log';
import { TreeStore } from '#audit/tree-store';
import { verifyLog } from '#audit/verify-log';
import { unzipped, zipped } from '#audit/zip';
import { DocumentLibrary } from '#documents/document-library';
import { Codec } from '#event-store/codec';
import type { EventLog } from '#event-store/event-log';
import type { Receipt } from '#event-store/handle';
import type { Language } from '#kernel/localized-text';
import { when } from '#kernel/when';
import { KeyStore } from '#keys/key-store';
import { documents, eventDefinitions, projections } from '#system/contexts';
import { DataFolder } from '#system/data-folder';
import { eventSchemas, schemaFileName } from '#system/event-schemas';
import { openKeys } from '#system/open-keys';
import { logPlace, openLog } from '#system/open-log';
import { sealedCodec } from '#system/sealed-codec';
import { CannotStart, readSettings } from '#system/settings';
import { watchLog, type WatchLogOptions } from './audit-watch.js';
import { print } from './print.js';
import { done } from './progress.js';
import { run } from './run-task.js';

export interface KeyOptions {
  readonly name?: string;
  readonly out?: string;
}

/** Makes a key that signs checkpoints and prints the one that verifies them; without a name, prints the latter of the key that is set. */
export async function key({ name, out }: KeyOptions): Promise<void> {
  if (name === undefined) return void print((await signerInUse()).verifier.key);
  if (out === undefined) throw new CannotStart('--out is missing: name a file for the key that signs, apart from the data.');
  try {
    const made = newSigningKey(name);
    writeFileSync(out, `${made}\n`, { mode: 0o600, flag: 'wx' });
    print(signerOf(made).verifier.key);
  } catch (error) {
    throw new CannotStart(`No key was made: ${(error as Error).message}.`, { cause: error });
  }
}

/** Signs a checkpoint of all that the log has, whether or not a server runs, and prints it. */
export async function checkpoint(): Promise<void> {
  await withCheckpoint(async ({ note }) => void process.stdout.write(note));
}

export interface VerifyOptions {
  readonly checkpoint?: string;
  readonly key?: string;
}

/** Hashes the log anew, looks at what its events say, and holds it against its tree, the checkpoints of the tree, and those that were kept elsewhere. */
export async function verify({ checkpoint: path, key: given }: VerifyOptions): Promise<void> {
  const verifier = await verifierFor(given);
  const folder = process.env['AUDIT_FOLDER'];
  await withLog(async (log, { auditTree }) => {
    const tree = existsSync(auditTree) ? TreeStore.open(auditTree, log.id, { readOnly: true }) : undefined;
    try {
      const rotations = await recordedRotations(log, tree);
      const accepted = (notes: readonly string[]) => acceptedCheckpoints(notes, verifier, rotations);
      const kept = path === undefined ? [] : [textOf(path)];
      if (accepted(kept).length < kept.length)
        throw new CannotStart(`${path} is no checkpoint that ${verifier.name} signed: give the key that verifies it with --key.`);
      const elsewhere = folder ? new CheckpointFolder(folder).notes() : [];
      const checkpoints = accepted([...(tree?.checkpoints().map(({ note }) => note) ?? []), ...elsewhere, ...kept]);
      const content = contentCheck(sealedCodec());
      const { size, root, findings } = await done(verifyLog({ log, tree, checkpoints, content }));
      print(`${size} leaves in the log, root ${root.toString('base64')}`);
      print(tree ? `held against the tree of ${tree.size} leaves in ${auditTree}` : 'there is no tree beside the log to hold it against');
      print(
        `held against ${checkpoints.length} checkpoints signed by ${[verifier.key, ...otherKeys(rotations, verifier)].join(', ')}${kept.length > 0 ? `, one of them ${path}, of ${accepted(kept)[0]?.size} leaves` : ''}`,
      );
      if (!tellFindings(findings.map(findingText)))
        print(checkpoints.length > 0 || tree ? 'nothing was changed' : 'nothing could be said: there is nothing to hold it against');
    } finally {
      tree?.close();
    }
  });
}

function otherKeys(rotations: readonly Rotation[], { key }: Verifier): readonly string[] {
  return [...new Set(rotations.flatMap(({ from, to }) => [from.key, to.key]))].filter((one) => one !== key);
}

export interface RotateOptions {
  readonly to: string;
}

/** Records that another key signs the checkpoints from now on, as both keys sign. */
export async function rotate({ to: path }: RotateOptions): Promise<void> {
  const from = await signerInUse();
  let to;
  try {
    to = signerOf(textOf(path));
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`${path} is no key to sign with: make one with digituki audit key --name ${from.name} --out FILE.`, {
      cause: error,
    });
  }
  if (to.name !== from.name)
    throw new CannotStart(`${path} is a key of ${to.name}: make one of this log with digituki audit key --name ${from.name} --out FILE.`);
  const { effect, position } = (await run('rotate-checkpoint-key', { statement: rotationStatement(from, to) })) as Receipt;
  print(effect === 'recorded' ? `recorded at ${position}: ${from.verifier.key} signs no more` : 'that was recorded before');
  print(`publish the key that verifies from now on: ${to.verifier.key}`);
  print(`give the servers AUDIT_KEY_FILE=${path} (or AUDIT_KEY) and start them again; until then they sign no checkpoint`);
}

/** Looks at a register from outside, again and again, and holds it to what it has signed. */
export async function watch(options: WatchLogOptions): Promise<void> {
  await watchLog(options, await verifierFor(options.key));
}

/** Whom to believe: who is named, else the key of this installation. */
async function verifierFor(given: string | undefined): Promise<Verifier> {
  if (given === undefined) return (await signerInUse()).verifier;
  try {
    return verifierOf(existsSync(given) ? textOf(given) : given);
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}.`, { cause: error });
  }
}

/** The key of this installation, which signs. */
async function signerInUse(): Promise<Signer> {
  const { audit, dataFolder } = readSettings({ ...process.env, AUDIT: 'on' });
  return signerOf(audit?.signingKey ?? (await new DataFolder(dataFolder).developmentAuditKey()));
}

interface Signed {
  readonly note: string;
  readonly log: EventLog;
  readonly tree: TreeStore;
  readonly signer: Signer;
}

/** Signs a checkpoint of all that the log has and works with it; says what was altered instead, where something was. */
async function withCheckpoint(work: (signed: Signed) => Promise<void>): Promise<void> {
  const signer = await signerInUse();
  await withLog(async (log, folder) => {
    const tree = TreeStore.open(folder.auditTree, log.id);
    try {
      const auditor = new Auditor({ log, tree, signer });
      const note = await auditor.checkpoint();
      if (!tellFindings(auditor.findings.map(findingText)) && note !== undefined) await work({ note, log, tree, signer });
    } finally {
      tree.close();
    }
  });
}

/** Opens the log of this installation for reading. */
export async function withLog(work: (log: EventLog, folder: DataFolder) => Promise<void>): Promise<void> {
  const { logUrl, dataFolder, engineTimeoutSeconds } = readSettings(process.env);
  const log = await openLog(logPlace(logUrl ?? dataFolder, engineTimeoutSeconds * 1_000), { readOnly: true });
  try {
    await work(log, new DataFolder(dataFolder));
  } finally {
    await log.close();
  }
}

function tellFindings(findings: readonly string[]): boolean {
  for (const finding of findings) print(finding);
  if (findings.length > 0) process.exitCode = 1;
  return findings.length > 0;
}

function textOf(path: string): string {
  if (!existsSync(path)) throw new CannotStart(`There is no file at ${path}.`);
  return readFileSync(path, 'utf8');
}

export interface ExportOptions {
  readonly matter?: string;
  readonly call?: string;
  readonly decision?: string;
  readonly all?: true;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly tiles?: true;
  readonly out: string;
}

/** Writes a bundle: events with their proofs, a signed checkpoint, and a page that verifies and shows them offline. */
export async function exportBundle({ out, asOf, knownAt, tiles, ...wanted }: ExportOptions): Promise<void> {
  if (tiles) return exportTiles(out, wanted);
  const [[kind, key] = [], ...others] = Object.entries(wanted) as [Selection['kind'], string | true][];
  if (kind === undefined || others.length > 0) throw new CannotStart('Give one of --matter, --call, --decision and --all; or --tiles.');
  const selection: Selection = { kind, key: key === true || key === undefined ? '' : key };
  const time = { asOf: timeOf('--as-of', asOf), knownAt: timeOf('--known-at', knownAt) };
  await withCheckpoint(async ({ note, log, tree, signer: { verifier } }) => {
    try {
      const rotations = leadingTo(verifier, await recordedRotations(log, tree));
      const files = await withForgetting((forgottenAt) =>
        withDocuments(log, (documentOf) =>
          bundleOf(selection, { log, tree, checkpoint: note, verifier, program: thisProgram(), rotations, time, forgottenAt, documentOf }),
        ),
      );
      writeFileSync(out, zipped(files), { flag: 'wx' });
      print(`${out}: ${files.size} files under the checkpoint of ${tree.lastCheckpoint()?.size} leaves, key ${verifier.key}`);
    } catch (error) {
      if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new CannotStart(`No bundle was written: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
      throw error;
    }
  });
}

/** Writes the whole log into a folder as C2SP tlog-tiles has it, for the tools of others. */
async function exportTiles(out: string, others: object): Promise<void> {
  if (Object.keys(others).length > 0) throw new CannotStart('--tiles is of the whole log: give nothing else with it.');
  if (existsSync(out)) throw new CannotStart(`There is something at ${out} already: name a new folder.`);
  await withCheckpoint(async ({ note, log, tree, signer: { verifier } }) => {
    const { size } = openedCheckpoint(note, verifier) as { size: number };
    try {
      await done(writeStaticLog(out, { log, tree, checkpoint: note, size }));
    } catch (error) {
      if (error instanceof RangeError) throw new CannotStart(`${error.message}.`, { cause: error });
      throw error;
    }
    print(`${out}: the log of ${size} leaves, key ${verifier.key}`);
  });
}

function timeOf(option: string, text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : when(text);
  } catch (error) {
    throw new CannotStart(`${option}: ${(error as Error).message}.`, { cause: error });
  }
}

/** The statements that lead to the key that signs, from the first one that is known. */
function leadingTo({ key }: Verifier, rotations: readonly RecordedRotation[]): readonly string[] {
  return rotations.slice(0, rotations.findLastIndex(({ to }) => to.key === key) + 1).map(({ statement }) => statement);
}

function thisProgram(): Program {
  const schemas = eventSchemas();
  return {
    codec: sealedCodec(),
    projections,
    schemaOf: (type, version) => schemas.get(schemaFileName(type, version)),
  };
}

/** Works with who was forgotten, as the keys of this installation say. */
async function withForgetting<Result>(
  work: (forgottenAt: (person: string) => Promise<string | undefined>) => Promise<Result>,
): Promise<Result> {
  const { keysUrl, dataFolder, engineTimeoutSeconds } = readSettings(process.env);
  const { keys: file } = new DataFolder(dataFolder);
  if (!keysUrl && !existsSync(file)) return work(async () => undefined);
  const keys = await openKeys(keysUrl ?? file, { timeoutMs: engineTimeoutSeconds * 1_000 });
  try {
    return await work(async (person) => (await keys.get(`person:${person}`))?.forgottenAt ?? undefined);
  } finally {
    await keys.close();
  }
}

/** Works with what makes documents again: with the keys of this installation, else without what is sealed. */
async function withDocuments<Result>(
  log: EventLog,
  work: (documentOf: NonNullable<BundleParts['documentOf']>) => Promise<Result>,
): Promise<Result> {
  const keys = await openedKeys();
  const library = new DocumentLibrary(log, keys ? new Codec(eventDefinitions, keys) : sealedCodec(), documents);
  try {
    return await work(async ({ metadata }, { document, language }) => {
      const { matter } = metadata as { readonly matter?: string };
      const draft = matter === undefined ? undefined : (await library.of(matter)).find((one) => one.document === document);
      return draft && library.pdf(draft, language as Language, 'ua-1');
    });
  } finally {
    await library.stop();
    await keys?.close();
  }
}

/** The keys of persons; undefined where there are none, or they cannot be opened here. */
async function openedKeys(): Promise<KeyStore | undefined> {
  const { keysUrl, dataFolder, engineTimeoutSeconds, masterKey } = readSettings(process.env);
  const folder = new DataFolder(dataFolder);
  if (!keysUrl && !existsSync(folder.keys)) return undefined;
  try {
    const key = masterKey ?? (await folder.developmentMasterKey());
    return await KeyStore.open(await openKeys(keysUrl ?? folder.keys, { timeoutMs: engineTimeoutSeconds * 1_000 }), key);
  } catch (error) {
    process.stderr.write(
      `digituki: documents are made without sealed texts, since the keys cannot be opened (${(error as Error).message})\n`,
    );
    return undefined;
  }
}

/** Verifies a bundle, and says what it proves and what it cannot. */
export async function verifyFile(path: string, { key: given }: VerifyOptions): Promise<void> {
  if (!existsSync(path)) throw new CannotStart(`There is no file at ${path}.`);
  const believed = given === undefined ? undefined : await verifierFor(given);
  let report;
  try {
    report = verifyBundle(unzipped(readFileSync(path)), believed, thisProgram());
  } catch (error) {
    throw new CannotStart(`${path}: ${(error as Error).message}.`, { cause: error });
  }
  for (const fault of report.faults) print(`WRONG: ${fault}`);
  if (report.faults.length > 0) process.exitCode = 1;
  else for (const sentence of report.proven) print(`proven: ${sentence}`);
  for (const sentence of report.unproven) print(`not proven: ${sentence}`);
}
