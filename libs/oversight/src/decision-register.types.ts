import { ObjectType } from '@nestjs/graphql';
import { callOf } from '#calls/call.types';
import { decisionOf } from '#decisions/decision.types';
import { connectionType, type ConnectionOf, type PageArgs } from '#edge/connection';
import { objectOf } from '#edge/records';
import { RequestContext } from '#edge/request-context';
import type { Moment } from '#edge/views';
import { grantsPage, type GrantType } from '#grants/grant.types';
import { dayOf } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import { firstInstant } from '#kernel/when';
import { organisationOf } from '#organisations/organisation.types';
import { registerFields, type RegisterEntry } from './decision-register.rules.js';

@ObjectType('DecisionRegisterEntry', {
  description: 'A decision as the public register has it: the same columns as in JSON and CSV at /register/decisions.v1.json and .csv.',
})
export class DecisionRegisterEntryType extends objectOf(registerFields) {}

export const DecisionRegisterConnection = connectionType(DecisionRegisterEntryType, 'DecisionRegister');

/** A page of the register, or of the decisions of one call: as anyone may read it, whoever asks. What is not public is left out. */
export async function registerPage(
  where: { readonly call?: string },
  page: PageArgs,
  moment: Moment,
  { request, languages }: Pick<RequestContext, 'request' | 'languages'>,
): Promise<ConnectionOf<DecisionRegisterEntryType>> {
  const anyone = new RequestContext(request, undefined, languages);
  const { edges, ...found } = await grantsPage(where, page, moment, undefined);
  const entries = await Promise.all(edges.map(async ({ cursor, node }) => ({ cursor, node: await registerEntry(node, moment, anyone) })));
  return { ...found, edges: entries.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : [])) };
}

async function registerEntry(grant: GrantType, moment: Moment, anyone: RequestContext): Promise<RegisterEntry | undefined> {
  const { id } = grant;
  const [decision, call] = await Promise.all([decisionOf(id, moment, anyone), callOf(grant.call, moment, anyone)]);
  if (!decision || !call) return undefined;
  const applicant = await organisationOf(decision.applicantId, moment, anyone);
  const { periodOfUse, amount, first } = decision;
  return {
    application: id,
    caseNumber: decision.caseNumber,
    call: decision.call,
    ...inFinnishAndSwedish('call', call.name),
    region: decision.region.code,
    regionFi: decision.region.name.fi as string,
    regionSv: decision.region.name.sv as string,
    applicant: decision.applicantId,
    ...inFinnishAndSwedish('applicant', applicant?.name ?? {}),
    outcome: decision.outcome,
    decidedOn: dayOf(firstInstant(decision.effectiveAt)),
    language: decision.language,
    ...(first.amount !== undefined && { firstGranted: first.amount }),
    ...(amount !== undefined && { granted: amount }),
    returned: decision.returned,
    paid: grant.paid,
    repaid: grant.repaid,
    ...(grant.settlement && { settled: grant.settlement.payable }),
    ...(decision.share !== undefined && { share: decision.share }),
    ...(decision.shareOf && { shareOf: decision.shareOf }),
    ...(decision.eligibleCosts !== undefined && { eligibleCosts: decision.eligibleCosts }),
    ...(decision.purpose !== undefined && { purpose: decision.purpose }),
    ...(periodOfUse && { useFrom: periodOfUse.from, useTo: periodOfUse.to }),
    corrections: decision.changes.filter(({ event }) => event === 'DecisionCorrected').length,
    isFinal: grant.isFinal,
  };
}

function inFinnishAndSwedish<const Of extends 'call' | 'applicant'>(of: Of, { fi, sv }: LocalizedText) {
  return { ...(fi !== undefined && { [`${of}Fi`]: fi }), ...(sv !== undefined && { [`${of}Sv`]: sv }) } as {
    readonly [Name in `${Of}${'Fi' | 'Sv'}`]?: string;
  };
}
