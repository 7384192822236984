import { startedWorker } from '#engines/worker-thread';
import { AuditClient, type AuditListener, type AuditRounds } from '#audit/audit-calls';
import type { Witness } from '#audit/witnesses';
import type { LogAddress } from './log-address.js';

export interface AuditWorkerData extends AuditRounds {
  readonly log: LogAddress;
  /** The file of the tree. */
  readonly tree: string;
  readonly signingKey: string;
  readonly witnesses: readonly Witness[];
  /** Where checkpoints are put, too. */
  readonly folder: string | undefined;
}

/** An auditor in a thread of its own: hashing and verifying keep nobody waiting. @throws what keeps it from opening the tree and the log */
export async function auditThread(workerData: AuditWorkerData, listener: AuditListener): Promise<AuditClient> {
  const worker = startedWorker(import.meta.url, './audit-worker.js', { data: workerData });
  let client: AuditClient | undefined;
  worker.on('error', (error) => {
    listener.onTrouble('the auditor ended', { reason: String(error) });
    client?.lost(String(error));
  });
  return (client = await AuditClient.connect(worker, () => worker.terminate(), listener));
}
