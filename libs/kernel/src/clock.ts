/** Where the time comes from, so that specs and demonstrations bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
