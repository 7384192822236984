import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Auditor, ownCheckpoints } from '#audit/auditor';
import { bundleOf, verifyBundle, type Selection } from '#audit/bundle';
import { openedCheckpoint } from '#audit/checkpoint';
import { findingText } from '#audit/findings';
import { newSigningKey, signerOf, verifierOf, type Signer, type Verifier } from '#audit/signed-note';
import { TreeStore } from '#audit/tree-store';
import { verifyLog } from '#audit/verify-log';
import { unzipped, zipped } from '#audit/zip';
import type { EventLog } from '#event-store/event-log';
import { DataFolder } from '#system/data-folder';
import { logPlace, openLog } from '#system/open-log';
import { CannotStart, readSettings } from '#system/settings';
import { print } from './print.js';
import { done } from './progress.js';

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

/** Hashes the log anew and holds it against its tree, the checkpoints of the tree, and one that was kept elsewhere. */
export async function verify({ checkpoint: path, key: given }: VerifyOptions): Promise<void> {
  const verifier = await verifierFor(given);
  const kept = path === undefined ? undefined : openedCheckpoint(textOf(path), verifier);
  if (path !== undefined && !kept)
    throw new CannotStart(`${path} is no checkpoint that ${verifier.name} signed: give the key that verifies it with --key.`);
  await withLog(async (log, folder) => {
    const tree = existsSync(folder.auditTree) ? TreeStore.open(folder.auditTree, log.id, { readOnly: true }) : undefined;
    try {
      const checkpoints = [...(tree ? ownCheckpoints(tree, verifier) : []), ...(kept ? [kept] : [])].sort((a, b) => a.size - b.size);
      const { size, root, findings } = await done(verifyLog({ log, tree, checkpoints }));
      print(`${size} leaves in the log, root ${root.toString('base64')}`);
      print(
        tree ? `held against the tree of ${tree.size} leaves in ${folder.auditTree}` : 'there is no tree beside the log to hold it against',
      );
      print(
        `held against ${checkpoints.length} checkpoints signed by ${verifier.key}${kept ? `, one of them ${path}, of ${kept.size} leaves` : ''}`,
      );
      if (!tellFindings(findings.map(findingText)))
        print(checkpoints.length > 0 || tree ? 'nothing was changed' : 'nothing could be said: there is nothing to hold it against');
    } finally {
      tree?.close();
    }
  });
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
  readonly out: string;
}

/** Writes a bundle: events with their proofs, a signed checkpoint, and a page that verifies and shows them offline. */
export async function exportBundle({ out, ...wanted }: ExportOptions): Promise<void> {
  const [[kind, key] = [], ...others] = Object.entries(wanted) as [Selection['kind'], string | true][];
  if (kind === undefined || others.length > 0) throw new CannotStart('Give one of --matter, --call, --decision and --all.');
  const selection: Selection = { kind, key: key === true || key === undefined ? '' : key };
  await withCheckpoint(async ({ note, log, tree, signer }) => {
    try {
      const files = await bundleOf(selection, { log, tree, checkpoint: note, verifier: signer.verifier });
      writeFileSync(out, zipped(files), { flag: 'wx' });
      print(`${out}: ${files.size} files under the checkpoint of ${tree.lastCheckpoint()?.size} leaves, key ${signer.verifier.key}`);
    } catch (error) {
      if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new CannotStart(`No bundle was written: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
      throw error;
    }
  });
}

/** Verifies a bundle, and says what it proves and what it cannot. */
export async function verifyFile(path: string, { key: given }: VerifyOptions): Promise<void> {
  if (!existsSync(path)) throw new CannotStart(`There is no file at ${path}.`);
  const believed = given === undefined ? undefined : await verifierFor(given);
  let report;
  try {
    report = verifyBundle(unzipped(readFileSync(path)), believed);
  } catch (error) {
    throw new CannotStart(`${path}: ${(error as Error).message}.`, { cause: error });
  }
  for (const fault of report.faults) print(`WRONG: ${fault}`);
  if (report.faults.length > 0) process.exitCode = 1;
  else for (const sentence of report.proven) print(`proven: ${sentence}`);
  for (const sentence of report.unproven) print(`not proven: ${sentence}`);
}
