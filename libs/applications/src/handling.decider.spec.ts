import { describe, it } from '@jest/globals';
import type { DecideContext } from '#kernel/decider';
import { specOf } from '#kernel/decider.testing';
import { application } from './application.decider.js';
import { hashed } from './application-content.rules.js';
import {
  after,
  arrived,
  assessed,
  asPresenter,
  asRegistrar,
  asSignatory,
  byEmail,
  callWith,
  closes,
  content,
  key,
  known,
  lastInTime,
  lateAt,
  oneTooLate,
  open,
  organisation,
  revised,
  started,
  submittedAt,
  whose,
  type ApplicationEvent,
} from './application.testing.js';

const { given } = specOf(application);
const own = { application: key };
const at = (instant: string, who: Pick<DecideContext, 'actor'> = asPresenter): Partial<DecideContext> => ({ ...who, at: instant });
const here = (arrivedAt: string) => ({ channel: 'this-system', arrivedAt }) as const;
const [due, dueEnd, pastDue] = ['2019-10-27', '2019-10-27T21:59:59.999Z', '2019-10-27T22:00:00.000Z'];

const requested: ApplicationEvent = {
  type: 'SupplementRequested',
  data: { supplement: 's-1', asks: 'Talousarvio', due, presenter: 'person-presenter' },
};
const opened: ApplicationEvent = { type: 'HearingOpened', data: { hearing: 'h-1', concerns: 'Osuus', due, presenter: 'person-presenter' } };
const disqualified: ApplicationEvent = {
  type: 'DisqualificationRecorded',
  data: { person: 'person-presenter', grounds: 'Lähisukulainen' },
};
const proposal = { ...own, outcome: 'granted', amount: 70_000, grounds: 'Kattava', conditions: [] as string[] } as const;
const proposed: ApplicationEvent = {
  type: 'DecisionProposed',
  data: { presenter: 'person-presenter', outcome: 'granted', amount: 70_000, grounds: 'Kattava', conditions: [] },
};
const unproposed: ApplicationEvent = { type: 'DecisionProposalWithdrawn', data: { reason: 'Tarkistetaan' } };
const supplemented = (arrival: object, more: object, isLate = false) =>
  ({ type: 'ApplicationSupplemented', data: { supplement: 's-1', ...more, isLate, arrival } }) as ApplicationEvent;

describe('a supplement', () => {
  const request = { ...own, supplement: 's-1', asks: 'Talousarvio', due };
  const answer = { ...own, organisation, supplement: 's-1', text: 'Liitteenä' };

  it('is asked for by a day that has not passed, each under an id of its own', () => {
    given(...arrived)
      .knowing(known)
      .when('RequestSupplement', request, at(after))
      .then([requested]);
    given(...arrived)
      .knowing(known)
      .when('RequestSupplement', request, at(dueEnd))
      .then([requested]);
    given(...arrived)
      .knowing(known)
      .when('RequestSupplement', request, at(pastDue))
      .thenRefused('due-passed', { due });
    given(...arrived, requested)
      .knowing(known)
      .when('RequestSupplement', request, at(after))
      .thenRefused('asked-already', { id: 's-1' });
  });

  it('is in time until the end of its due day in Helsinki, across the change to winter time, and late a millisecond later', () => {
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', answer, at(dueEnd, asSignatory))
      .then([supplemented(here(dueEnd), { text: 'Liitteenä' })]);
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', answer, at(pastDue, asSignatory))
      .then([supplemented(here(pastDue), { text: 'Liitteenä' }, true)]);
    const arrival = byEmail(dueEnd);
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', { ...answer, arrival }, at('2019-10-28T08:00:00.000Z', asRegistrar))
      .then([{ ...supplemented(arrival, { text: 'Liitteenä' }), effectiveAt: dueEnd }]);
  });

  it('changes the application after the deadline, if it came in time; a late one is kept and changes nothing', () => {
    const next = { ...content, amount: 60_000, ownFunding: 30_000 };
    const propose = { ...proposal, amount: 60_001 };
    const inTime = supplemented(here(after), hashed(next));
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', { ...own, organisation, supplement: 's-1', content: next }, at(after, asSignatory))
      .then([inTime]);
    given(...arrived, requested, inTime)
      .knowing(known)
      .when('ProposeDecision', propose, at(pastDue))
      .thenRefused('proposed-amount-too-large', { amount: 60_001, largest: 60_000 });
    given(...arrived, assessed, requested, supplemented(here(pastDue), hashed(next), true))
      .knowing(known)
      .when('ProposeDecision', propose, at(pastDue))
      .then([{ ...proposed, data: { ...proposed.data, amount: 60_001 } }]);
  });

  it('answers what was asked, says something, and keeps the rules of money', () => {
    given(...arrived)
      .knowing(known)
      .when('SupplementApplication', answer, at(after, asSignatory))
      .thenRefused('not-asked', { id: 's-1' });
    given(...arrived)
      .knowing(known)
      .when('SupplementApplication', { ...answer, supplement: 'constructor' }, at(after, asSignatory))
      .thenRefused('not-asked', { id: 'constructor' });
    given(...arrived)
      .knowing(known)
      .when('RequestSupplement', { ...request, supplement: 'constructor' }, at(after))
      .then([{ type: 'SupplementRequested', data: { ...requested.data, supplement: 'constructor' } }]);
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', { ...own, organisation, supplement: 's-1' }, at(after, asSignatory))
      .thenRefused('supplement-empty');
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', { ...answer, content: { ...content, amount: 80_000, ownFunding: 10_000 } }, at(after, asSignatory))
      .thenRefused('amount-over-share');
    given(...arrived, requested)
      .knowing(known)
      .when('SupplementApplication', { ...answer, organisation: 'another' }, at(after, asSignatory))
      .thenRefused('application-unknown');
  });
});

