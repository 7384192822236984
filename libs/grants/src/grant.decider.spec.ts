import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import {
  accepted,
  by,
  costs,
  decidedAs,
  final,
  finance,
  going,
  heard,
  inspected,
  key,
  known,
  notified,
  opened,
  organisation,
  own,
  paid,
  reported,
  signed,
  substance,
  type GrantEvent,
} from './grant.testing.js';
import { grant } from './grant.decider.js';

const { given: givenEvents } = specOf(grant);
const given = (...events: readonly GrantEvent[]) => givenEvents(...events).knowing(known);
const which = { grant: key };
const report = { ...own, report: 'r', kind: 'interim', income: 0, otherFunding: 0, outputs: 'o', signatoryName: 'Aino Esimerkki' } as const;
const submitted = (of: ReturnType<typeof costs>): GrantEvent => {
  const { grant: _g, organisation: _o, signatoryName: _s, ...said } = report;
  return { type: 'ReportSubmitted', data: { ...said, costs: of, ...signed } };
};

describe('the file of a decision', () => {
  it('is opened once, by its decision', () => {
    given().when('OpenGrant', which).then([opened]);
    given(opened).when('OpenGrant', which).thenNothing();
    givenEvents()
      .knowing({ ...known, allocation: { amounts: [], decisions: {} } })
      .when('OpenGrant', which)
      .thenRefused('grant-without-decision', { grant: key });
    given()
      .when('AcceptGrant', { ...own, signatoryName: 'x' })
      .thenRefused('grant-unknown', { grant: key });
  });

  it('is its grantee’s own', () => {
    const others = { grant: key, organisation: 'other-council' };
    given(...going)
      .when('RequestPayment', { ...others, payment: 'p', instalment: 'first', amount: 1 })
      .thenRefused('grant-unknown', { grant: key });
    given(opened, notified)
      .when('DeclineGrant', { ...others, reason: 'r', signatoryName: 'x' })
      .thenRefused('grant-unknown', { grant: key });
  });

  it('changes no more once it is closed', () => {
    const closed = given(...going, { type: 'GrantClosed', data: {} });
    closed.when('RequestChange', { ...own, change: 'c', parts: [{ part: 'time', asks: 'x' }] }).thenRefused('grant-closed');
    closed.when('DecidePayment', { ...which, payment: 'p', amount: 1, grounds: 'g' }).thenRefused('grant-closed');
    closed
      .when('HearGrantee', { ...which, hearing: 'h', concern: 'recovery', concerns: 'c', due: '2027-07-01' })
      .thenRefused('grant-closed');
    closed.when('RecordFinality', which).thenRefused('grant-closed');
  });
});

describe('a notice', () => {
  const notify = { ...which, channel: 'electronic', sentOn: '2026-12-01' } as const;

  it('counts as received by the terms of its day, and what follows counts from then', () => {
    const at = by('registrar');
    given(opened).when('NotifyDecision', notify, at).then([notified]);
    const letter = { receivedOn: '2026-12-08', acceptBy: '2026-12-29', rectifyBy: '2027-01-07' };
    given(opened)
      .when('NotifyDecision', { ...notify, channel: 'letter' }, at)
      .then([{ type: 'DecisionNotified', data: { channel: 'letter', sentOn: '2026-12-01', ...letter } }]);
    const handed = { receivedOn: '2026-12-01', acceptBy: '2026-12-22', rectifyBy: '2026-12-31' };
    given(opened)
      .when('NotifyDecision', { ...notify, channel: 'handed-over' }, at)
      .then([{ type: 'DecisionNotified', data: { channel: 'handed-over', sentOn: '2026-12-01', ...handed } }]);
  });

  it('is given once, not on a day to come, and by terms that there are', () => {
    given(opened, notified).when('NotifyDecision', notify, by('registrar')).thenNothing();
    given(opened, notified)
      .when('NotifyDecision', { ...notify, sentOn: '2026-12-02' }, by('registrar'))
      .thenRefused('already-notified', { receivedOn: '2026-12-04' });
    given(opened)
      .when('NotifyDecision', notify, by('registrar', '2026-11-30T21:59:59.999Z'))
      .thenRefused('grant-day-in-future', { day: '2026-12-01' });
    givenEvents(opened)
      .knowing({ ...known, terms: { rates: [], terms: {} } })
      .when('NotifyDecision', notify, by('registrar'))
      .thenRefused('term-not-set', { term: 'electronic-notice-days', day: '2026-12-01' });
  });
});

