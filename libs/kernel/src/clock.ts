/** Where the time comes from, so that specs and demonstrations bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** A clock that can also be waited for. */
export interface AlarmClock extends Clock {
  /** Rings once when it is that time, at once where it was. Returns what keeps it from ringing. */
  alarm(at: number, ring: () => void): () => void;
}
