import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { ThreadCalls } from '#engines/thread-calls';
import { startedWorker, threadOf } from '#engines/worker-thread';
import { SyncPlace } from './sync-place.js';

/** What the thread answers. */
export type CheckpointCalls = {
  /** Copies what stands in the file's write-ahead log into the file. */
  readonly checkpoint: (path: string) => Promise<void>;
};

/** What makes durable what was written to a file. */
export interface Disk {
  /** Off the thread that asks. */
  readonly sync: (file: number) => Promise<void>;
  /** The thread that asks waits. */
  readonly syncAtOnce: (file: number) => void;
  /** Which of them; by how long they take where nothing is said. */
  readonly place?: Pick<SyncPlace, 'isHere' | 'took'>;
}

const itself: Disk = { sync: promisify(fdatasync), syncAtOnce: fdatasyncSync };

/** After about so many pages they are copied into the file; SQLite copies after 1,000, on the thread that commits. */
const pagesAtCheckpoint = 4_000;
/** What a transaction, and what an event, writes about: the row, and its place in each index. */
const pagesOf = { commit: 3, event: 3 };

const isWindows = process.platform === 'win32';
const fileOf = (path: string) => `${path}-wal`;

/**
 * The write-ahead log of a SQLite file that is written with `synchronous=NORMAL`: a commit does not wait for the disk. Who
 * answers for it syncs the log first, off the thread that answers unless the disk is quicker than that, and its pages are
 * copied into the file by another thread.
 */
export class WriteAheadLog {
  private readonly file: number;
  private isClosed = false;
  private readonly place: Pick<SyncPlace, 'isHere' | 'took'>;
  private pages = 0;
  private copying: Promise<void> | undefined;
  private holding: Promise<void> | undefined;
  private readonly thread = new ThreadCalls<CheckpointCalls>(
    () => threadOf(startedWorker(import.meta.url, './checkpoint-worker.js')),
    (reason) => new Error(reason),
  );

  /** Makes durable what an earlier process wrote and did not sync: it is answered for from now on. */
  constructor(
    private readonly path: string,
    private readonly disk: Disk = itself,
  ) {
    this.place = disk.place ?? new SyncPlace();
    this.file = openSync(fileOf(path), 'r+');
    fdatasyncSync(this.file);
    if (isWindows) return;
    // The names of the files, too.
    const folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  }

  /**
   * Makes durable all that is committed by now: once it returns, or once what it returns resolves.
   * @throws what the disk fails with: what was written since is lost, or not
   */
  sync(): Promise<void> | undefined {
    const start = performance.now();
    if (this.place.isHere) {
      this.disk.syncAtOnce(this.file);
      this.place.took(performance.now() - start);
      return undefined;
    }
    return this.disk.sync(this.file).then(() => this.place.took(performance.now() - start));
  }

  /** Resolves where a transaction may be written: the last pages are copied while nothing is added to them, so that the log begins anew. */
  async writable(): Promise<void> {
    await this.holding;
  }

  /** Told of each transaction that is durable. */
  wrote(events: number): void {
    this.pages += pagesOf.commit + events * pagesOf.event;
    if (this.pages >= pagesAtCheckpoint) this.copying ??= this.copy();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.copying;
    await this.thread.close();
    closeSync(this.file);
  }

  /** Most of it while more is written, the rest while nothing is. Where a reader is in the way, more is tried with more pages. Never throws. */
  private async copy(): Promise<void> {
    this.pages = 0;
    const checkpoint = () => this.thread.call('checkpoint', this.path);
    try {
      await checkpoint();
      await (this.holding = settled(checkpoint()));
    } catch {
      // What is not copied stays in the log, and is copied the next time, or when the file is closed.
    }
    this.copying = this.holding = undefined;
  }
}

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

/** Makes durable what another process or thread committed, for one who only reads. @throws what the disk fails with */
export async function syncWriteAheadLog(path: string): Promise<void> {
  let file: number;
  try {
    file = openSync(fileOf(path), isWindows ? 'r+' : 'r');
  } catch (error) {
    // All of it stands in the file itself.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await itself.sync(file);
  } finally {
    closeSync(file);
  }
}