describe('a grant', () => {
  const accept = { ...own, signatoryName: 'Aino Esimerkki' };

  it('is accepted after its notice, until the end of its day', () => {
    const lastInTime = '2026-12-25T21:59:59.999Z';
    given(opened).when('AcceptGrant', accept, by('signatory')).thenRefused('not-notified');
    given(opened, notified).when('AcceptGrant', accept, by('signatory', lastInTime)).then([accepted]);
    given(opened, notified)
      .when('AcceptGrant', accept, by('signatory', '2026-12-25T22:00:00.000Z'))
      .thenRefused('acceptance-late', { acceptBy: '2026-12-25' });
    given(...going)
      .when('AcceptGrant', accept, by('signatory', lastInTime))
      .thenNothing();
    givenEvents(opened, notified)
      .knowing(decidedAs({ outcome: 'refused' }))
      .when('AcceptGrant', accept)
      .thenRefused('nothing-granted');
  });

  it('is declined before it is accepted, and not both', () => {
    const decline = { ...accept, reason: 'Ei resursseja' };
    const declined: GrantEvent = { type: 'GrantDeclined', data: { reason: 'Ei resursseja', ...signed } };
    given(opened, notified).when('DeclineGrant', decline, by('signatory')).then([declined]);
    given(...going)
      .when('DeclineGrant', decline, by('signatory'))
      .thenRefused('already-accepted');
    given(opened, notified, declined).when('AcceptGrant', accept, by('signatory')).thenRefused('grant-declined');
  });

  it('has agreements with partners within it', () => {
    const agree = { ...own, partner: 'fictional-town', agreedOn: '2027-02-01', amount: 1_000_000 };
    const { grant: _g, organisation: _o, ...data } = agree;
    given(...going)
      .when('RecordPartnerAgreement', agree, by('signatory'))
      .then([{ type: 'PartnerAgreementRecorded', data }]);
    given(...going)
      .when('RecordPartnerAgreement', { ...agree, amount: 1_000_001 }, by('signatory'))
      .thenRefused('partner-share-too-large', { amount: 1_000_001, largest: 1_000_000 });
  });

  it('is reduced by a decider, never below what is paid of it', () => {
    const reduce = { ...which, reducedBy: 400_000, ground: 'change-of-plan', reason: 'r' } as const;
    const { grant: _, ...data } = reduce;
    const half = given(...going, ...paid('p', 'first', 600_000));
    half.when('DecideReduction', reduce, by('decider')).then([{ type: 'ReductionDecided', data: { ...data, decider: 'person-decider' } }]);
    half
      .when('DecideReduction', { ...reduce, reducedBy: 400_001 }, by('decider'))
      .thenRefused('reduction-below-paid', { amount: 400_001, largest: 400_000 });
    given(...going, ...paid('p', 'first', 600_000), { type: 'ReductionDecided', data: { ...data, reducedBy: 1, decider: 'x' } })
      .when('DecideReduction', reduce, by('decider'))
      .thenRefused('reduction-below-paid', { amount: 400_000, largest: 399_999 });
    half.when('DecideReduction', reduce, by('presenter')).thenRefused('grant-decider-presented');
    half.when('DecideReduction', reduce, by('disqualified')).thenRefused('grant-handler-disqualified');
  });
});

