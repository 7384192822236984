import type { AnyAudience } from '#access/audience';
import type { DocumentSource } from '#documents/document-source';
import type { AnyDecider } from '#kernel/decider';
import type { Instant } from '#kernel/helsinki-time';
import type { AnyProcess } from '#kernel/process';
import type { AnyProjection } from '#kernel/projection';
import type { ErrorTexts } from '#kernel/refused';
import type { ProjectionRunner } from '#views/run/projection-runner';

/** A decider with the texts of its refusals, and who may see its events. */
export interface Decides {
  readonly decider: AnyDecider;
  readonly refusals: ErrorTexts;
  readonly audience: AnyAudience;
}

/** Whose matters an organisation has stepped into by the instant, as the views have it. */
export type Predecessors = (organisation: string, views: Pick<ProjectionRunner, 'rows'>, at: Instant) => Promise<readonly string[]>;

/** What a context decides, folds and makes due: pure, so that every thread may load it. `libs/system` has a line for each. */
export interface Context {
  readonly name: string;
  readonly decides: readonly Decides[];
  readonly projections: readonly AnyProjection[];
  readonly processes?: readonly AnyProcess[];
  readonly documents?: DocumentSource;
  readonly predecessors?: Predecessors;
  /** Who has stepped into an organisation’s matters, one after the other. */
  readonly successors?: Predecessors;
}