describe('a hearing', () => {
  const open1 = { ...own, hearing: 'h-1', concerns: 'Osuus', due };
  const statement = { ...own, organisation, hearing: 'h-1', text: 'Lausumme' };

  it('is opened by a day that has not passed, and answered until its end', () => {
    given(...arrived)
      .knowing(known)
      .when('OpenHearing', open1, at(after))
      .then([opened]);
    given(...arrived)
      .knowing(known)
      .when('OpenHearing', open1, at(pastDue))
      .thenRefused('due-passed');
    given(...arrived, opened)
      .knowing(known)
      .when('OpenHearing', open1, at(after))
      .thenRefused('asked-already');
    given(...arrived, opened)
      .knowing(known)
      .when('GiveStatement', statement, at(dueEnd, asSignatory))
      .then([{ type: 'StatementGiven', data: { hearing: 'h-1', text: 'Lausumme', isLate: false, arrival: here(dueEnd) } }]);
    given(...arrived, opened)
      .knowing(known)
      .when('GiveStatement', statement, at(pastDue, asSignatory))
      .then([{ type: 'StatementGiven', data: { hearing: 'h-1', text: 'Lausumme', isLate: true, arrival: here(pastDue) } }]);
    given(...arrived)
      .knowing(known)
      .when('GiveStatement', statement, at(after, asSignatory))
      .thenRefused('not-asked', { id: 'h-1' });
  });
});

describe('what was said already', () => {
  const state = { ...own, organisation, hearing: 'h-1', text: 'Lausumme' };
  const answer = { ...own, organisation, supplement: 's-1', text: 'Liitteenä' };
  const stated = (isLate: boolean, text = 'Lausumme'): ApplicationEvent => ({
    type: 'StatementGiven',
    data: { hearing: 'h-1', text, isLate, arrival: here(isLate ? pastDue : after) },
  });
  const answered = supplemented(here(after), { text: 'Liitteenä' });

  it('is not recorded again, and does not get later by it', () => {
    for (const [now, isLate] of [
      [after, false],
      [pastDue, false],
      [pastDue, true],
    ] as const)
      given(...arrived, opened, stated(isLate))
        .knowing(known)
        .when('GiveStatement', state, at(now, asSignatory))
        .thenNothing();
    given(...arrived, requested, answered)
      .knowing(known)
      .when('SupplementApplication', answer, at(pastDue, asSignatory))
      .thenNothing();
    const assess = { ...own, criterion: 'breadth', score: 50, grounds: 'x' };
    const assessedSo: ApplicationEvent = {
      type: 'ApplicationAssessed',
      data: { criterion: 'breadth', score: 50, grounds: 'x', assessor: 'person-presenter' },
    };
    given(...arrived, assessedSo)
      .knowing(known)
      .when('AssessApplication', assess, at(after))
      .thenNothing();
    given(...arrived, assessedSo)
      .knowing(known)
      .when('AssessApplication', { ...assess, grounds: 'y' }, at(after))
      .then([{ ...assessedSo, data: { ...assessedSo.data, grounds: 'y' } }]);
  });

  it('is recorded where it is in time only now, says something else, or came another way', () => {
    given(...arrived, opened, stated(true))
      .knowing(known)
      .when('GiveStatement', state, at(after, asSignatory))
      .then([stated(false)]);
    given(...arrived, opened, stated(false))
      .knowing(known)
      .when('GiveStatement', { ...state, text: 'Muuta' }, at(after, asSignatory))
      .then([stated(false, 'Muuta')]);
    const arrival = byEmail(dueEnd);
    given(...arrived, requested, answered)
      .knowing(known)
      .when('SupplementApplication', { ...answer, arrival }, at('2019-10-28T08:00:00.000Z', asRegistrar))
      .then([{ ...supplemented(arrival, { text: 'Liitteenä' }), effectiveAt: dueEnd }]);
  });
});

