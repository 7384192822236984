/** Calls back once nothing was asked for a time. It keeps no process alive. */
export class WhenIdle {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly then: () => void) {}

  /** Nothing is asked from now on, until told otherwise. */
  restsFor(milliseconds: number): void {
    this.isAsked();
    if (milliseconds !== Infinity) this.timer = setTimeout(this.then, milliseconds).unref();
  }

  /** Something is asked, or it is closed. */
  isAsked(): void {
    clearTimeout(this.timer);
  }
}
