import { Field } from '@nestjs/graphql';
import type { Revision } from '#kernel/envelope';
import { RevisionScalar } from './scalars.js';

/** A revision of a stream. Each reader is told how much they see of the stream up to there: what they may not know of is not counted. */
export class StreamRevision {
  constructor(
    readonly stream: string,
    readonly revision: Revision,
  ) {}
}

/** The field `revision` of what is made of a stream: to be given as `expectedRevision`. */
export function RevisionField(
  description = 'Counts what you may see. Give it as `expectedRevision`. Null while the log is down.',
): PropertyDecorator {
  return Field(() => RevisionScalar, { nullable: true, description });
}
