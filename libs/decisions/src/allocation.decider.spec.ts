import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import {
  applicationWith,
  asDecider,
  asPresenter,
  callWith,
  decide,
  decided,
  key,
  refused,
  type AllocationEvent,
} from './allocation.testing.js';
import { allocation } from './allocation.decider.js';

const { given } = specOf(allocation);
const known = { call: callWith(), application: applicationWith() };
const set: AllocationEvent = { type: 'AppropriationSet', data: { amount: 240_000_000, year: 2019 } };
const setTo = (amount: number): AllocationEvent => ({ type: 'AppropriationSet', data: { amount } });
const adjustedTo = (amount: number, effectiveAt: string): AllocationEvent => ({
  type: 'AppropriationAdjusted',
  data: { amount, reason: 'r' },
  effectiveAt,
});
const other = (amount: number) => decided(amount, 'c--other-council');

describe('the appropriation of a call', () => {
  it('is reserved once, for a call that there is', () => {
    const command = { call: 'c', amount: 240_000_000, year: 2019 };
    given().knowing(known).when('SetAppropriation', command).then([set]);
    given(set).knowing(known).when('SetAppropriation', command).thenRefused('appropriation-set');
    given()
      .knowing({ call: { stage: 'absent' } })
      .when('SetAppropriation', command)
      .thenRefused('allocation-call-unknown', { call: 'c' });
    given()
      .knowing({ call: { ...known.call, stage: 'cancelled' } })
      .when('SetAppropriation', command)
      .thenRefused('allocation-call-cancelled', { call: 'c' });
  });

  it('is more than zero', () => {
    given().knowing(known).when('SetAppropriation', { call: 'c', amount: 0 }).thenRefused('appropriation-zero');
    given(set).knowing(known).when('AdjustAppropriation', { call: 'c', amount: 0, reason: 'r' }).thenRefused('appropriation-zero');
  });

  it('is adjusted with a reason once it is reserved', () => {
    const adjust = { call: 'c', amount: 250_000_000, reason: 'Lisätalousarvio' };
    given(set)
      .knowing(known)
      .when('AdjustAppropriation', { ...adjust, effectiveAt: '2019-12-01' })
      .then([{ type: 'AppropriationAdjusted', data: { amount: 250_000_000, reason: 'Lisätalousarvio' }, effectiveAt: '2019-12-01' }]);
    given(set)
      .knowing(known)
      .when('AdjustAppropriation', { ...adjust, amount: 240_000_000 })
      .thenNothing();
    given(set, adjustedTo(250_000_000, '2100-01-01'))
      .knowing(known)
      .when('AdjustAppropriation', adjust, { at: '2026-01-01' })
      .then([{ type: 'AppropriationAdjusted', data: { amount: 250_000_000, reason: 'Lisätalousarvio' } }]);
    given().knowing(known).when('AdjustAppropriation', adjust).thenRefused('appropriation-not-set');
  });

  it('is never less than what is granted of it, at whatever time', () => {
    const to = (amount: number, effectiveAt?: string) => ({ call: 'c', amount, reason: 'r', ...(effectiveAt && { effectiveAt }) });
    const spent = given(setTo(100_000), decided(70_000)).knowing(known);
    for (const at of [undefined, '1999-01-01', '2100-01-01'])
      spent.when('AdjustAppropriation', to(69_999, at)).thenRefused('appropriation-below-committed', { amount: 69_999, committed: 70_000 });
    spent.when('AdjustAppropriation', to(70_000)).then([{ type: 'AppropriationAdjusted', data: { amount: 70_000, reason: 'r' } }]);
    const reduced: AllocationEvent = {
      type: 'GrantReduced',
      data: { application: key, reducedBy: 10_000, ground: 'change-of-plan', reason: 'r' },
    };
    given(setTo(100_000), decided(70_000), reduced)
      .knowing(known)
      .when('AdjustAppropriation', to(60_000))
      .then([{ type: 'AppropriationAdjusted', data: { amount: 60_000, reason: 'r' } }]);
  });
});