describe('a disqualified person', () => {
  it('is recorded once: oneself, or whom the record names', () => {
    given(...arrived)
      .knowing(known)
      .when('RecordDisqualification', { ...own, grounds: 'Lähisukulainen' }, at(after))
      .then([disqualified]);
    given(...arrived, disqualified)
      .knowing(known)
      .when('RecordDisqualification', { ...own, grounds: 'Lähisukulainen' }, at(after))
      .thenNothing();
    given(...arrived)
      .knowing(known)
      .when('RecordDisqualification', { ...own, person: 'person-other', grounds: 'Jäsen' }, at(after))
      .then([{ type: 'DisqualificationRecorded', data: { person: 'person-other', grounds: 'Jäsen' } }]);
  });

  it('is recorded also while a decision is proposed, for its decider may be the one', () => {
    const decider = { actor: { id: 'person-decider', role: 'ministry-decider' } };
    given(...arrived, proposed)
      .knowing(known)
      .when('RecordDisqualification', { ...own, grounds: 'Lähisukulainen' }, at(after, decider))
      .then([{ type: 'DisqualificationRecorded', data: { person: 'person-decider', grounds: 'Lähisukulainen' } }]);
    given(started)
      .knowing(known)
      .when('RecordDisqualification', { ...own, grounds: 'x' }, at(after, decider))
      .thenRefused('application-unknown');
  });

  it('neither asks, hears, assesses nor presents; others do', () => {
    const told = given(...arrived, disqualified).knowing(known);
    const other = at(after, { actor: { id: 'person-other', role: 'ministry-presenter' } });
    told.when('RequestSupplement', { ...own, supplement: 's-1', asks: 'x', due }, at(after)).thenRefused('handler-disqualified');
    told.when('OpenHearing', { ...own, hearing: 'h-1', concerns: 'x', due }, at(after)).thenRefused('handler-disqualified');
    told
      .when('AssessApplication', { ...own, criterion: 'breadth', score: 50, grounds: 'x' }, at(after))
      .thenRefused('handler-disqualified');
    told.when('ProposeDecision', proposal, at(after)).thenRefused('handler-disqualified');
    given(...arrived, disqualified, { ...proposed, data: { ...proposed.data, presenter: 'person-other' } })
      .knowing(known)
      .when('WithdrawDecisionProposal', { ...own, reason: 'x' }, at(after))
      .thenRefused('handler-disqualified');
    told
      .when('AssessApplication', { ...own, criterion: 'breadth', score: 50, grounds: 'x' }, other)
      .then([{ type: 'ApplicationAssessed', data: { criterion: 'breadth', score: 50, grounds: 'x', assessor: 'person-other' } }]);
  });
});

