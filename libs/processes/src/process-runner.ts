import type { AlarmClock } from '#kernel/clock';
import { derivedId } from '#kernel/derived-id';
import { instantOf, type Instant } from '#kernel/helsinki-time';
import type { AnyProcess, Due } from '#kernel/process';
import type { Stored } from '#kernel/projection';
import { CodedError, Refused } from '#kernel/refused';
import type { ProjectionRunner } from '#views/run/projection-runner';
import { pagesOf } from '#view-store/view-store';
import type { Reactor } from '#views/life/reactors';
import { Agenda } from './agenda.js';

/** A command of a process, on its way. */
export interface ProcessCommand extends Pick<Due, 'command' | 'because'> {
  readonly process: string;
  readonly commandId: string;
}

/** What a process wants done and has not been done. */
export interface Waiting {
  readonly process: string;
  readonly key: string;
  readonly command: string;
  readonly at: Instant;
  /** Why it could not be done so far, and how often it was tried. */
  readonly trouble?: string;
  readonly tries: number;
}

/** What a process wanted done and a rule refused. */
export interface RefusedCommand {
  readonly process: string;
  readonly key: string;
  readonly command: string;
  readonly commandId: string;
  readonly code: string;
  readonly at: Instant;
}

interface Planned {
  readonly process: string;
  readonly key: string;
  readonly due: Due;
  readonly commandId: string;
  /** Milliseconds since 1970; later than `due.at` after a try that failed. */
  next: number;
  tries: number;
  trouble?: string;
}

export interface ProcessParts {
  readonly processes: readonly AnyProcess[];
  readonly runner: Pick<ProjectionRunner, 'rows' | 'attach'>;
  readonly clock: AlarmClock;
  readonly send: (command: ProcessCommand) => Promise<unknown>;
  /** The code with which a rule refused a command; undefined where none did. */
  readonly refusalOf: (commandId: string) => Promise<string | undefined>;
  readonly report: (what: string, details: object) => void;
}

/** What processes want, and what they were refused. */
export interface Standing {
  readonly waiting: readonly Waiting[];
  readonly refused: readonly RefusedCommand[];
}

const namespace = '3f1d3c1e-52f4-5d0b-8a52-7d6c2b1f9a10';
const longestPause = 60_000;

/**
 * Does what processes want when its time comes. What is due follows from their rows, so that nothing of its own need be
 * kept: after a restart the same is due again, under the same command ids, and what was done already is answered so.
 */
export class ProcessRunner implements Reactor {
  private readonly processes: ReadonlyMap<string, AnyProcess>;
  /** By process and key of the row. */
  private readonly planned = new Map<string, Planned[]>();
  /** All that is planned, by its time. */
  private readonly agenda = new Agenda<Planned>((one) => this.isPlanned(one));
  /** What was done, refused or too late, and is still wanted by its row: command ids by process and key. */
  private readonly settled = new Map<string, Set<string>>();
  private readonly refusals = new Map<string, RefusedCommand>();
  private silence: () => void = () => undefined;
  private working: Promise<void> = Promise.resolve();
  private isStopped = false;

  /** Processes that are folded here. */
  private readonly mine = new Set<string>();

  private constructor(private readonly parts: ProcessParts) {
    this.processes = new Map(parts.processes.map((process) => [process.name, process]));
  }

  /** Plans what the rows want of the processes that are folded here, does what is due, and goes on as rows change. */
  static async start(parts: ProcessParts): Promise<ProcessRunner> {
    const started = new ProcessRunner(parts);
    await parts.runner.attach(started);
    return started;
  }

  get reactsTo(): readonly string[] {
    return [...this.processes.keys()];
  }

  async taken(name: string): Promise<void> {
    this.forget(name);
    this.mine.add(name);
    for await (const page of pagesOf(this.parts.runner.rows<object>(this.processes.get(name) as AnyProcess))) this.folded(name, page);
  }

  /** Another server goes on: what it does under the same command ids is done once. */
  async left(name: string): Promise<void> {
    this.mine.delete(name);
    this.forget(name);
    await this.working;
  }

  /** How all processes stand: those that are folded here as they go, the others as their rows and the log say. */
  async standing(): Promise<Standing> {
    const [waiting, refused] = [[...this.waiting()], [...this.refused()]];
    const now = this.parts.clock.now();
    for (const process of this.processes.values()) {
      if (this.mine.has(process.name)) continue;
      for await (const page of pagesOf(this.parts.runner.rows<object>(process))) {
        for (const { key, due, commandId } of page.flatMap((row) => wantedBy(process, row))) {
          if (due.until !== undefined && Date.parse(due.until) < now) continue;
          const code = Date.parse(due.at) > now ? undefined : await this.parts.refusalOf(commandId);
          const about = { process: process.name, key, command: due.command.type, at: due.at };
          if (code === undefined) waiting.push({ ...about, tries: 0 });
          else refused.push({ ...about, commandId, code });
        }
      }
    }
    return { waiting: waiting.sort((a, b) => (a.at < b.at ? -1 : 1)), refused };
  }

