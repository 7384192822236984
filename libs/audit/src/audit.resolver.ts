import { Inject } from '@nestjs/common';
import { Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { InstantScalar } from '#edge/scalars';
import { failAudit } from './audit.failures.js';
import type { CheckedState, CheckResult, WitnessState } from './audit-state.js';
import { Auditing } from './receipt-proof.resolver.js';

@ObjectType('AuditWitness', { description: 'Somebody else who signs the checkpoints of the log.' })
class WitnessType implements WitnessState {
  @Field(() => String)
  url!: string;

  @Field(() => Int, { description: 'The leaves of the last checkpoint that it signed since the start.' })
  signed!: number;

  @Field(() => String, { nullable: true, description: 'Why it does not sign; null where it does.' })
  trouble!: string | undefined;
}

@ObjectType('AuditCheck', {
  description: 'What else is asked of the whole log: whether the views are what it says, and the control questions.',
})
class CheckType implements CheckResult {
  @Field(() => String)
  name!: string;

  @Field(() => InstantScalar)
  at!: string;

  @Field(() => [String], { description: 'What is not as it should be; empty where all is.' })
  findings!: readonly string[];
}

@ObjectType('Audit', { description: 'How the proof stands that nothing in the log was changed, removed or slipped in.' })
class AuditType implements CheckedState {
  @Field(() => Int, { description: 'Events that the tree of the log has.' })
  leaves!: number;

  @Field(() => Int, { description: 'How many of them were found in the log as they were recorded.' })
  verified!: number;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When the whole log was last gone through; null where it was not since the start.',
  })
  verifiedAt!: string | undefined;

  @Field(() => Int, { nullable: true, description: 'How many leaves the round has read that is under way.' })
  verifying!: number | undefined;

  @Field(() => String, { nullable: true, description: 'The last checkpoint with the signatures of witnesses: a C2SP signed note.' })
  checkpoint!: string | undefined;

  @Field(() => Boolean, {
    description: 'Whether another key signs in the place of the one that this server has: it has to be restarted with that one.',
  })
  isRetired!: boolean;

  @Field(() => [WitnessType])
  witnesses!: readonly WitnessState[];

  @Field(() => [CheckType])
  checks!: readonly CheckResult[];

  @Field(() => [String], {
    description: 'What is not as it was proven, named to the event or the range. Nothing is written any more where there is something.',
  })
  findings!: readonly string[];

  @Field(() => String, { nullable: true, description: 'What keeps the log from being audited just now.' })
  trouble!: string | undefined;
}

@Resolver()
export class AuditResolver {
  constructor(@Inject(Auditing) private readonly auditing: Auditing) {}

  @Query(() => AuditType, { description: 'How the proof of the log stands. For auditors, analysts and presenters.' })
  audit(): CheckedState {
    const state = this.auditing.state();
    if (!state) throw failAudit('audit-off');
    return state;
  }
}
