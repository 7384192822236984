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

/** What else was asked of the whole log at intervals, and what it came to: whether the views are what it says, control questions. */
export interface CheckResult {
  readonly name: string;
  readonly at: Instant;
  /** What is not as it should be, in words; empty where all is. */
  readonly findings: readonly string[];
}

/** How the proof of a log stands, and what else was asked of it. */
export interface CheckedState extends AuditState {
  readonly checks: readonly CheckResult[];
}

export const unknownState: AuditState = {
  leaves: 0,
  verified: 0,
  verifiedAt: undefined,
  verifying: undefined,
  checkpoint: undefined,
  isRetired: false,
  witnesses: [],
  findings: [],
  trouble: undefined,
};