  /** What is wanted of the processes that are folded here and not done, the next first. */
  waiting(): readonly Waiting[] {
    return [...this.planned.values()]
      .flat()
      .sort((a, b) => a.next - b.next)
      .map(({ process, key, due, next, tries, trouble }) => ({
        process,
        key,
        command: due.command.type,
        at: instantOf(next),
        tries,
        ...(trouble !== undefined && { trouble }),
      }));
  }

  /** What rules have refused since the start. After a restart what is still wanted is refused, and shown, again. */
  refused(): readonly RefusedCommand[] {
    return [...this.refusals.values()];
  }

  /** Resolves once everything that is due by now has been tried. */
  async idle(): Promise<void> {
    for (let seen; seen !== this.working;) {
      seen = this.working;
      await seen;
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.silence();
    await this.working;
  }

  folded(name: string, rows: readonly Stored<object>[]): void {
    const process = this.processes.get(name);
    if (!process || this.isStopped) return;
    for (const row of rows) {
      const key = row._id;
      const place = `${name} ${key}`;
      const [before, settled] = [this.planned.get(place) ?? [], this.settled.get(place)];
      const wanted = wantedBy(process, row).map(
        (one): Planned =>
          before.find(({ commandId }) => commandId === one.commandId) ?? { ...one, process: name, next: Date.parse(one.due.at), tries: 0 },
      );
      const isSettled = ({ commandId }: Planned) => settled?.has(commandId) === true;
      this.keep(this.settled, place, new Set(wanted.filter(isSettled).map(({ commandId }) => commandId)));
      const open = wanted.filter((planned) => !isSettled(planned));
      this.keep(this.planned, place, open);
      for (const planned of open) if (!before.includes(planned)) this.agenda.add(planned);
    }
    this.setAlarm();
  }

  /** Forgets all that it knows of a process. */
  private forget(name: string): void {
    for (const map of [this.planned, this.settled]) for (const place of map.keys()) if (place.startsWith(`${name} `)) map.delete(place);
    for (const [id, { process }] of this.refusals) if (process === name) this.refusals.delete(id);
    this.setAlarm();
  }

  private setAlarm(): void {
    this.silence();
    const { next } = this.agenda;
    if (!this.isStopped && next < Infinity) this.silence = this.parts.clock.alarm(next, () => this.work());
  }

  private work(): void {
    this.working = this.working.then(async () => {
      const now = this.parts.clock.now();
      for (const planned of this.agenda.take(now)) if (!this.isStopped && this.isPlanned(planned)) await this.do(planned, now);
      this.setAlarm();
    });
  }

  /** What was left to another server meanwhile is not done here. */
  private isPlanned(one: Planned): boolean {
    return this.planned.get(`${one.process} ${one.key}`)?.includes(one) === true;
  }

  private async do(planned: Planned, now: number): Promise<void> {
    const { process, key, due, commandId } = planned;
    const isTooLate = due.until !== undefined && Date.parse(due.until) < now;
    try {
      if (!isTooLate) await this.parts.send({ process, commandId, command: due.command, because: due.because });
      this.settle(planned);
    } catch (error) {
      if (error instanceof Refused) {
        this.refusals.set(commandId, { process, key, command: due.command.type, commandId, code: error.code, at: instantOf(now) });
        this.settle(planned);
        this.parts.report('a rule refused a command of a process', { process, key, command: due.command.type, code: error.code });
        return;
      }
      planned.tries += 1;
      planned.trouble = error instanceof CodedError ? error.code : String(error);
      planned.next = now + Math.min(longestPause, 1_000 * 2 ** (planned.tries - 1));
      this.agenda.add(planned);
      this.parts.report('a command of a process failed and will be tried again', {
        process,
        key,
        command: due.command.type,
        reason: planned.trouble,
        tries: planned.tries,
      });
    }
  }

  private settle({ process, key, commandId }: Planned): void {
    const place = `${process} ${key}`;
    this.settled.set(place, new Set(this.settled.get(place)).add(commandId));
    this.keep(
      this.planned,
      place,
      (this.planned.get(place) ?? []).filter((planned) => planned.commandId !== commandId),
    );
  }

  private keep<Items extends readonly unknown[] | ReadonlySet<unknown>>(map: Map<string, Items>, place: string, items: Items): void {
    if (('length' in items ? items.length : items.size) > 0) map.set(place, items);
    else map.delete(place);
  }
}

/** What a row wants done, each under an id that is the same whenever and wherever it is asked. */
function wantedBy(
  process: AnyProcess,
  { _id: key, ...row }: Stored<object>,
): readonly { readonly key: string; readonly due: Due; readonly commandId: string }[] {
  const due = row.removed ? [] : process.due({ _id: key, ...row } as never, key);
  return due.map((one) => ({ key, due: one, commandId: derivedId(namespace, `${process.name} ${key} ${one.id}`) }));
}
