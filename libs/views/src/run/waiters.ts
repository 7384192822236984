import type { Position } from '#kernel/envelope';
import type { View } from '../life/view.js';

interface Waiter {
  readonly position: Position;
  readonly view: View;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Those who wait until views have reached positions. */
export class Waiters {
  private waiting: Waiter[] = [];

  /** Whether somebody waits for a view that another server folds. */
  get waitForOthers(): boolean {
    return this.waiting.some(({ view }) => !view.isServedHere);
  }

  /** Resolves once the view has reached the position; rejects after the time given. */
  wait(view: View, position: Position, timeoutMs: number, tooLate: () => Error): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const end = () => {
        this.waiting = this.waiting.filter((other) => other !== waiter);
        reject(tooLate());
      };
      const timer = setTimeout(end, timeoutMs);
      const settle = (answer: () => void) => (clearTimeout(timer), answer());
      const waiter: Waiter = { position, view, resolve: () => settle(resolve), reject: (error) => settle(() => reject(error)) };
      this.waiting.push(waiter);
    });
  }

  /** Answers those whose view has come so far, and those for whom there is a reason why it will not. */
  answer(reasonOf: (view: View, position: Position) => Error | undefined): void {
    this.waiting = this.waiting.filter(({ position, view, resolve, reject }) => {
      const reason = view.hasReached(position) ? undefined : reasonOf(view, position);
      if (reason) reject(reason);
      else if (view.hasReached(position)) resolve();
      else return true;
      return false;
    });
  }
}
