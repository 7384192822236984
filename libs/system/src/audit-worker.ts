import { parentPort, workerData } from 'node:worker_threads';
import { Auditor } from '#audit/auditor';
import { AuditServer, faultOf, type Port, type Told } from '#audit/audit-calls';
import { CheckpointFolder } from '#audit/checkpoint-folder';
import { contentCheck } from '#audit/contents';
import { signerOf } from '#audit/signed-note';
import { TreeStore } from '#audit/tree-store';
import { Witnesses } from '#audit/witnesses';
import { goesAfterOthers } from '#engines/background';
import type { AuditWorkerData } from './audit-thread.js';
import { openLogAt } from './log-address.js';
import { sealedCodec } from './sealed-codec.js';

goesAfterOthers();
const { log: address, tree: path, signingKey, witnesses, folder: elsewhere, ...rounds } = workerData as AuditWorkerData;
const port = parentPort as Port;
try {
  const log = await openLogAt(address, { readOnly: true });
  const tree = TreeStore.open(path, log.id);
  const signer = signerOf(signingKey);
  const folder = elsewhere === undefined ? undefined : new CheckpointFolder(elsewhere);
  const tell = (reason: string) => port.postMessage({ trouble: 'a witness does not sign', reason } satisfies Told);
  const auditor = new Auditor({
    log,
    tree,
    signer,
    content: contentCheck(sealedCodec()),
    keptElsewhere: () => folder?.notes() ?? [],
  });
  await AuditServer.start(port, auditor, rounds, { witnesses: new Witnesses(witnesses, tree, signer.verifier, tell), folder });
} catch (error) {
  port.postMessage({ cannotOpen: faultOf(error) } satisfies Told);
}