describe('a change', () => {
  const request = {
    ...own,
    change: 'c',
    parts: [
      { part: 'time', asks: 'a' },
      { part: 'budget', asks: 'b' },
    ],
  } as const;
  const asked: GrantEvent = { type: 'ChangeRequested', data: { change: 'c', parts: request.parts } };
  const longer = { from: '2027-01-01', to: '2028-03-31' };
  const decide = {
    ...which,
    change: 'c',
    parts: [
      { part: 'budget', outcome: 'refused', grounds: 'g' },
      { part: 'time', outcome: 'accepted-with-changes', grounds: 'g' },
    ],
    periodOfUse: longer,
  } as const;
  const { grant: _, ...decidedData } = decide;
  const decided: GrantEvent = { type: 'ChangeDecided', data: { ...decidedData, decider: 'person-decider' } };

  it('is asked for part by part', () => {
    given(...going)
      .when('RequestChange', request)
      .then([asked]);
    given(...going, asked)
      .when('RequestChange', request)
      .thenRefused('change-exists', { change: 'c' });
    given(...going)
      .when('RequestChange', { ...request, parts: [request.parts[0], request.parts[0]] })
      .thenRefused('change-parts');
    given(...going)
      .when('RequestChange', { ...request, parts: [] })
      .thenRefused('change-parts');
    given(opened, notified).when('RequestChange', request).thenRefused('grant-not-accepted');
  });

  it('is decided in all its parts, once, with a period where and only where time is accepted', () => {
    const open = given(...going, asked);
    open.when('DecideChange', decide, by('decider')).then([decided]);
    open
      .when('DecideChange', { ...decide, parts: [decide.parts[1]] }, by('decider'))
      .thenRefused('change-decided-in-part', { parts: ['time', 'budget'] });
    const { periodOfUse: _p, ...without } = decide;
    open.when('DecideChange', without, by('decider')).thenRefused('change-period');
    const far = { ...decide, periodOfUse: { ...decide.periodOfUse, to: '2072-12-31' } };
    open.when('DecideChange', far, by('decider')).thenRefused('grant-due-far-away', { due: '2072-12-31', days: 1_095 });
    const refusal = decide.parts.map((part) => ({ ...part, outcome: 'refused' as const }));
    open.when('DecideChange', { ...decide, parts: refusal }, by('decider')).thenRefused('change-period');
    open.when('DecideChange', decide, by('presenter')).thenRefused('grant-decider-presented');
    given(...going, asked, decided)
      .when('DecideChange', decide, by('decider'))
      .thenRefused('change-not-open', { change: 'c' });
  });

  it('of time lets costs be reported until its end', () => {
    const late = { ...report, costs: costs(1, '2028-03-31', '2028-03-31') };
    given(...going)
      .when('SubmitReport', late)
      .thenRefused('costs-outside-period', { line: 'salaries', from: '2027-01-01', to: '2027-12-31' });
    given(...going, asked, decided)
      .when('SubmitReport', late, by('signatory'))
      .then([submitted(late.costs)]);
    given(...going, asked, decided)
      .when('SubmitReport', { ...report, costs: costs(1, '2028-03-31', '2028-04-01') })
      .thenRefused('costs-outside-period', { line: 'salaries', ...longer });
  });
});