describe('a decision', () => {
  const deciding = (changed: Partial<typeof decide> = {}, facts: object = known, ...more: AllocationEvent[]) =>
    given(set, ...more)
      .knowing(facts as typeof known)
      .when('DecideGrant', { ...decide, ...changed }, asDecider);

  it('grants what was proposed: with the share, the period and the plan that the call has, where it says none', () => {
    deciding().then([decided()]);
  });

  it('falls once', () => {
    deciding({}, known, decided()).thenRefused('already-decided', { application: key });
  });

  it('needs an appropriation and a call that was not cancelled', () => {
    given().knowing(known).when('DecideGrant', decide, asDecider).thenRefused('appropriation-not-set');
    deciding({}, { ...known, call: { ...callWith(), stage: 'cancelled' } }).thenRefused('allocation-call-cancelled', { call: 'c' });
  });

  it('needs a proposal that the decider has seen, of an application that is not withdrawn', () => {
    const on = (application: object) => deciding({}, { ...known, application });
    on({ stage: 'absent' }).thenRefused('decision-application-unknown', { application: key });
    on(applicationWith({ stage: 'withdrawn' })).thenRefused('decision-application-withdrawn');
    const { proposal: _, ...unproposed } = applicationWith();
    on(unproposed).thenRefused('decision-not-proposed');
    on(applicationWith({}, { revision: 6 })).thenRefused('decision-application-moved', { seen: 5, proposed: 6 });
    on(applicationWith({}, { revision: 4 })).then([decided()]);
  });

  it('is taken by somebody who neither presented it nor is disqualified, and presented by somebody who is not', () => {
    const by = (id: string, disqualified: readonly string[] = []) =>
      given(set)
        .knowing({ ...known, application: applicationWith({ disqualified }) })
        .when('DecideGrant', decide, { actor: { id, role: 'ministry-decider' } });
    by('person-presenter').thenRefused('decider-presented');
    by('person-decider', ['person-decider']).thenRefused('decider-disqualified');
    by('person-decider', ['person-presenter']).thenRefused('presenter-disqualified');
    by('person-decider', ['somebody-else']).then([decided()]);
  });

  it('finds inadmissible what came late or from who may not apply, and nothing else of it', () => {
    const inadmissible = { outcome: 'inadmissible', conditions: [], amount: undefined } as never;
    for (const fault of [{ isLate: true }, { inadmissible: 'applicant-not-eligible' as const }]) {
      const application = applicationWith(fault, { outcome: 'inadmissible', conditions: [], amount: undefined } as never);
      deciding({ departure: 'x' }, { ...known, application }).thenRefused('decision-inadmissible-only');
      deciding({ outcome: 'refused' }, { ...known, application }).thenRefused('decision-inadmissible-only');
      const { amount: _a, ...command } = { ...decide, ...(inadmissible as object), outcome: 'inadmissible' as const };
      const { purpose: _p, ...said } = command;
      given(set)
        .knowing({ ...known, application })
        .when('DecideGrant', said, asDecider)
        .then([{ ...refused, data: { ...refused.data, outcome: 'inadmissible', grounds: decide.grounds } } as AllocationEvent]);
    }
  });

  it('grants no more than is applied for, than the share covers, and than the call’s largest share', () => {
    const open = { call: callWith({ largestShare: 8_000 }), application: applicationWith({}, { amount: 70_001 }) };
    deciding({ amount: 70_001 }, open).thenRefused('decision-amount-too-large', { amount: 70_001, largest: 70_000 });
    deciding({ amount: 60_001, share: 6_000, departure: 'x' }).thenRefused('decision-amount-too-large', {
      amount: 60_001,
      largest: 60_000,
    });
    deciding({ share: 7_001 }).thenRefused('decision-share-too-large', { share: 7_001, largest: 7_000 });
    const lessIncome = { ...known, call: callWith({ shareOf: 'eligible-costs-less-income' }) };
    deciding({}, lessIncome).thenRefused('decision-amount-too-large', { amount: 70_000, largest: 66_500 });
  });

  it('asks about a day that is further away than grants are used and paid, and takes it where it is meant', () => {
    const far = { periodOfUse: { from: '2027-01-01', to: '2072-12-31' } };
    const paid = { paymentPlan: [{ instalment: 'one', weight: 1, plannedFor: '2072-03-01' }] };
    deciding(far).thenRefused('decision-day-far-away', { day: '2072-12-31', days: 1_095 });
    deciding(paid).thenRefused('decision-day-far-away', { day: '2072-03-01', days: 1_095 });
    const { data, ...event } = decided();
    deciding({ ...far, isFarDayMeant: true }).then([{ ...event, data: { ...data, ...far } } as AllocationEvent]);
  });

  it('says what a decision says', () => {
    const { purpose: _, ...aimless } = decide;
    given(set).knowing(known).when('DecideGrant', aimless, asDecider).thenRefused('decision-purpose-missing');
    const { amount: _a, ...unmeasured } = decide;
    given(set).knowing(known).when('DecideGrant', unmeasured, asDecider).thenRefused('decision-amount-missing');
    deciding({ outcome: 'refused', departure: 'x' }).thenRefused('decision-amount-without-grant');
    const { caseNumber: _c, ...unregistered } = applicationWith();
    deciding({}, { ...known, application: unregistered }).thenRefused('decision-case-number-missing');
    const { periodOfUse: _u, ...timeless } = callWith().terms;
    deciding({}, { ...known, call: { ...callWith(), terms: timeless } }).thenRefused('decision-period-missing');
    const closing = { ...known, call: { ...callWith(), terms: { ...callWith().terms, closes: '2026-10-15T13:15:00.000Z' } } };
    deciding({ periodOfUse: { from: '2026-10-15', to: '2027-12-31' } }, closing).thenRefused('decision-period-before-closing', {
      from: '2026-10-15',
      closes: '15.10.2026 16.15',
    });
    deciding({ periodOfUse: { from: '2027-02-01', to: '2027-01-31' } }).thenRefused('decision-period-reversed', {
      from: '2027-02-01',
      to: '2027-01-31',
    });
    const { content: _n, ...unread } = applicationWith();
    deciding({}, { ...known, application: unread }).thenRefused('decision-figures-missing');
  });

  it('has a case number of its application, and no other’s', () => {
    const caseNumber = 'VM/2/2026';
    const numbered = { application: 'c--other-council' };
    deciding({ caseNumber }, { ...known, numbered }).thenRefused('decision-case-number-not-its-own', { caseNumber });
    deciding({ caseNumber }).thenRefused('decision-case-number-not-its-own', { caseNumber });
    deciding({ caseNumber }, { ...known, numbered: { application: key } }).then([
      { ...decided(), data: { ...decided().data, caseNumber } } as AllocationEvent,
    ]);
    deciding({ caseNumber: 'VM/1/2026' }).then([decided()]);
  });

  it('has one language, and each other once', () => {
    const sv = { language: 'sv', grounds: 'Motivering', conditions: [] } as const;
    deciding({ translations: [{ ...sv, language: 'fi' }] }).thenRefused('decision-language-twice', { language: 'fi' });
    deciding({ translations: [sv, sv] }).thenRefused('decision-language-twice', { language: 'sv' });
    deciding({ translations: [sv] }).then([{ ...decided(), data: { ...decided().data, translations: [sv] } } as AllocationEvent]);
  });

  it('is paid in instalments that add up to it', () => {
    const plan = (...weights: number[]) => weights.map((weight, index) => ({ instalment: `i-${index}`, weight }));
    const paymentPlan = [
      { instalment: 'i-0', amount: 23_333 },
      { instalment: 'i-1', amount: 23_333 },
      { instalment: 'i-2', amount: 23_334 },
    ];
    deciding({ paymentPlan: plan(1, 1, 1) }).then([{ ...decided(), data: { ...decided().data, paymentPlan } } as AllocationEvent]);
    deciding({ paymentPlan: [] }).thenRefused('instalments-without-weight');
    deciding({ paymentPlan: plan(0, 0) }).thenRefused('instalments-without-weight');
    deciding({ paymentPlan: [...plan(1), ...plan(1)] }).thenRefused('instalment-twice', { instalment: 'i-0' });
  });

  it('that departs from its proposal says why, and no other does', () => {
    deciding({ amount: 69_999 }).thenRefused('departure-unsaid');
    deciding({ conditions: [] }).thenRefused('departure-unsaid');
    const { amount: _, purpose: _p, ...refusal } = { ...decide, outcome: 'refused' as const };
    given(set).knowing(known).when('DecideGrant', refusal, asDecider).thenRefused('departure-unsaid');
    deciding({ departure: 'x' }).thenRefused('departure-from-nothing');
    const data = { ...decided(69_999).data, departure: 'Määräraha' };
    deciding({ amount: 69_999, departure: 'Määräraha' }).then([{ type: 'GrantDecided', data } as AllocationEvent]);
  });

  it('never passes the appropriation, as it is now and as it will be', () => {
    const with_ = (...events: AllocationEvent[]) =>
      given(...events)
        .knowing(known)
        .when('DecideGrant', decide, { ...asDecider, at: '2026-12-01' });
    with_(setTo(70_000)).then([decided()]);
    with_(setTo(69_999)).thenRefused('appropriation-exceeded', { amount: 70_000, left: 69_999 });
    with_(setTo(139_999), other(70_000)).thenRefused('appropriation-exceeded', { amount: 70_000, left: 69_999 });
    with_(setTo(140_000), other(70_000)).then([decided()]);
    with_(setTo(140_000), adjustedTo(69_999, '2027-01-01')).thenRefused('appropriation-exceeded', { amount: 70_000, left: 69_999 });
    with_(setTo(69_999), adjustedTo(140_000, '2027-01-01')).thenRefused('appropriation-exceeded', { amount: 70_000, left: 69_999 });
    with_(setTo(139_999), other(70_000), {
      type: 'GrantReleased',
      data: { application: 'c--other-council', released: 1, ground: 'unused' },
    }).then([decided()]);
  });
});

