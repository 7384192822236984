/** A command as those see it who watch: never its content, nor who sent it. */
export interface WatchedCommand {
  readonly name: string;
  readonly commandId: string;
  readonly correlationId: string;
}

/** An event as those see it who watch. */
export interface WatchedEvent {
  readonly metadata: unknown;
}

/** Watches commands, appends and projections at work. What wraps work gives what the work gives, and throws what it throws. */
export interface Telemetry {
  command<Result extends { readonly effect: string }>(command: WatchedCommand, work: () => Promise<Result>): Promise<Result>;
  append<Result>(events: number, work: () => Promise<Result>): Promise<Result>;
  /** Another writer was faster: the command is decided again. */
  conflict(): void;
  /** A page of the log, handed to all projections. */
  fold<Result>(page: readonly WatchedEvent[], work: () => Promise<Result>): Promise<Result>;
  /** A projection has folded the page. */
  folded(projection: string, events: number): void;
}

/** Nobody watches. */
export const noTelemetry: Telemetry = {
  command: (_, work) => work(),
  append: (_, work) => work(),
  conflict: () => undefined,
  fold: (_, work) => work(),
  folded: () => undefined,
};