describe('an assessment', () => {
  it('is by a criterion of the call, once the application cannot be amended any more', () => {
    const assess = { ...own, criterion: 'breadth', score: 50, grounds: 'x' };
    given(...arrived)
      .knowing(known)
      .when('AssessApplication', assess, at(lastInTime))
      .thenRefused('application-call-still-open', { closes });
    given(...arrived)
      .knowing(known)
      .when('AssessApplication', assess, at(oneTooLate))
      .then([{ type: 'ApplicationAssessed', data: { criterion: 'breadth', score: 50, grounds: 'x', assessor: 'person-presenter' } }]);
    given(...arrived)
      .knowing(known)
      .when('AssessApplication', { ...assess, criterion: 'beauty' }, at(after))
      .thenRefused('criterion-unknown', { criterion: 'beauty', known: ['breadth'] });
  });
});

describe('the proposal of a decision', () => {
  it('grants at most what is applied for, and the largest share of the eligible costs by the terms of the day', () => {
    given(...arrived, assessed)
      .knowing(known)
      .when('ProposeDecision', proposal, at(after))
      .then([proposed]);
    given(...arrived)
      .knowing(known)
      .when('ProposeDecision', { ...proposal, amount: 70_001 }, at(after))
      .thenRefused('proposed-amount-too-large', { amount: 70_001, largest: 70_000 });
    given(...arrived)
      .knowing({ ...known, call: callWith({ largestShare: 5_000 }) })
      .when('ProposeDecision', proposal, at(after))
      .thenRefused('proposed-amount-too-large', { amount: 70_000, largest: 50_000 });
    for (const amount of [0, undefined]) {
      const { amount: _, ...rest } = proposal;
      given(...arrived)
        .knowing(known)
        .when('ProposeDecision', { ...rest, ...(amount !== undefined && { amount }) }, at(after))
        .thenRefused('proposed-amount-missing');
    }
  });

  it('has no amount where nothing is granted, and grants nothing where the figures are not known', () => {
    given(...arrived)
      .knowing(known)
      .when('ProposeDecision', { ...proposal, outcome: 'refused' }, at(after))
      .thenRefused('proposed-amount-without-grant');
    const received: ApplicationEvent = { type: 'ApplicationReceived', data: { ...whose, arrival: byEmail(open), caseNumber: 'VM/1/2019' } };
    given(received).knowing(known).when('ProposeDecision', proposal, at(after)).thenRefused('proposed-figures-missing');
  });

  it('comes after the deadline of the call, and not while the applicant still has time to answer', () => {
    given(...arrived)
      .knowing(known)
      .when('ProposeDecision', proposal, at(lastInTime))
      .thenRefused('application-call-still-open', { closes });
    for (const asked of [requested, opened]) {
      given(...arrived, asked)
        .knowing(known)
        .when('ProposeDecision', proposal, at(dueEnd))
        .thenRefused('answer-awaited', { due });
      given(...arrived, assessed, asked)
        .knowing(known)
        .when('ProposeDecision', proposal, at(pastDue))
        .then([proposed]);
    }
    given(...arrived, assessed, requested, supplemented(here(after), { text: 'x' }))
      .knowing(known)
      .when('ProposeDecision', proposal, at(after))
      .then([proposed]);
  });

  it('comes after an assessment by every criterion of the call, unless it is inadmissible', () => {
    const two = { ...known, call: callWith({ criteria: ['breadth', 'network'].map((key) => ({ key, text: { fi: key } })) }) };
    const { amount: _, ...refusal } = { ...proposal, outcome: 'refused' as const };
    for (const outcome of [proposal, refusal]) {
      given(...arrived)
        .knowing(two)
        .when('ProposeDecision', outcome, at(after))
        .thenRefused('assessments-missing', { missing: ['breadth', 'network'] });
      given(...arrived, assessed, assessed)
        .knowing(two)
        .when('ProposeDecision', outcome, at(after))
        .thenRefused('assessments-missing', { missing: ['network'] });
    }
    given(...arrived, assessed, { ...assessed, data: { ...assessed.data, criterion: 'network' } } as ApplicationEvent)
      .knowing(two)
      .when('ProposeDecision', proposal, at(after))
      .then([proposed]);
  });

  it('finds a late application inadmissible, and one of who cannot apply, and nothing else', () => {
    const inadmissible = { ...own, outcome: 'inadmissible', grounds: 'x', conditions: [] as string[] } as const;
    const event = {
      type: 'DecisionProposed',
      data: { presenter: 'person-presenter', outcome: 'inadmissible', grounds: 'x', conditions: [] },
    } as const;
    const late = [started, revised, submittedAt(oneTooLate), lateAt(oneTooLate)];
    const ineligible: ApplicationEvent = {
      type: 'ApplicationReceived',
      data: { ...whose, arrival: byEmail(open), caseNumber: 'VM/1/2019', inadmissible: 'applicant-not-eligible', ...hashed(content) },
    };
    given(...late)
      .knowing(known)
      .when('ProposeDecision', proposal, at(after))
      .thenRefused('outcome-inadmissible-only', { ground: 'late' });
    given(ineligible)
      .knowing(known)
      .when('ProposeDecision', { ...inadmissible, outcome: 'refused' }, at(after))
      .thenRefused('outcome-inadmissible-only', { ground: 'applicant-not-eligible' });
    given(...late)
      .knowing(known)
      .when('ProposeDecision', inadmissible, at(after))
      .then([event]);
    given(ineligible).knowing(known).when('ProposeDecision', inadmissible, at(after)).then([event]);
  });

  it('stands once a decision fell: neither it nor the application changes any more', () => {
    const decided = { type: 'ApplicationDecided', data: {} } as const;
    given(...arrived, proposed)
      .when('RecordApplicationDecided', own)
      .then([decided]);
    const decidedOn = given(...arrived, proposed, decided).knowing(known);
    decidedOn.when('RecordApplicationDecided', own).thenNothing();
    decidedOn.when('WithdrawDecisionProposal', { ...own, reason: 'x' }, at(after)).thenRefused('application-decided');
    decidedOn.when('WithdrawApplication', { ...own, organisation, reason: 'x' }, at(after, asSignatory)).thenRefused('application-decided');
    decidedOn.when('ProposeDecision', proposal, at(after)).thenRefused('application-decided');
    given(...arrived, proposed, unproposed, decided)
      .knowing(known)
      .when('ProposeDecision', proposal, at(after))
      .thenRefused('application-decided');
  });

  it('locks the application until it is withdrawn', () => {
    const withdraw = { ...own, organisation, reason: 'x' };
    given(...arrived, proposed)
      .knowing(known)
      .when('WithdrawApplication', withdraw, at(after, asSignatory))
      .thenRefused('application-locked');
    given(...arrived, proposed)
      .knowing(known)
      .when('ProposeDecision', proposal, at(after))
      .thenRefused('application-locked');
    given(...arrived, proposed)
      .knowing(known)
      .when('WithdrawDecisionProposal', { ...own, reason: 'Tarkistetaan' }, at(after))
      .then([unproposed]);
    given(...arrived, proposed, unproposed)
      .knowing(known)
      .when('WithdrawApplication', withdraw, at(after, asSignatory))
      .then([{ type: 'ApplicationWithdrawn', data: { reason: 'x', arrival: here(after) } }]);
    given(...arrived)
      .knowing(known)
      .when('WithdrawDecisionProposal', { ...own, reason: 'x' }, at(after))
      .thenRefused('nothing-proposed');
  });
});

