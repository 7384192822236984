import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newSigningKey } from '#audit/signed-note';
import { madeOnce } from '#access/made-once';
import { sqliteCodeOf, sqliteCodes } from '#engines/sqlite';
import { CannotStart } from './settings.js';

/** Where a running server can be reached by the tools of this machine. Only the folder's owner can read it. */
export interface RunningServer {
  readonly pid: number;
  readonly url: string;
  readonly adminToken: string;
}

/** Files that do not come and go while another process works. */
const lasting = /^(?:(?:log|keys|lock|audit|trail|reads|views)\.db|development-(?:master-key|audit-key|issuer\.json))$/;

/** The folder of an embedded installation: its files, and the lock that lets one process write. */
export class DataFolder {
  readonly log: string;
  readonly keys: string;
  /** The Merkle tree of the log. */
  readonly auditTree: string;
  /** What the trail is searched by. It may be thrown away: it is made again. */
  readonly trailIndex: string;
  /** Which restricted files officials have read. It cannot be had again. */
  readonly reads: string;
  /** The rows of embedded views. They may be thrown away: they are made again. */
  readonly views: string;
  /** What stands in for DIGITUKI_MASTER_KEY in development. */
  readonly developmentKey: string;
  private readonly server: string;
  private lock: DatabaseSync | undefined;

  constructor(readonly path: string) {
    this.log = join(path, 'log.db');
    this.keys = join(path, 'keys.db');
    this.auditTree = join(path, 'audit.db');
    this.trailIndex = join(path, 'trail.db');
    this.reads = join(path, 'reads.db');
    this.views = join(path, 'views.db');
    this.developmentKey = join(path, 'development-master-key');
    this.server = join(path, 'server.json');
  }

  /**
   * Makes the folder if need be and takes the lock: an exclusive transaction on a file of its own, which the operating
   * system ends with the process, whatever ends it. @throws CannotStart
   */
  take(): void {
    this.checkWritable();
    this.keepToOwner();
    const lock = new DatabaseSync(join(this.path, 'lock.db'));
    try {
      lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
    } catch (error) {
      lock.close();
      if (sqliteCodeOf(error) !== sqliteCodes.busy) throw this.unusable(error);
      const running = this.running();
      const who = running ? `the server at ${running.url} (process ${running.pid})` : 'another process';
      throw new CannotStart(`The data folder ${this.path} is in use by ${who}: stop it, or choose another folder with DATA_DIR.`);
    }
    this.lock = lock;
  }

  /** @throws CannotStart where there is a log, but not the keys that it was written with, or what was made beside a log, but no log */
  checkComplete(): void {
    if (!existsSync(this.log)) {
      const left = this.leftOfLog();
      if (left)
        throw new CannotStart(
          `${this.log} is missing beside ${left}: restore it from a backup, or set EVENTSTORE_URL if the log is on a server. To begin a new log, choose another folder with DATA_DIR.`,
        );
    }
    if (existsSync(this.log) && !existsSync(this.keys))
      throw new CannotStart(
        `${this.keys} is missing beside its log: restore it from a backup. With new keys nothing personal in the log could be read, and no retry be recognised.`,
      );
  }

  /** What lies there of a log that was used: what is made of it, or keys beyond the one that a first start makes before the log. */
  private leftOfLog(): string | undefined {
    const made = [this.views, this.auditTree, this.trailIndex].find((file) => existsSync(file));
    if (made !== undefined) return made;
    if (!existsSync(this.keys)) return undefined;
    const keys = new DatabaseSync(this.keys, { readOnly: true });
    try {
      return keys.prepare("SELECT 1 FROM keys WHERE id <> 'system:command-hash'").get() && this.keys;
    } catch {
      // What is damaged says so when it is opened.
      return undefined;
    } finally {
      keys.close();
    }
  }

  /** Whether this process has the folder to itself. */
  get isHeld(): boolean {
    return this.lock !== undefined;
  }

  release(): void {
    if (!this.lock) return;
    rmSync(this.server, { force: true });
    this.lock.close();
    this.lock = undefined;
  }

  /** Leaves word of where this process can be reached. */
  announce(url: string): RunningServer {
    const running = { pid: process.pid, url, adminToken: randomBytes(32).toString('base64url') };
    // Whole or not at all: a tool may be reading it.
    const draft = `${this.server}.new`;
    rmSync(draft, { force: true });
    writeFileSync(draft, JSON.stringify(running), { mode: 0o600 });
    renameSync(draft, this.server);
    return running;
  }

  /** The server that holds the folder, if it left word and its process is still there. */
  running(): RunningServer | undefined {
    try {
      const running = JSON.parse(readFileSync(this.server, 'utf8')) as RunningServer;
      process.kill(running.pid, 0);
      return running;
    } catch (error) {
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw this.unusable(error);
    }
  }

  /** The key that stands in for DIGITUKI_MASTER_KEY in development. @throws CannotStart where the keys in the folder were made with another */
  async developmentMasterKey(): Promise<Buffer> {
    try {
      return await madeOnce(this.developmentKey, () => {
        // In this order: whoever makes both at the same time makes the key of the keys first.
        if (existsSync(this.keys) && !existsSync(this.developmentKey))
          throw new CannotStart(`DIGITUKI_MASTER_KEY is not set: give the one that ${this.keys} was made with.`);
        return randomBytes(32);
      });
    } catch (error) {
      throw error instanceof CannotStart ? error : this.unusable(error);
    }
  }

  /** The key that stands in for AUDIT_KEY in development. @throws CannotStart */
  async developmentAuditKey(): Promise<string> {
    try {
      return (await madeOnce(join(this.path, 'development-audit-key'), () => newSigningKey('development.digituki.invalid/log'))).toString();
    } catch (error) {
      throw this.unusable(error);
    }
  }

  checkWritable(): void {
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      accessSync(this.path, constants.R_OK | constants.W_OK | constants.X_OK);
      // SQLite opens a file that it may not write for reading, without a word; a lock on it would lock nothing.
      for (const file of readdirSync(this.path).filter((name) => lasting.test(name)))
        accessSync(join(this.path, file), constants.R_OK | constants.W_OK);
    } catch (error) {
      throw this.unusable(error);
    }
  }

  /** What is in the folder, and what this process makes from now on, only its owner may read: SQLite would let everybody. */
  private keepToOwner(): void {
    process.umask(0o077);
    try {
      for (const file of readdirSync(this.path).filter((name) => lasting.test(name.replace(/-(?:wal|shm)$/, ''))))
        chmodSync(join(this.path, file), 0o600);
    } catch (error) {
      throw this.unusable(error);
    }
  }

  private unusable(error: unknown): CannotStart {
    return new CannotStart(
      `The data folder ${this.path} cannot be used (${(error as Error).message}): make it readable and writable, or choose another with DATA_DIR.`,
      { cause: error },
    );
  }
}
