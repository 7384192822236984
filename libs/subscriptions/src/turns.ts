/** How much is done in one turn of the event loop. */
export interface TurnLimits {
  readonly most: number;
  /** None is begun later than this after the first. */
  readonly milliseconds: number;
}

/** So many of one source go on at once where all of them may have to wait. */
const few = 4;

/**
 * Lets many go on, a few in a turn of the event loop, so that others have their turn in between. Those of one source go on
 * in the order in which they came; sources take turns.
 */
export class Turns {
  private readonly waiting = new Map<string, (() => void)[]>();
  private count = 0;
  /** How many of each source did not wait in this turn. */
  private readonly atOnce = new Map<string, number>();
  /** Callbacks of this turn, or of the next, that are still to come. */
  private toCome = 0;
  /** Until when those of this turn begin; undefined before the first of them. */
  private until: number | undefined;

  constructor(
    private readonly limits: TurnLimits = { most: 64, milliseconds: 2 },
    private readonly now: () => number = () => performance.now(),
  ) {}

  take(goOn: () => void, source = ''): void {
    const others = this.waiting.get(source);
    if (others) others.push(goOn);
    else this.waiting.set(source, [goOn]);
    this.count += 1;
    if (this.toCome === 0) this.until = undefined;
    if (this.until === undefined) this.callBack(1);
  }

  /** Resolves when it is one's turn. */
  turn(): Promise<void> {
    return new Promise((goOn) => this.take(goOn));
  }

  /** The same for one of many; undefined of the first few of a source in a turn of the event loop: they need not wait. */
  turnOfMany(source: string): Promise<void> | undefined {
    const count = this.atOnce.get(source) ?? 0;
    if (count >= few || this.waiting.has(source)) return new Promise((goOn) => this.take(goOn, source));
    if (this.atOnce.size === 0) setImmediate(() => this.atOnce.clear());
    this.atOnce.set(source, count + 1);
    return undefined;
  }

  /** Each goes on in a callback of its own: so what one leads to at once is done, and its time counted, before the next. */
  private callBack(times: number): void {
    for (let left = Math.min(times, this.limits.most - this.toCome); left > 0; left--) {
      this.toCome += 1;
      setImmediate(() => this.step());
    }
  }

  private step(): void {
    this.toCome -= 1;
    const now = this.now();
    this.until ??= now + this.limits.milliseconds;
    const goOn = now < this.until ? this.next() : undefined;
    if (this.toCome === 0 && this.count > 0) {
      this.until = undefined;
      this.callBack(this.count);
    }
    goOn?.();
  }

  private next(): (() => void) | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const [source, those] = first;
    const goOn = those.shift();
    this.waiting.delete(source);
    // Behind the other sources.
    if (those.length > 0) this.waiting.set(source, those);
    this.count -= 1;
    return goOn;
  }
}