describe('a report', () => {
  it('has costs of the period of use only', () => {
    given(...going)
      .when('SubmitReport', { ...report, costs: costs(100) }, by('signatory'))
      .then([submitted(costs(100))]);
    const outside = { line: 'salaries', from: '2027-01-01', to: '2027-12-31' };
    for (const [from, to] of [
      ['2026-12-31', '2027-01-01'],
      ['2027-12-31', '2028-01-01'],
      ['2027-03-02', '2027-03-01'],
    ] as const)
      given(...going)
        .when('SubmitReport', { ...report, costs: costs(1, from, to) })
        .thenRefused('costs-outside-period', outside);
  });

  it('is given once, unless it was returned, and the final one is one', () => {
    const again = { ...report, costs: costs(1) };
    given(...going, reported('r', 'interim'))
      .when('SubmitReport', again)
      .thenRefused('report-exists', { report: 'r' });
    given(...going, reported('a', 'final'))
      .when('SubmitReport', { ...again, kind: 'final' })
      .thenRefused('report-exists', { report: 'a' });
    const returned: GrantEvent = { type: 'ReportReturned', data: { report: 'r', reason: 'x', inspector: 'person-i' } };
    given(...going, reported('r', 'interim'))
      .when('ReturnReport', { ...which, report: 'r', reason: 'x' }, by('i'))
      .then([returned]);
    given(...going, reported('r', 'interim'), returned)
      .when('SubmitReport', again, by('signatory'))
      .then([submitted(again.costs)]);
    given(...going, reported('r', 'interim'), returned)
      .when('InspectReportSubstance', { ...which, report: 'r', findings: 'f' }, by('i'))
      .thenRefused('report-unknown', { report: 'r' });
    given(...going, ...inspected(1))
      .when('ReturnReport', { ...which, report: 'final', reason: 'x' }, by('i'))
      .thenRefused('report-inspected', { report: 'final' });
  });

  it('is inspected in substance and in finances by different people, neither of them disqualified', () => {
    const look = { ...which, report: 'r', findings: 'f' };
    const money = { ...look, acceptedCosts: 1_500_000, income: 0, otherFunding: 0 };
    given(...going, reported('r', 'final'))
      .when('InspectReportSubstance', look, by('first-inspector'))
      .then([substance('r')]);
    given(...going, reported('r', 'final'), substance('r'))
      .when('InspectReportFinance', money, by('second-inspector'))
      .then([finance('r', 1_500_000)]);
    given(...going, reported('r', 'final'), substance('r'))
      .when('InspectReportFinance', money, by('first-inspector'))
      .thenRefused('inspected-by-same-person');
    given(...going, reported('r', 'final'), finance('r', 1))
      .when('InspectReportSubstance', look, by('second-inspector'))
      .thenRefused('inspected-by-same-person');
    for (const [name, command] of [
      ['InspectReportSubstance', look],
      ['InspectReportFinance', money],
    ] as const)
      given(...going, reported('r', 'final'))
        .when(name, command, by('disqualified'))
        .thenRefused('grant-handler-disqualified');
    given(...going, reported('r', 'final'))
      .when('InspectReportFinance', { ...money, acceptedCosts: 1_500_001 }, by('i'))
      .thenRefused('accepted-over-reported', { accepted: 1_500_001, reported: 1_500_000 });
    given(...going, reported('r', 'final'), substance('r'))
      .when('InspectReportSubstance', look, by('x'))
      .thenRefused('report-inspected', { report: 'r' });
  });
});