describe('a presenter', () => {
  it('may dissent from the decision on what they presented, once', () => {
    const dissent = { application: key, dissent: 'Avustus olisi pitänyt evätä' };
    const dissented: AllocationEvent = { type: 'PresenterDissented', data: { ...dissent, presenter: 'person-presenter' } };
    given(set, decided()).knowing(known).when('DissentFromDecision', dissent, asPresenter).then([dissented]);
    given(set, decided(), dissented).knowing(known).when('DissentFromDecision', dissent, asPresenter).thenNothing();
    given(set, decided(), dissented)
      .knowing(known)
      .when('DissentFromDecision', { ...dissent, dissent: 'x' }, asPresenter)
      .thenRefused('dissented-already');
    given(set, decided()).knowing(known).when('DissentFromDecision', dissent, asDecider).thenRefused('dissent-by-presenter');
    given(set).knowing(known).when('DissentFromDecision', dissent, asPresenter).thenRefused('decision-unknown', { application: key });
  });
});

describe('a correction', () => {
  const correct = { application: key, ground: 'clerical-error', reason: 'Kirjoitusvirhe', deciderName: 'Risto Ratkaisija' } as const;
  const { deciderName, ...about } = correct;
  const corrected = (more: object): AllocationEvent => ({
    type: 'DecisionCorrected',
    data: { ...about, ...more, decider: 'person-decider', deciderName },
  });
  const correcting = (more: object, events: readonly AllocationEvent[] = [setTo(100_000), decided(50_000)]) =>
    given(...events)
      .knowing(known)
      .when('CorrectDecision', { ...correct, ...more }, asDecider);

  it('changes what it names and leaves the rest', () => {
    correcting({ purpose: 'Oikea tarkoitus' }).then([corrected({ purpose: 'Oikea tarkoitus' })]);
  });

  it('that was made already is not recorded again, and one that differs in anything is', () => {
    const plan = [{ instalment: 'whole', amount: 60_000 }];
    const raised = [setTo(100_000), decided(50_000), corrected({ amount: 60_000, paymentPlan: plan })];
    correcting({ amount: 60_000 }, raised).thenNothing();
    correcting({ amount: 60_000, paymentPlan: [{ instalment: 'whole', weight: 1 }] }, raised).thenNothing();
    correcting({ amount: 61_000 }, raised).then([corrected({ amount: 61_000, paymentPlan: [{ instalment: 'whole', amount: 61_000 }] })]);
    const later = { instalment: 'whole', plannedFor: '2002-03-01' };
    correcting({ amount: 60_000, paymentPlan: [{ ...later, weight: 1 }] }, raised).then([
      corrected({ amount: 60_000, paymentPlan: [{ ...later, amount: 60_000 }] }),
    ]);
    const named = [...raised, corrected({ purpose: 'Oikea tarkoitus' })];
    correcting({ purpose: 'Oikea tarkoitus' }, named).thenNothing();
    correcting({ purpose: 'Muu tarkoitus' }, named).then([corrected({ purpose: 'Muu tarkoitus' })]);
  });

  it('raises an amount within all ceilings, in the proportions of its plan', () => {
    correcting({ amount: 60_000 }).then([corrected({ amount: 60_000, paymentPlan: [{ instalment: 'whole', amount: 60_000 }] })]);
    correcting({ amount: 70_001 }).thenRefused('decision-amount-too-large', { amount: 70_001, largest: 70_000 });
    correcting({ amount: 60_000 }, [setTo(59_999), decided(50_000)]).thenRefused('appropriation-exceeded', { amount: 10_000, left: 9_999 });
    correcting({ amount: 49_999 }).thenRefused('correction-lowers', { amount: 49_999, decided: 50_000 });
    const released: AllocationEvent = { type: 'GrantReleased', data: { application: key, released: 1, ground: 'unused' } };
    correcting({ amount: 60_000 }, [setTo(100_000), decided(50_000), released]).thenRefused('correction-after-release');
  });

  it('turns a refusal into a grant by rectification or a court’s decision only', () => {
    const grant = { outcome: 'granted', amount: 60_000, purpose: 'Tarkoitus' };
    const events = [setTo(100_000), refused];
    correcting(grant, events).thenRefused('correction-turns-decision');
    correcting({ outcome: 'refused' }).thenRefused('correction-turns-decision');
    correcting({ outcome: 'refused', ground: 'rectification' }).thenRefused('correction-turns-decision');
    const rectified = { ground: 'rectification', ...grant };
    correcting(rectified, events).then([
      corrected({
        ...rectified,
        share: 7_000,
        shareOf: 'eligible-costs',
        periodOfUse: { from: '2027-01-01', to: '2027-12-31' },
        paymentPlan: [{ instalment: 'whole', amount: 60_000 }],
      }),
    ]);
    correcting({ ...rectified, amount: undefined }, events).thenRefused('decision-amount-missing');
    correcting({ ...rectified, purpose: undefined }, events).thenRefused('decision-purpose-missing');
    correcting(rectified, [setTo(59_999), refused]).thenRefused('appropriation-exceeded', { amount: 60_000, left: 59_999 });
    correcting({ amount: 60_000 }, events).thenRefused('decision-amount-without-grant');
  });

  it('is taken by who neither presented the decision nor is disqualified', () => {
    given(set, decided()).knowing(known).when('CorrectDecision', correct, asPresenter).thenRefused('decider-presented');
    given(set, decided())
      .knowing({ ...known, application: applicationWith({ disqualified: ['person-decider'] }) })
      .when('CorrectDecision', correct, asDecider)
      .thenRefused('decider-disqualified');
  });
});

