import { closeSync, mkdirSync, openSync, readSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { EventLog } from '#event-store/event-log';
import type { AlarmClock } from '#kernel/clock';
import type { AnyProjection, Stored } from '#kernel/projection';
import type { Checkpoint } from '../view-store.js';
import type { EmbeddedViewStore } from './embedded-view-store.js';

const format = 1;
const ending = '.snapshot';
const rowsAtOnce = 500;
const chunk = 1 << 20;

/** The first line of a snapshot. The rows follow, a line each, and a last line with their number and the checksum of all before it. */
interface Header extends Checkpoint {
  readonly format: number;
  /** The last event of the log when the snapshot was taken: where it is not there any more, the log is not the one that was folded. */
  readonly witness: { readonly stream: string; readonly revision: number; readonly event: string };
}

interface End {
  readonly rows: number;
  readonly crc32: number;
}

/** Why a snapshot is not used. */
class Unfit extends Error {}

export interface SnapshotParts {
  readonly folder: string;
  readonly store: EmbeddedViewStore;
  readonly log: EventLog;
  readonly report: (what: string, details: object) => void;
}

/**
 * Snapshots of embedded views, a file each, so that a start need not fold the whole log. A file is written beside the old
 * one and takes its place once it is complete and durable. They hold what the rows hold: personal texts stay sealed.
 */
export class Snapshots {
  /** The checkpoints that were written or read last. */
  private readonly saved = new Map<string, Checkpoint>();
  private saving: Promise<void> = Promise.resolve();
  private silence: () => void = () => undefined;
  private isStopped = false;

  constructor(private readonly parts: SnapshotParts) {}

  /** Puts into the store what snapshots there are of these projections. One that does not fit is told of and left out: its view is folded from the log. */
  async load(projections: readonly AnyProjection[]): Promise<void> {
    const head = await this.parts.log.head();
    for (const projection of projections) {
      const { name } = projection;
      try {
        await this.read(projection, head);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        await this.parts.store.drop(name);
        this.parts.report('a snapshot is not used: the view is made from the log', {
          projection: name,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }

  /** Writes snapshots every so many minutes from now on; 0: never. */
  schedule(clock: AlarmClock, minutes: number, names: readonly string[]): void {
    if (minutes === 0) return;
    this.silence = clock.alarm(
      clock.now() + minutes * 60_000,
      () => void this.save(names).then(() => !this.isStopped && this.schedule(clock, minutes, names)),
    );
  }

  /** Ends the schedule and writes the last ones. The views must not change any more. */
  async stop(names: readonly string[]): Promise<void> {
    this.isStopped = true;
    this.silence();
    await this.save(names);
  }

  /** Writes a snapshot of each view that has moved since the last one, and removes those of views that are no more. Never fails: what could not be written is told of, and the one before stays. */
  save(names: readonly string[]): Promise<void> {
    this.saving = this.saving.then(async () => {
      try {
        mkdirSync(this.parts.folder, { recursive: true, mode: 0o700 });
        const known = new Set(names.map((name) => `${name}${ending}`));
        for (const file of readdirSync(this.parts.folder)) if (!known.has(file)) rmSync(join(this.parts.folder, file));
        for (const name of names) await this.write(name);
      } catch (error) {
        this.parts.report('a snapshot could not be written: the one before stays', {
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    });
    return this.saving;
  }

  /** Resolves once what was to be written so far is written. */
  idle(): Promise<void> {
    return this.saving;
  }

  private async write(name: string): Promise<void> {
    const { store, log } = this.parts;
    const taken = store.captured(name);
    if (!taken || isSame(taken.checkpoint, this.saved.get(name))) return;
    const { checkpoint, rows } = taken;
    const { stream, revision } = await log.prefixAt('9999-12-31T23:59:59.999Z');
    const [last] = await log.readStream(stream, { from: revision, limit: 1 });
    const header: Header = { format, ...checkpoint, witness: { stream, revision, event: last?.id ?? '' } };
    const path = join(this.parts.folder, `${name}${ending}`);
    const draft = `${path}.new`;
    try {
      const file = await open(draft, 'w', 0o600);
      try {
        const first = `${JSON.stringify(header)}\n`;
        await file.write(first);
        let sum = crc32(first);
        for (let from = 0; from < rows.length; from += rowsAtOnce) {
          const lines = Buffer.from(
            rows
              .slice(from, from + rowsAtOnce)
              .map((row) => `${JSON.stringify(row)}\n`)
              .join(''),
          );
          sum = crc32(lines, sum);
          await file.write(lines);
        }
        await file.write(`${JSON.stringify({ rows: rows.length, crc32: sum } satisfies End)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    this.saved.set(name, checkpoint);
  }

  private async read({ name, version, readableSince = version, indexes = [] }: AnyProjection, head: string): Promise<void> {
    const { folder, store, log } = this.parts;
    const lines = linesOf(join(folder, `${name}${ending}`));
    const first = lines.next().value ?? '';
    const header = JSON.parse(first) as Header;
    const { witness, format: found, ...checkpoint } = header;
    if (found !== format) throw new Unfit(`it is of format ${found}, not ${format}`);
    if (checkpoint.log !== log.id) throw new Unfit(`it is of another log, ${checkpoint.log}`);
    if (checkpoint.version > version || checkpoint.version < readableSince)
      throw new Unfit(`it is of version ${checkpoint.version} of the projection, not ${version}`);
    if (checkpoint.position === undefined || checkpoint.position > head) throw new Unfit('it is newer than the log');
    const [event] = await log.readStream(witness.stream, { from: witness.revision, limit: 1 });
    if (event?.id !== witness.event) throw new Unfit('the log is not the one that it was taken of: it was cut or restored');
    const rows: Stored<object>[] = [];
    let sum = crc32(`${first}\n`);
    let pending: string | undefined;
    for (const line of lines) {
      if (pending !== undefined) {
        rows.push(JSON.parse(pending) as Stored<object>);
        sum = crc32(`${pending}\n`, sum);
      }
      pending = line;
    }
    const end = JSON.parse(pending ?? '{}') as Partial<End>;
    if (end.rows !== rows.length || end.crc32 !== sum) throw new Unfit('it is damaged');
    store.restore(name, indexes, checkpoint, rows);
    this.saved.set(name, checkpoint);
  }
}

function* linesOf(path: string): Generator<string, undefined> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunk);
    let rest: Buffer = Buffer.alloc(0);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const bytes = Buffer.concat([rest, buffer.subarray(0, read)]);
      let from = 0;
      for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
        yield bytes.toString('utf8', from, end);
        from = end + 1;
      }
      rest = bytes.subarray(from);
    }
  } finally {
    closeSync(file);
  }
  return undefined;
}

function isSame(a: Checkpoint, b: Checkpoint | undefined): boolean {
  return a.position === b?.position && a.version === b?.version;
}