describe('what contests a decision', () => {
  const ask = { ...own, request: 'q', demands: 'd' };
  const asked = (isLate: boolean, arrivedOn = '2027-01-03'): GrantEvent => ({
    type: 'RectificationRequested',
    data: { request: 'q', demands: 'd', arrivedOn, isLate },
  });
  const decide = { ...which, request: 'q', outcome: 'unchanged', grounds: 'g', appealInstructions: 'Valitusosoitus' } as const;
  const { grant: _, ...said } = decide;
  const decided: GrantEvent = {
    type: 'RectificationDecided',
    data: { ...said, appealBy: '2027-07-01', decider: 'person-decider' },
  };
  const lodge = { ...which, appeal: 'a', court: 'Hallinto-oikeus', lodgedOn: '2027-07-01' };
  const lodged: GrantEvent = { type: 'AppealLodged', data: { appeal: 'a', court: 'Hallinto-oikeus', lodgedOn: '2027-07-01' } };
  const judge = { ...which, appeal: 'a', outcome: 'upheld', caseNumber: 'HAO/1', decidedOn: '2027-10-01' } as const;
  const { grant: _j, ...judgement } = judge;
  const judged: GrantEvent = { type: 'CourtDecisionRecorded', data: judgement };

  it('is in time until the end of its day, and late after it', () => {
    given(opened, notified)
      .when('RequestRectification', ask, by('signatory', '2027-01-03T21:59:59.999Z'))
      .then([asked(false)]);
    given(opened, notified)
      .when('RequestRectification', ask, by('signatory', '2027-01-03T22:00:00.000Z'))
      .then([asked(true, '2027-01-04')]);
    const elsewhere = { ...ask, arrivedOn: '2027-01-03' };
    given(opened, notified)
      .when('RequestRectification', elsewhere, by('r', undefined, 'ministry-registrar'))
      .then([asked(false)]);
    given(opened, notified).when('RequestRectification', elsewhere, by('signatory')).thenRefused('rectification-by-registrar');
    given(opened).when('RequestRectification', ask).thenRefused('not-notified');
  });

  it('is decided once, late ones as inadmissible, and a changed decision is corrected first', () => {
    given(opened, notified, asked(false)).when('DecideRectification', decide, by('decider')).then([decided]);
    given(opened, notified, asked(true)).when('DecideRectification', decide, by('decider')).thenRefused('rectification-late');
    given(opened, notified).when('DecideRectification', decide, by('decider')).thenRefused('rectification-not-open', { request: 'q' });
    given(opened, notified, asked(false), decided)
      .when('DecideRectification', decide, by('decider'))
      .thenRefused('rectification-not-open', { request: 'q' });
    given(opened, notified, asked(false)).when('DecideRectification', decide, by('presenter')).thenRefused('grant-decider-presented');
    const changed = { ...decide, outcome: 'changed' } as const;
    given(opened, notified, asked(false))
      .when('DecideRectification', changed, by('decider'))
      .thenRefused('rectification-without-correction');
    givenEvents(opened, notified, asked(false))
      .knowing(decidedAs({ corrections: ['clerical-error', 'rectification'] }))
      .when('DecideRectification', changed, by('decider'))
      .then([{ type: 'RectificationDecided', data: { ...said, outcome: 'changed', appealBy: '2027-07-01', decider: 'person-decider' } }]);
  });

  it('goes to a court after rectification, in time', () => {
    const at = by('registrar', '2027-07-02T09:00:00.000Z');
    given(opened, notified, asked(false), decided).when('RecordAppeal', lodge, at).then([lodged]);
    given(opened, notified).when('RecordAppeal', lodge, at).thenRefused('appeal-before-rectification');
    given(opened, notified, asked(false), decided)
      .when('RecordAppeal', { ...lodge, lodgedOn: '2027-07-02' }, at)
      .thenRefused('appeal-late', { appealBy: '2027-07-01' });
    given(opened, notified, lodged).when('RecordCourtDecision', judge, by('r', '2027-10-02T09:00:00.000Z')).then([judged]);
    given(opened, notified, lodged, judged)
      .when('RecordCourtDecision', judge, by('r', '2027-10-02T09:00:00.000Z'))
      .thenRefused('appeal-not-open', { appeal: 'a' });
  });

  it('keeps a decision from becoming final, which it does when nobody can contest it any more', () => {
    const finalise = (at: string, ...events: readonly GrantEvent[]) =>
      given(opened, notified, ...events).when('RecordFinality', which, by('process', at));
    finalise('2027-01-03T21:59:59.999Z').thenRefused('not-final-yet');
    finalise('2027-01-03T22:00:00.000Z').then([final]);
    finalise('2027-02-01T00:00:00.000Z', asked(false)).thenRefused('not-final-yet');
    finalise('2027-07-01T20:59:59.999Z', asked(false), decided).thenRefused('not-final-yet');
    finalise('2027-07-01T21:00:00.000Z', asked(false), decided).then([final]);
    finalise('2027-09-01T00:00:00.000Z', asked(false), decided, lodged).thenRefused('not-final-yet');
    finalise('2027-10-02T00:00:00.000Z', asked(false), decided, lodged, judged).then([final]);
    finalise('2027-10-02T00:00:00.000Z', final).thenNothing();
  });
});

