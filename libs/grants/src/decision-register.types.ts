import { ObjectType } from '@nestjs/graphql';
import { callOf } from '#calls/call.types';
import { decisionOf } from '#decisions/decision.types';
import { connectionType } from '#edge/connection';
import { objectOf } from '#edge/records';
import { RequestContext } from '#edge/request-context';
import type { Moment } from '#edge/views';
import { dayOf } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { firstInstant } from '#kernel/when';
import { organisationOf } from '#organisations/organisation.types';
import { registerFields, type RegisterEntry } from './decision-register.rules.js';
import { grantAt } from './grant.types.js';
import type { GrantRow } from './grants.projection.js';

@ObjectType('DecisionRegisterEntry', {
  description: 'A decision as the public register has it: the same columns as in JSON and CSV at /register/decisions.v1.json and .csv.',
})
export class DecisionRegisterEntryType extends objectOf(registerFields) {}

export const DecisionRegisterConnection = connectionType(DecisionRegisterEntryType, 'DecisionRegister');

/** The entries of these files, as anyone may read them, whoever asks; none for a call that is not public. */
export async function registerEntries(
  rows: readonly Stored<GrantRow>[],
  moment: Moment,
  { request, languages }: Pick<RequestContext, 'request' | 'languages'>,
): Promise<readonly RegisterEntry[]> {
  const anyone = new RequestContext(request, undefined, languages);
  const entries = await Promise.all(rows.map((row) => registerEntry(row, moment, anyone)));
  return entries.filter((entry) => entry !== undefined);
}

async function registerEntry(row: Stored<GrantRow>, moment: Moment, anyone: RequestContext): Promise<RegisterEntry | undefined> {
  const { _id: id } = row;
  const [decision, call] = await Promise.all([decisionOf(id, moment, anyone), callOf(row.call, moment, anyone)]);
  if (!decision || !call) return undefined;
  const applicant = await organisationOf(decision.applicantId, moment, anyone);
  const grant = grantAt(row, moment, undefined);
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
    paid: grant?.paid ?? 0,
    repaid: grant?.repaid ?? 0,
    ...(grant?.settlement && { settled: grant.settlement.payable }),
    ...(decision.share !== undefined && { share: decision.share }),
    ...(decision.shareOf && { shareOf: decision.shareOf }),
    ...(decision.eligibleCosts !== undefined && { eligibleCosts: decision.eligibleCosts }),
    ...(decision.purpose !== undefined && { purpose: decision.purpose }),
    ...(periodOfUse && { useFrom: periodOfUse.from, useTo: periodOfUse.to }),
    corrections: decision.changes.filter(({ event }) => event === 'DecisionCorrected').length,
    isFinal: grant?.isFinal ?? false,
  };
}

function inFinnishAndSwedish<const Of extends 'call' | 'applicant'>(of: Of, { fi, sv }: LocalizedText) {
  return { ...(fi !== undefined && { [`${of}Fi`]: fi }), ...(sv !== undefined && { [`${of}Sv`]: sv }) } as {
    readonly [Name in `${Of}${'Fi' | 'Sv'}`]?: string;
  };
}
