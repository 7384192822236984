import { contentHash } from '#kernel/content-hash';
import type { CommandsOf } from '#kernel/decider';
import { usualDaysOfUse } from '#kernel/due-day';
import { dayOf, daysAfter } from '#kernel/helsinki-time';
import { lastInstant } from '#kernel/when';
import { entry, repeated } from '#kernel/keyed';
import { openOf, paidBy, repaidBy, type OpenedGrant, type Report } from './grant.facts.js';
import { refuse } from './grant.refusals.js';
import {
  accepted,
  ceiling,
  decider,
  decisionOf,
  handler,
  happened,
  acceptedOf,
  opened,
  own,
  requireDue,
  requireNear,
  settlementOf,
  term,
  type AroundGrant,
  type GrantDecides,
} from './grant.rules.js';

export type LivingCommands = CommandsOf<typeof import('./grant.commands.js')>;

/** From the decision to the closed file, but for money. */
export const living: GrantDecides<LivingCommands> = {
  OpenGrant({ grant }, state, facts) {
    const { region, applicant, outcome } = decisionOf(facts, grant);
    return state.stage === 'absent' ? [{ type: 'GrantOpened', data: { region, applicant, outcome } }] : [];
  },

  NotifyDecision({ grant, channel, sentOn }, state, facts, context) {
    const { documents } = context;
    const { stage, notice } = opened(state, grant);
    happened(sentOn, context);
    if (notice) {
      if (notice.channel === channel && notice.sentOn === sentOn) return [];
      throw refuse('already-notified', { receivedOn: notice.receivedOn });
    }
    if (stage !== 'opened') throw refuse('already-notified', { receivedOn: sentOn });
    const days =
      channel === 'handed-over' ? 0 : term(facts, channel === 'letter' ? 'letter-notice-days' : 'electronic-notice-days', sentOn);
    const receivedOn = daysAfter(sentOn, days);
    const isGranted = decisionOf(facts, grant).outcome === 'granted';
    const rectifyBy = daysAfter(receivedOn, term(facts, 'rectification-days', receivedOn));
    const acceptBy = isGranted ? { acceptBy: daysAfter(receivedOn, term(facts, 'acceptance-days', receivedOn)) } : {};
    return [{ type: 'DecisionNotified', data: { channel, sentOn, receivedOn, ...acceptBy, rectifyBy, ...(documents && { documents }) } }];
  },

  AcceptGrant({ grant, organisation, signatoryName }, state, facts, { at, actor }) {
    const { stage, notice } = answerable(own(state, grant, organisation), grant, facts);
    if (stage === 'accepted') return [];
    // A refusal that was rectified has no day of acceptance of its own.
    if (notice.acceptBy !== undefined && at > lastInstant(notice.acceptBy)) throw refuse('acceptance-late', { acceptBy: notice.acceptBy });
    return [{ type: 'GrantAccepted', data: { person: actor.id, signatory: signatoryName } }];
  },

  DeclineGrant({ grant, organisation, reason, signatoryName }, state, facts, { actor }) {
    const { stage } = answerable(own(state, grant, organisation), grant, facts);
    if (stage === 'accepted') throw refuse('already-accepted');
    return [{ type: 'GrantDeclined', data: { reason, person: actor.id, signatory: signatoryName } }];
  },

  RecordPartnerAgreement({ grant, organisation, partner, agreedOn, amount }, state, facts, context) {
    const found = accepted(own(state, grant, organisation));
    happened(agreedOn, context);
    const most = ceiling(decisionOf(facts, grant), found);
    if (amount > most) throw refuse('partner-share-too-large', { amount, largest: most });
    return [{ type: 'PartnerAgreementRecorded', data: { partner, agreedOn, amount } }];
  },

  RequestChange({ grant, organisation, change, parts }, state) {
    const { changes } = accepted(own(state, grant, organisation));
    if (entry(changes, change)) throw refuse('change-exists', { change });
    if (parts.length === 0 || repeated(parts.map(({ part }) => part)) !== undefined) throw refuse('change-parts');
    return [{ type: 'ChangeRequested', data: { change, parts } }];
  },

  DecideChange({ grant, change, parts, periodOfUse, isFarDayMeant }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    const asked = entry(found.changes, change);
    if (!asked || asked.isDecided) throw refuse('change-not-open', { change });
    if (
      parts
        .map(({ part }) => part)
        .sort()
        .join() !== [...asked.parts].sort().join()
    )
      throw refuse('change-decided-in-part', { parts: asked.parts });
    const isLonger = parts.some(({ part, outcome }) => part === 'time' && outcome !== 'refused');
    if (isLonger !== (periodOfUse !== undefined)) throw refuse('change-period');
    if (periodOfUse && periodOfUse.from > periodOfUse.to) throw refuse('change-period');
    if (periodOfUse) requireNear(periodOfUse.to, isFarDayMeant, context, usualDaysOfUse);
    return [{ type: 'ChangeDecided', data: { change, parts, ...(periodOfUse && { periodOfUse }), decider: by } }];
  },

  DecideReduction({ grant, reducedBy, ground, reason }, state, facts, context) {
    const found = opened(state, grant);
    if (found.stage === 'settled') throw refuse('grant-settled');
    const by = decider(facts, grant, context);
    if (found.stage === 'declined') throw refuse('grant-declined');
    const most = ceiling(decisionOf(facts, grant), found) - (paidBy(found) - repaidBy(found));
    if (reducedBy === 0 || reducedBy > most) throw refuse('reduction-below-paid', { amount: reducedBy, largest: most });
    return [{ type: 'ReductionDecided', data: { reducedBy, ground, reason, decider: by } }];
  },

  SubmitReport({ grant, organisation, signatoryName, report, kind, ...said }, state, facts, { actor }) {
    const found = accepted(own(state, grant, organisation));
    const known = entry(found.reports, report);
    if (known && !known.isReturned) throw refuse('report-exists', { report });
    const other = Object.entries(found.reports).find(([id, one]) => id !== report && one.kind === 'final' && kind === 'final');
    if (other || (known && known.kind !== kind)) throw refuse('report-exists', { report: other?.[0] ?? report });
    const period = found.periodOfUse ?? decisionOf(facts, grant).periodOfUse;
    const outside = said.costs.find(
      ({ incurred: { from, to } }) => from > to || (period !== undefined && (from < period.from || to > period.to)),
    );
    if (outside) throw refuse('costs-outside-period', { line: outside.line, ...(period ?? outside.incurred) });
    return [{ type: 'ReportSubmitted', data: { report, kind, ...said, person: actor.id, signatory: signatoryName } }];
  },

  ReturnReport({ grant, report, reason }, state, facts, context) {
    const found = inspectable(accepted(opened(state, grant)), report);
    if (found.substanceBy !== undefined && found.finance) throw refuse('report-inspected', { report });
    return [{ type: 'ReportReturned', data: { report, reason, inspector: handler(facts, context) } }];
  },

  InspectReportSubstance({ grant, report, findings }, state, facts, context) {
    const inspector = handler(facts, context);
    const found = inspectable(accepted(opened(state, grant)), report);
    if (found.substanceBy !== undefined) throw refuse('report-inspected', { report });
    if (found.finance?.inspector === inspector) throw refuse('inspected-by-same-person');
    return [{ type: 'ReportSubstanceInspected', data: { report, findings, inspector } }];
  },

  InspectReportFinance({ grant, ...said }, state, facts, context) {
    const inspector = handler(facts, context);
    const found = inspectable(accepted(opened(state, grant)), said.report);
    if (found.finance) throw refuse('report-inspected', { report: said.report });
    if (found.substanceBy === inspector) throw refuse('inspected-by-same-person');
    if (said.acceptedCosts > found.costs) throw refuse('accepted-over-reported', { accepted: said.acceptedCosts, reported: found.costs });
    return [{ type: 'ReportFinanceInspected', data: { ...said, inspector } }];
  },

  HearGrantee({ grant, isFarDayMeant, ...said }, state, facts, context) {
    const { hearings } = accepted(opened(state, grant));
    handler(facts, context);
    if (entry(hearings, said.hearing)) throw refuse('grant-hearing-exists', { hearing: said.hearing });
    requireDue(said.due, isFarDayMeant, context);
    return [{ type: 'GrantHearingOpened', data: said }];
  },

  CorrectGrantHearingDue({ grant, isFarDayMeant, ...said }, state, facts, context) {
    const found = requireUnanswered(opened(state, grant), said.hearing);
    handler(facts, context);
    if (found.due === said.due) return [];
    requireDue(said.due, isFarDayMeant, context);
    return [{ type: 'GrantHearingDueCorrected', data: said }];
  },

  WithdrawGrantHearing({ grant, ...said }, state, facts, context) {
    const found = opened(state, grant);
    handler(facts, context);
    if (entry(found.hearings, said.hearing)?.isWithdrawn) return [];
    requireUnanswered(found, said.hearing);
    return [{ type: 'GrantHearingWithdrawn', data: said }];
  },

  GiveGrantStatement({ grant, organisation, hearing, text }, state, _facts, { at }) {
    const found = entry(own(state, grant, organisation).hearings, hearing);
    if (!found || found.isWithdrawn) throw refuse('grantee-not-heard', { hearing });
    const data = { hearing, text, isLate: at > lastInstant(found.due) };
    const isRepeated = [data, { ...data, isLate: false }].some((one) => found.statement === contentHash(one));
    return isRepeated ? [] : [{ type: 'GrantStatementGiven', data }];
  },

  RequestRectification({ grant, organisation, request, demands, arrivedOn }, state, _facts, context) {
    const found = own(state, grant, organisation);
    if (!found.notice) throw refuse('not-notified');
    if (entry(found.rectifications, request)) throw refuse('rectification-exists', { request });
    if (arrivedOn !== undefined && context.actor.role !== 'ministry-registrar') throw refuse('rectification-by-registrar');
    const day = arrivedOn === undefined ? dayOf(context.at) : happened(arrivedOn, context);
    const isLate = found.isFinal || day > found.notice.rectifyBy;
    return [{ type: 'RectificationRequested', data: { request, demands, arrivedOn: day, isLate } }];
  },

  DecideRectification({ grant, ...said }, state, facts, context) {
    const { rectifications } = opened(state, grant);
    const by = decider(facts, grant, context);
    const asked = entry(rectifications, said.request);
    if (!asked || asked.outcome !== undefined) throw refuse('rectification-not-open', { request: said.request });
    if (asked.isLate && said.outcome !== 'inadmissible') throw refuse('rectification-late');
    const { corrections } = decisionOf(facts, grant);
    const done = Object.values(rectifications).filter(({ outcome }) => outcome === 'changed').length;
    const changes = corrections.filter((ground) => ground === 'rectification').length;
    if (said.outcome === 'changed' && changes <= done) throw refuse('rectification-without-correction');
    const today = dayOf(context.at);
    const appealBy = daysAfter(today, term(facts, 'appeal-days', today));
    return [{ type: 'RectificationDecided', data: { ...said, appealBy, decider: by } }];
  },

  RecordAppeal({ grant, ...said }, state, _facts, context) {
    const { appeals, appealBy, isFinal } = opened(state, grant);
    happened(said.lodgedOn, context);
    if (entry(appeals, said.appeal)) throw refuse('appeal-exists', { appeal: said.appeal });
    if (appealBy === undefined) throw refuse('appeal-before-rectification');
    if (isFinal || said.lodgedOn > appealBy) throw refuse('appeal-late', { appealBy });
    return [{ type: 'AppealLodged', data: said }];
  },

  RecordCourtDecision({ grant, ...said }, state, _facts, context) {
    const appeal = entry(opened(state, grant).appeals, said.appeal);
    happened(said.decidedOn, context);
    if (!appeal || appeal.isDecided) throw refuse('appeal-not-open', { appeal: said.appeal });
    return [{ type: 'CourtDecisionRecorded', data: said }];
  },

  RecordFinality({ grant }, state, _facts, { at }) {
    const found = opened(state, grant);
    if (found.isFinal) return [];
    if (!found.notice) throw refuse('not-notified');
    const { rectifications, appeals, appealBy, notice } = found;
    const isOpen =
      Object.values(rectifications).some(({ outcome }) => outcome === undefined) ||
      Object.values(appeals).some(({ isDecided }) => !isDecided);
    const isAppealed = Object.values(appeals).length > 0;
    if (isOpen || (!isAppealed && at <= lastInstant(appealBy ?? notice.rectifyBy))) throw refuse('not-final-yet');
    return [{ type: 'DecisionBecameFinal', data: {} }];
  },

  SettleGrant({ grant }, state, facts, context) {
    const found = accepted(opened(state, grant));
    const by = decider(facts, grant, context);
    const paid = paidBy(found);
    const { payable, stillToPay, toRecover, unused } = settlementOf(found, decisionOf(facts, grant), paid);
    if (Object.values(found.payments).some(({ stage }) => stage === 'decided' || stage === 'batched' || stage === 'sent'))
      throw refuse('payments-under-way');
    if (stillToPay > 0 && !found.isTerminated) throw refuse('settlement-unpaid', { amount: stillToPay });
    if (Object.values(found.recoveries).some((one) => openOf(one) > 0)) throw refuse('recovery-open');
    const waived = Object.values(found.recoveries).reduce((sum, one) => sum + one.waived, 0);
    if (toRecover > waived && toRecover - waived > term(facts, 'small-return', dayOf(context.at)))
      throw refuse('settlement-unrecovered', { amount: toRecover - waived });
    const { acceptedCosts, income, otherFunding } = acceptedOf(found);
    const kept = payable - stillToPay;
    const data = { acceptedCosts, income, otherFunding, payable: kept, left: toRecover, unused: unused + payable - kept, decider: by };
    return [{ type: 'GrantSettled', data }];
  },

  CloseGrant({ grant }, state, facts, context) {
    const { stage, isFinal } = opened(state, grant);
    decider(facts, grant, context);
    if (!isFinal) throw refuse('not-final-yet');
    const isGranted = decisionOf(facts, grant).outcome === 'granted';
    if (isGranted && stage !== 'settled' && stage !== 'declined') throw refuse('closing-unsettled');
    return [{ type: 'GrantClosed', data: {} }];
  },
};

/** A grant that was notified and can be accepted or declined. */
function answerable(found: OpenedGrant, grant: string, facts: AroundGrant) {
  const { notice } = found;
  if (decisionOf(facts, grant).outcome !== 'granted') throw refuse('nothing-granted');
  if (!notice) throw refuse('not-notified');
  if (found.stage === 'declined') throw refuse('grant-declined');
  if (found.stage === 'settled') throw refuse('grant-settled');
  return { ...found, notice };
}

function requireUnanswered({ hearings }: OpenedGrant, hearing: string) {
  const found = entry(hearings, hearing);
  if (!found || found.isWithdrawn) throw refuse('grantee-not-heard', { hearing });
  if (found.isAnswered) throw refuse('grantee-stated', { hearing });
  return found;
}

function inspectable({ reports }: OpenedGrant, report: string): Report {
  const found = entry(reports, report);
  if (!found || found.isReturned) throw refuse('report-unknown', { report });
  return found;
}
