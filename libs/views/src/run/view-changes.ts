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
   * The position of the latest change of one of the views, whenever there is one after the position, until the signal ends it.
   * What changed before the start is not known: a view that has gone on since the position may have changed.
   * @throws Failed `projection-unknown`, `view-paused`, `position-unknown`
   */
  async *follow(names: readonly string[], after: Position | undefined, signal: AbortSignal): AsyncGenerator<Position> {
    // Asked before anything is kept under the names: they may be the client's words.
    const shown = this.latest(names);
    let told = after ?? shown;
    if (after !== undefined) await this.runner.reached(after, names);
    let notify: () => void = () => undefined;
    const wake = () => notify();
    for (const name of names) this.watchers.set(name, (this.watchers.get(name) ?? new Set()).add(wake));
    signal.addEventListener('abort', wake);
    try {
      for (;;) {
        signal.throwIfAborted();
        const latest = this.latest(names);
        if (latest > told) yield (told = latest);
        else await new Promise<void>((resolve) => (notify = resolve));
      }
    } finally {
      for (const name of names) this.watchers.get(name)?.delete(wake);
    }
  }

  /** The types of the events that the view is made of. @throws Failed `projection-unknown` */
  typesOf(name: string): readonly string[] {
    return this.runner.typesOf(name);
  }

  /** Where one of them changed last. @throws Failed `projection-unknown`, `view-paused` */
  latest(names: readonly string[]): Position {
    const positions = names.map((name) => {
      const folded = this.runner.positionOf(name) ?? '';
      return this.changed.get(name) ?? folded;
    });
    return positions.sort().at(-1) ?? '';
  }
}