describe('what was asked by mistake', () => {
  const [farAway, soon] = ['2052-10-27', '2019-11-15'];
  const asking = { ...own, supplement: 's-2', asks: 'Talousarvio', due: farAway };
  const far: ApplicationEvent = {
    type: 'SupplementRequested',
    data: { supplement: 's-2', asks: 'Talousarvio', due: farAway, presenter: 'person-presenter' },
  };
  const mistake = { ...own, asked: 'supplement', id: 's-2', reason: 'Kirjoitusvirhe' } as const;
  const corrected: ApplicationEvent = {
    type: 'DueDayCorrected',
    data: { asked: 'supplement', id: 's-2', due: soon, reason: 'Kirjoitusvirhe' },
  };
  const gone: ApplicationEvent = { type: 'RequestWithdrawn', data: { asked: 'supplement', id: 's-2', reason: 'Kirjoitusvirhe' } };

  it('is asked about where its day is further away than one usually gives', () => {
    given(...arrived)
      .knowing(known)
      .when('RequestSupplement', asking, at(after))
      .thenRefused('due-far-away', { due: farAway, days: 90 });
    given(...arrived)
      .knowing(known)
      .when('RequestSupplement', { ...asking, isFarDayMeant: true }, at(after))
      .then([far]);
    given(...arrived)
      .knowing(known)
      .when('OpenHearing', { ...own, hearing: 'h', concerns: 'c', due: farAway }, at(after))
      .thenRefused('due-far-away');
    given(...arrived, far)
      .when('CorrectDueDay', { ...mistake, due: '2053-01-01' }, at(after))
      .thenRefused('due-far-away');
  });

  it('is corrected or withdrawn with a reason, and holds nothing up then', () => {
    const closed = callWith();
    given(...arrived, assessed, far)
      .knowing({ ...known, call: closed })
      .when('ProposeDecision', proposal, at(after))
      .thenRefused('answer-awaited');
    given(...arrived, far)
      .when('CorrectDueDay', { ...mistake, due: soon }, at(after))
      .then([corrected]);
    given(...arrived, far, corrected)
      .when('CorrectDueDay', { ...mistake, due: soon }, at(after))
      .thenNothing();
    given(...arrived, assessed, far, corrected)
      .knowing({ ...known, call: closed })
      .when('ProposeDecision', proposal, at('2019-11-15T22:00:00.000Z'))
      .then([proposed]);
    given(...arrived, far)
      .when('WithdrawRequest', mistake, at(after))
      .then([gone]);
    given(...arrived, far, gone)
      .when('WithdrawRequest', mistake, at(after))
      .thenNothing();
    given(...arrived, assessed, far, gone)
      .knowing({ ...known, call: closed })
      .when('ProposeDecision', proposal, at(after))
      .then([proposed]);
    const answer = { ...own, organisation, supplement: 's-2', text: 't' };
    given(...arrived, far, gone)
      .knowing(known)
      .when('SupplementApplication', answer, at(after, asSignatory))
      .thenRefused('not-asked');
  });

  it('stays as it was once it is answered, and where nothing was asked', () => {
    const answered = supplemented(here(after), { text: 't' });
    given(...arrived, requested, answered)
      .when('WithdrawRequest', { ...mistake, id: 's-1' }, at(after))
      .thenRefused('asked-and-answered', { id: 's-1' });
    given(...arrived)
      .when('CorrectDueDay', { ...mistake, due: soon }, at(after))
      .thenRefused('not-asked', { id: 's-2' });
  });
});

