import { ArgsType, Field, InputType, ObjectType } from '@nestjs/graphql';
import { connectionType, PageArgs, type ConnectionOf } from '#edge/connection';
import { InstantScalar, WhenScalar } from '#edge/scalars';
import type { ReadFilter } from './read-record.js';

type Nullable<Type> = { readonly [Name in keyof Type]: Type[Name] | null };

@ObjectType('RestrictedRead', { description: 'An official was let read a part of the register that is not anyone’s.' })
export class RestrictedReadType {
  @Field(() => InstantScalar)
  at!: string;

  @Field(() => String, { description: 'The pseudonym of who read.' })
  actor!: string;

  @Field(() => String, { description: 'The role that let them.' })
  role!: string;

  @Field(() => String, { nullable: true, description: 'The organisation of who read, where the token names one.' })
  organisation!: string | null;

  @Field(() => String, { description: 'The part, as docs/access.md names it.' })
  what!: string;

  @Field(() => String, { nullable: true, description: 'The region that it is of, where that was a question.' })
  ofRegion!: string | null;

  @Field(() => String, { nullable: true, description: 'The organisation that it is of, where that was a question.' })
  ofOrganisation!: string | null;

  @Field(() => String, { description: 'The fields that the operation began with, or the path of the document.' })
  asked!: string;

  @Field(() => [String], { description: 'The ids that were asked for.' })
  keys!: readonly string[];

  @Field(() => String, { description: 'The trace of the request.' })
  correlationId!: string;
}

@ObjectType('RestrictedReadsConnection', { description: 'Reads of restricted parts, the latest first.' })
export class RestrictedReadsConnection extends (connectionType(
  RestrictedReadType,
  'RestrictedRead',
) as new () => ConnectionOf<RestrictedReadType>) {
  @Field(() => InstantScalar, { description: 'What was read earlier is removed: READS_KEPT_DAYS.' })
  keptFrom!: string;
}

@InputType({ description: 'What is looked for among reads; all that is given must hold.' })
class RestrictedReadFilter implements Nullable<ReadFilter> {
  @Field(() => String, { nullable: true, description: 'The pseudonym of who read.' })
  actor!: string | null;

  @Field(() => String, { nullable: true })
  role!: string | null;

  @Field(() => String, { nullable: true, description: 'The part, as docs/access.md names it.' })
  what!: string | null;

  @Field(() => String, { nullable: true, description: 'An id that was asked for.' })
  key!: string | null;

  @Field(() => WhenScalar, { nullable: true })
  from!: string | null;

  @Field(() => WhenScalar, { nullable: true, description: 'To the end of it.' })
  to!: string | null;
}

@ArgsType()
export class RestrictedReadArgs extends PageArgs {
  @Field(() => RestrictedReadFilter, { nullable: true, description: 'All without it.' })
  filter?: RestrictedReadFilter | null;
}
