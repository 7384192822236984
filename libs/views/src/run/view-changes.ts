import type { Position } from '#kernel/envelope';
import type { ProjectionRunner } from './projection-runner.js';

/** Tells that views have changed. Nothing waits for a reader who is slow: they are told the latest position when they ask. */
export class ViewChanges {
  /** The last change of each view since the start. */
  private readonly changed = new Map<string, Position>();
  private readonly watchers = new Map<string, Set<() => void>>();

  constructor(private readonly runner: ProjectionRunner) {
    runner.onChanged((name, position) => {
      if (position <= (this.changed.get(name) ?? '')) return;
      this.changed.set(name, position);
      for (const notify of this.watchers.get(name) ?? []) notify();
    });
  }

  /**
   * The position of the latest change, whenever there is one after the position, until the signal ends it.
   * What changed before the start is not known: a view that has gone on since the position may have changed.
   * @throws Failed `projection-unknown`, `view-paused`, `position-unknown`
   */
  async *follow(name: string, after: Position | undefined, signal: AbortSignal): AsyncGenerator<Position> {
    // Asked before anything is kept under the name: it is the client's word.
    const shown = this.latest(name);
    let told = after ?? shown;
    if (after !== undefined) await this.runner.reached(after, [name]);
    let notify: () => void = () => undefined;
    const wake = () => notify();
    const watching = this.watchers.get(name) ?? new Set();
    this.watchers.set(name, watching.add(wake));
    signal.addEventListener('abort', wake);
    try {
      for (;;) {
        signal.throwIfAborted();
        const latest = this.latest(name);
        if (latest > told) yield (told = latest);
        else await new Promise<void>((resolve) => (notify = resolve));
      }
    } finally {
      watching.delete(wake);
    }
  }

  /** The types of the events that the view is made of. @throws Failed `projection-unknown` */
  typesOf(name: string): readonly string[] {
    return this.runner.typesOf(name);
  }

  /** Where it changed last. @throws Failed `projection-unknown`, `view-paused` */
  latest(name: string): Position {
    const folded = this.runner.positionOf(name) ?? '';
    return this.changed.get(name) ?? folded;
  }
}