describe('an arrival that is shown later', () => {
  const email = { channel: 'email', arrivedAt: '2019-10-15T13:10:00.000Z', evidence: 'Palvelimen loki' } as const;
  const shown = (arrival: Omit<typeof email, 'arrivedAt'> & { readonly arrivedAt: string }, isLate = false): ApplicationEvent => ({
    type: 'EarlierArrivalRecorded',
    data: { arrival, isLate },
    effectiveAt: arrival.arrivedAt,
  });
  const late = [started, revised, submittedAt(oneTooLate), lateAt(oneTooLate)];

  it('counts where it is earlier: what was late on the record is in time', () => {
    given(...late)
      .knowing(known)
      .when('RecordEarlierArrival', { ...own, arrival: email }, at(after, asRegistrar))
      .then([shown(email)]);
    given(...late, shown(email))
      .knowing(known)
      .when('RecordEarlierArrival', { ...own, arrival: email }, at(after, asRegistrar))
      .thenNothing();
    given(...late, shown(email), assessed)
      .knowing(known)
      .when('ProposeDecision', proposal, at(after))
      .then([proposed]);
    const [stillLate] = [{ ...email, arrivedAt: '2019-10-15T13:15:00.001Z' } as const];
    given(started, revised, submittedAt('2019-10-16T09:00:00.000Z'), lateAt('2019-10-16T09:00:00.000Z'))
      .knowing(known)
      .when('RecordEarlierArrival', { ...own, arrival: stillLate }, at(after, asRegistrar))
      .then([shown(stillLate, true)]);
  });

  it('is refused where it is not earlier, and is never lost in silence', () => {
    const later = { ...email, arrivedAt: '2019-10-16T13:10:00.000Z' } as const;
    given(...late)
      .knowing(known)
      .when('RecordEarlierArrival', { ...own, arrival: later }, at(after, asRegistrar))
      .thenRefused('arrival-not-earlier');
    given(...late)
      .knowing(known)
      .when('ReceiveApplication', { ...own, caseNumber: 'VM/1', arrival: email }, at(after, asRegistrar))
      .thenRefused('arrival-on-record');
  });
});