describe('settling and closing', () => {
  const settle = (events: readonly GrantEvent[], facts = known) =>
    givenEvents(...going, ...events)
      .knowing(facts)
      .when('SettleGrant', which, by('decider'));
  const settled = (data: object): GrantEvent => ({
    type: 'GrantSettled',
    data: {
      acceptedCosts: 1_428_571,
      income: 0,
      otherFunding: 0,
      payable: 999_999,
      left: 0,
      unused: 1,
      ...data,
      decider: 'person-decider',
    },
  });

  it('comes after both inspections, and after what is still to pay was paid', () => {
    settle([]).thenRefused('final-report-not-inspected');
    settle([reported('final', 'final'), substance('final')]).thenRefused('final-report-not-inspected');
    settle([...paid('p', 'first', 600_000), ...inspected(1_428_571)]).thenRefused('settlement-unpaid', { amount: 399_999 });
    settle([...paid('p', 'first', 600_000), ...inspected(1_428_571), ...paid('q', 'last', 399_999)]).then([settled({})]);
    settle([...paid('p', 'first', 600_000), ...inspected(1_428_571), ...paid('q', 'last', 399_999).slice(0, 3)]).thenRefused(
      'payments-under-way',
    );
  });

  it('leaves a return up to the term’s limit, and recovers a larger one', () => {
    const paidOver = (over: number) => [...paid('p', 'first', 600_000), ...inspected(1_000_000, 0, 400_000 + over)];
    settle(paidOver(10_000)).then([
      settled({ acceptedCosts: 1_000_000, otherFunding: 410_000, payable: 590_000, left: 10_000, unused: 410_000 }),
    ]);
    settle(paidOver(10_001)).thenRefused('settlement-unrecovered', { amount: 10_001 });
    const recovery: GrantEvent = {
      type: 'RecoveryDecided',
      data: {
        recovery: 'r',
        hearing: 'h',
        duty: 'mandatory',
        parts: [{ payment: 'p', amount: 20_000 }],
        bearsInterest: false,
        grounds: 'g',
        decider: 'x',
      },
    };
    settle([...paidOver(20_000), recovery]).thenRefused('recovery-open');
    const waived: GrantEvent = { type: 'RecoveryWaived', data: { recovery: 'r', amount: 20_000, reasons: 'r', decider: 'x' } };
    settle([...paidOver(20_000), recovery, waived]).then([
      settled({ acceptedCosts: 1_000_000, otherFunding: 420_000, payable: 580_000, left: 20_000, unused: 420_000 }),
    ]);
  });

  it('takes the share of what the call says', () => {
    const lessIncome = decidedAs({ shareOf: 'eligible-costs-less-income' });
    settle([...paid('p', 'first', 600_000), ...inspected(1_428_571, 100_000)], lessIncome).thenRefused('settlement-unpaid', {
      amount: 329_999,
    });
  });

  it('closes a grant that is settled or declined, or what was not granted, once the decision is final', () => {
    const close = (events: readonly GrantEvent[], facts = known) =>
      givenEvents(...events)
        .knowing(facts)
        .when('CloseGrant', which, by('decider'));
    const closed: GrantEvent[] = [{ type: 'GrantClosed', data: {} }];
    close([...going, final]).thenRefused('closing-unsettled');
    close([...going, settled({})]).thenRefused('not-final-yet');
    close([...going, settled({}), final]).then(closed);
    close([opened, notified, { type: 'GrantDeclined', data: { reason: 'r', ...signed } }, final]).then(closed);
    close([opened, notified, final], decidedAs({ outcome: 'refused', decided: 0 })).then(closed);
    given(...going, settled({}))
      .when('RequestPayment', { ...own, payment: 'x', instalment: 'last', amount: 1 })
      .thenRefused('grant-settled');
  });

  it('hears the grantee before what weighs on them', () => {
    const hear = { ...which, hearing: 'h', concern: 'suspension', concerns: 'c', due: '2027-06-15' } as const;
    given(...going)
      .when('HearGrantee', hear, by('i'))
      .then([heard('suspension', '2027-06-15')]);
    given(...going)
      .when('HearGrantee', { ...hear, due: '2027-05-31' }, by('i'))
      .thenRefused('grant-due-passed', { due: '2027-05-31' });
    given(...going, heard('suspension'))
      .when('HearGrantee', hear, by('i'))
      .thenRefused('grant-hearing-exists', { hearing: 'h' });
    given(...going, heard('suspension', '2027-06-15'))
      .when('GiveGrantStatement', { grant: key, organisation, hearing: 'h', text: 't' }, by('s', '2027-06-15T21:00:00.000Z'))
      .then([{ type: 'GrantStatementGiven', data: { hearing: 'h', text: 't', isLate: true } }]);
  });

  it('has a statement once: the same again changes nothing, also after its day', () => {
    const stated = (isLate: boolean): GrantEvent => ({ type: 'GrantStatementGiven', data: { hearing: 'h', text: 't', isLate } });
    const state = { grant: key, organisation, hearing: 'h', text: 't' };
    const late = by('s', '2027-06-15T21:00:00.000Z');
    const heardBy = heard('suspension', '2027-06-15');
    for (const isLate of [false, true])
      given(...going, heardBy, stated(isLate))
        .when('GiveGrantStatement', state, late)
        .thenNothing();
    given(...going, heardBy, stated(false))
      .when('GiveGrantStatement', { ...state, text: 'u' }, late)
      .then([{ type: 'GrantStatementGiven', data: { hearing: 'h', text: 'u', isLate: true } }]);
  });

  it('is corrected or withdrawn with a reason while there is no statement', () => {
    const hear = { ...which, hearing: 'h', concern: 'suspension', concerns: 'c', due: '2052-06-15' } as const;
    const now = by('person-presenter', '2027-06-01T09:00:00.000Z');
    given(...going)
      .when('HearGrantee', hear, now)
      .thenRefused('grant-due-far-away', { due: '2052-06-15', days: 90 });
    const far = heard('suspension', '2052-06-15');
    const said = { hearing: 'h', reason: 'Kirjoitusvirhe' };
    const corrected: GrantEvent = { type: 'GrantHearingDueCorrected', data: { ...said, due: '2027-06-15' } };
    const gone: GrantEvent = { type: 'GrantHearingWithdrawn', data: said };
    given(...going, far)
      .when('CorrectGrantHearingDue', { ...which, ...said, due: '2027-06-15' }, now)
      .then([corrected]);
    given(...going, far)
      .when('WithdrawGrantHearing', { ...which, ...said }, now)
      .then([gone]);
    given(...going, far, gone)
      .when('WithdrawGrantHearing', { ...which, ...said }, now)
      .thenNothing();
    const state = { grant: key, organisation, hearing: 'h', text: 't' };
    given(...going, far, gone)
      .when('GiveGrantStatement', state, now)
      .thenRefused('grantee-not-heard');
    given(...going, far, corrected)
      .when('GiveGrantStatement', state, by('s', '2027-06-15T21:00:00.000Z'))
      .then([{ type: 'GrantStatementGiven', data: { hearing: 'h', text: 't', isLate: true } }]);
    const answered: GrantEvent = { type: 'GrantStatementGiven', data: { hearing: 'h', text: 't', isLate: false } };
    given(...going, far, answered)
      .when('WithdrawGrantHearing', { ...which, ...said }, now)
      .thenRefused('grantee-stated');
  });
});
