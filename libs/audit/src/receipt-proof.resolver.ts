import { Inject } from '@nestjs/common';
import { Args, Context, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '#edge/request-context';
import { PositionScalar, RevisionScalar } from '#edge/scalars';
import type { AuditCalls } from './audit-calls.js';
import type { CheckedState } from './audit-state.js';
import { failAudit } from './audit.failures.js';
import type { ReceiptProof } from './auditor.js';

/** Where the auditor of the system is found, where there is one. */
export abstract class Auditing {
  abstract auditor(): AuditCalls | undefined;
  abstract state(): CheckedState | undefined;
}

@ObjectType('ReceiptProof', {
  description: 'That the event of a receipt stands in the log. Keep it: it binds what was recorded, and where.',
})
class ReceiptProofType implements Partial<ReceiptProof> {
  @Field(() => RevisionScalar, { description: 'The number of the event among all, from "0": of its leaf in the Merkle tree.' })
  index!: number;

  @Field(() => String, { nullable: true, description: 'The stream of the event; for those who may know of it.' })
  stream?: string;

  @Field(() => RevisionScalar, { nullable: true, description: 'Among all events of the stream; for those who may know of the event.' })
  revision?: number;

  @Field(() => String, { description: 'The hash of the event’s leaf, in base64 (RFC 9162 over its canonical JSON).' })
  leafHash!: string;

  @Field(() => String, { description: 'The proof with the signed checkpoint that it leads to: C2SP tlog-proof@v1.' })
  proof!: string;
}

@Resolver()
export class ReceiptProofResolver {
  constructor(@Inject(Auditing) private readonly auditing: Auditing) {}

  @Query(() => ReceiptProofType, {
    description: 'A proof that the event at the position of a receipt is in the log. Hashes only: no token is needed.',
  })
  async receiptProof(
    @Args('position', { type: () => PositionScalar }) position: string,
    @Context() context: RequestContext,
  ): Promise<ReceiptProofType> {
    const auditor = this.auditing.auditor();
    if (!auditor) throw failAudit('audit-off');
    const { stream, revision, ...proof } = await auditor.receiptProof(position);
    return (await context.sees({ stream, revision })) ? { ...proof, stream, revision } : proof;
  }
}
