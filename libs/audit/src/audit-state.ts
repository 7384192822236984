import type { Instant } from '#kernel/helsinki-time';

/** How the proof of a log stands. */
export interface AuditState {
  /** How many leaves the tree has. */
  readonly leaves: number;
  /** How many of them were found in the log as they were recorded. */
  readonly verified: number;
  /** When the whole log was last gone through to its end; undefined where it was not since the start. */
  readonly verifiedAt: Instant | undefined;
  /** How many leaves the round has read that is under way. */
  readonly verifying: number | undefined;
  /** The last checkpoint, with the signatures of witnesses that it has. */
  readonly checkpoint: string | undefined;
  /** Whether another key signs in the place of the one that is set here. */
  readonly isRetired: boolean;
  readonly witnesses: readonly WitnessState[];
  /** What else is asked of the whole log, and what it came to. */
  readonly checks: readonly CheckResult[];
  /** What is not as it was proven, in words. */
  readonly findings: readonly string[];
  /** What keeps it from being audited just now. */
  readonly trouble: string | undefined;
}

export interface WitnessState {
  readonly url: string;
  /** The leaves of the last checkpoint that it signed since the start. */
  readonly signed: number;
  /** Why it does not sign; undefined where it does. */
  readonly trouble: string | undefined;
}

/** Something else that is asked of the whole log in each round: whether the views are what it says, control questions. */
export interface Check {
  readonly name: string;
  /** What is not as it should be, in words; empty where all is. */
  readonly run: () => Promise<readonly string[]>;
}

export interface CheckResult {
  readonly name: string;
  readonly at: Instant;
  readonly findings: readonly string[];
}

export const unknownState: AuditState = {
  leaves: 0,
  verified: 0,
  verifiedAt: undefined,
  verifying: undefined,
  checkpoint: undefined,
  isRetired: false,
  witnesses: [],
  checks: [],
  findings: [],
  trouble: undefined,
};
