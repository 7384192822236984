import { parentPort, workerData } from 'node:worker_threads';
import { Auditor } from '#audit/auditor';
import { AuditServer, faultOf, type Port, type Told } from '#audit/audit-calls';
import { signerOf } from '#audit/signed-note';
import { TreeStore } from '#audit/tree-store';
import { Witnesses } from '#audit/witnesses';
import { openLogAt } from './log-address.js';
import type { AuditWorkerData } from './audit-thread.js';

const { log: address, tree: path, signingKey, witnesses, ...rounds } = workerData as AuditWorkerData;
const port = parentPort as Port;
try {
  const log = await openLogAt(address, { readOnly: true });
  const tree = TreeStore.open(path, log.id);
  const signer = signerOf(signingKey);
  const tell = (reason: string) => port.postMessage({ trouble: 'a witness does not sign', reason } satisfies Told);
  await AuditServer.start(port, new Auditor({ log, tree, signer }), rounds, new Witnesses(witnesses, tree, signer.verifier, tell));
} catch (error) {
  port.postMessage({ cannotOpen: faultOf(error) } satisfies Told);
}
