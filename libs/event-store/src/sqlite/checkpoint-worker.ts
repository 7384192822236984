import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { serveCalls, type Port } from '#engines/thread-calls';
import type { CheckpointCalls } from './write-ahead-log.js';

const calls: CheckpointCalls = {
  // PASSIVE: neither who reads nor who writes is kept waiting.
  checkpoint: async (path) => {
    const db = new DatabaseSync(path);
    try {
      db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } finally {
      db.close();
    }
  },
};

serveCalls(parentPort as Port, async () => calls);
