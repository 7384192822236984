import type { Stored } from '#kernel/projection';
import type { View } from './view.js';

/** What reacts to the rows of projections, on the server that folds them. */
export interface Reactor {
  /** The projections whose rows it reacts to. */
  readonly reactsTo: readonly string[];
  /** The rows are folded here from now on. Nothing is folded until this resolves. */
  taken(projection: string): Promise<void>;
  /** These rows have changed. */
  folded(projection: string, rows: readonly Stored<object>[]): void;
  /** The rows are folded here no more: resolves once nothing is under way that stood on them. */
  left(projection: string): Promise<void>;
}

/** Everything that reacts to rows on this server. */
export class Reactors {
  private readonly all: Reactor[] = [];

  /** Has it react to the rows of its projections wherever they are folded here, now and later. */
  async attach(reactor: Reactor, views: ReadonlyMap<string, View>): Promise<void> {
    this.all.push(reactor);
    for (const name of reactor.reactsTo) {
      const view = views.get(name) as View;
      await view.exclusively(async () => {
        if (view.isServedHere && view.isReadable) await reactor.taken(name);
      });
    }
  }

  async taken(view: View): Promise<void> {
    for (const reactor of this.of(view)) await reactor.taken(view.name);
  }

  folded(view: View, rows: readonly Stored<object>[]): void {
    for (const reactor of this.of(view)) reactor.folded(view.name, rows);
  }

  async left(view: View): Promise<void> {
    for (const reactor of this.of(view)) await reactor.left(view.name);
  }

  private of({ name }: View): readonly Reactor[] {
    return this.all.filter(({ reactsTo }) => reactsTo.includes(name));
  }
}
