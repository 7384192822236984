import { Inject } from '@nestjs/common';
import { Args, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { PositionScalar, RevisionScalar } from '#edge/scalars';
import type { AuditCalls } from './audit-calls.js';
import type { AuditState } from './audit-state.js';
import { failAudit } from './audit.failures.js';
import type { ReceiptProof } from './auditor.js';

/** Where the auditor of the system is found, where there is one. */
export abstract class Auditing {
  abstract auditor(): AuditCalls | undefined;
  abstract state(): AuditState | undefined;
}

@ObjectType('ReceiptProof', {
  description: 'That the event of a receipt stands in the log. Keep it: it binds what was recorded, and where.',
})
class ReceiptProofType implements ReceiptProof {
  @Field(() => RevisionScalar, { description: 'The number of the event among all, from "0": of its leaf in the Merkle tree.' })
  index!: number;

  @Field(() => String)
  stream!: string;

  @Field(() => RevisionScalar)
  revision!: number;

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
  receiptProof(@Args('position', { type: () => PositionScalar }) position: string): Promise<ReceiptProof> {
    const auditor = this.auditing.auditor();
    if (!auditor) throw failAudit('audit-off');
    return auditor.receiptProof(position);
  }
}