describe('money that returns', () => {
  it('is never more than the decision binds', () => {
    const reduce = { application: key, reducedBy: 70_001, ground: 'change-of-plan', reason: 'r' } as const;
    const binding = given(set, decided(70_000)).knowing(known);
    binding.when('ReduceGrant', reduce).thenRefused('return-too-large', { amount: 70_001, committed: 70_000 });
    binding.when('ReduceGrant', { ...reduce, reducedBy: 70_000 }).then([{ type: 'GrantReduced', data: { ...reduce, reducedBy: 70_000 } }]);
    binding.when('ReduceGrant', { ...reduce, reducedBy: 0 }).thenNothing();
    const release = { application: key, released: 70_001, ground: 'declined' } as const;
    given(set, decided(70_000), { type: 'GrantReduced', data: { ...reduce, reducedBy: 1 } })
      .knowing(known)
      .when('ReleaseGrant', { application: key, ground: 'declined' })
      .then([{ type: 'GrantReleased', data: { ...release, released: 69_999 } }]);
    binding.when('ReleaseGrant', release).thenRefused('return-too-large', { amount: 70_001, committed: 70_000 });
    binding
      .when('ReleaseGrant', { ...release, released: 70_000 })
      .then([{ type: 'GrantReleased', data: { ...release, released: 70_000 } }]);
  });
});
