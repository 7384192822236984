import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import type { DecideContext } from '#kernel/decider';
import { contentHash } from '#kernel/content-hash';
import { application } from './application.decider.js';
import { hashed } from './application-content.rules.js';
import {
  after,
  arrived,
  asRegistrar,
  asSignatory,
  byEmail,
  callWith,
  closes,
  content,
  council,
  key,
  known,
  lastInTime,
  lateAt,
  oneTooLate,
  open,
  organisation,
  revised,
  started,
  submitted,
  submittedAt,
  whose,
} from './application.testing.js';

const { given } = specOf(application);
const start = { application: key, region: '19', organisation } as const;
const submit = { application: key, organisation, signatoryName: 'Aino Esimerkki' };
const amend = { application: key, organisation, content: { ...content, ownFunding: 25_000, otherFunding: 0 } };
const withdraw = { application: key, organisation, reason: 'Emme toteuta hanketta' };
const receive = { application: key, caseNumber: 'VM/1/2019', organisation, region: '19' } as const;
const received = (arrivedAt: string, more: object = {}) =>
  ({
    type: 'ApplicationReceived',
    data: { ...whose, caseNumber: 'VM/1/2019', arrival: byEmail(arrivedAt), ...more },
    effectiveAt: arrivedAt,
  }) as const;
const amended = (arrival: object, signature: object = {}) => ({
  type: 'ApplicationAmended',
  data: { ...hashed(amend.content), arrival, ...signature },
});
const here = (arrivedAt: string) => ({ channel: 'this-system', arrivedAt }) as const;
const at = (instant: string, who = asSignatory): Partial<DecideContext> => ({ ...who, at: instant });
const perRegion = callWith({ applicationsPer: 'region' });

describe('a case number', () => {
  it('is refused where another application holds it', () => {
    given(...arrived)
      .knowing({ ...known, numbered: { application: 'c--other' } })
      .when('ReceiveApplication', receive, at(after, asRegistrar))
      .thenRefused('case-number-taken', { caseNumber: receive.caseNumber, application: 'c--other' });
  });
});

describe('a draft of an application', () => {
  it('is edited by part: what is not given stays, lines and parts go by their keys', () => {
    const part = (name: string, text: string) => ({ part: name, text });
    const draft = { ...content, parts: [part('summary', 'Tiivistelmä'), part('risks', 'Riskit')] };
    const drafted = given(started, { type: 'ApplicationRevised', data: { content: draft } }).knowing(known);
    const edit = { application: key, region: '19' } as const;
    const [first] = content.eligibleCosts;
    const revisedTo = (next: object) => [{ type: 'ApplicationRevised', data: { content: { ...draft, ...next } } }] as never;
    drafted.when('EditApplicationDraft', { ...edit, content: { income: 7 } }).then(revisedTo({ income: 7 }));
    drafted
      .when('EditApplicationDraft', { ...edit, content: { parts: [part('risks', 'Muutetut riskit'), part('new', 'Uusi')] } })
      .then(revisedTo({ parts: [draft.parts[0], part('risks', 'Muutetut riskit'), part('new', 'Uusi')] }));
    drafted
      .when('EditApplicationDraft', {
        ...edit,
        content: { eligibleCosts: [{ line: 'rooms', text: 'Tilat', amount: 5 }] },
        removed: { parts: ['summary'] },
      })
      .then(revisedTo({ eligibleCosts: [...content.eligibleCosts, { line: 'rooms', text: 'Tilat', amount: 5 }], parts: [draft.parts[1]] }));
    drafted
      .when('EditApplicationDraft', { ...edit, removed: { lines: [first?.line ?? ''] } })
      .then(revisedTo({ eligibleCosts: content.eligibleCosts.slice(1) }));
    drafted.when('EditApplicationDraft', { ...edit, content: { ...content }, removed: { parts: ['unknown'] } }).thenNothing();
    given(...arrived)
      .knowing(known)
      .when('EditApplicationDraft', edit)
      .thenRefused('application-submitted');
    drafted.when('EditApplicationDraft', { ...edit, region: '18' }).thenRefused('application-unknown');
  });

  it('is started once, in a published call, by an eligible applicant of the region', () => {
    given().knowing(known).when('StartApplication', start).then([started]);
    given(started).knowing(known).when('StartApplication', start).thenRefused('application-exists', { application: key });
    given(...arrived)
      .knowing(known)
      .when('StartApplication', start)
      .thenRefused('application-exists');
    for (const [stage, code] of [
      ['absent', 'unknown'],
      ['planned', 'unknown'],
      ['cancelled', 'unknown'],
      ['cancelled', 'cancelled'],
    ] as const) {
      given()
        .knowing({ ...known, call: { ...callWith(), stage, isPublished: code === 'cancelled' } })
        .when('StartApplication', start)
        .thenRefused(`application-call-${code}`, { call: 'c' });
    }
  });

  it('is one for each applicant, or for each region where the call says so: its key says which', () => {
    given()
      .knowing(known)
      .when('StartApplication', { ...start, application: 'c--19' })
      .thenRefused('application-misaddressed', { application: key });
    given()
      .knowing(known)
      .when('StartApplication', { ...start, application: 'c--another-council' })
      .thenRefused('application-misaddressed', { application: key });
    given()
      .knowing({ ...known, call: perRegion })
      .when('StartApplication', start)
      .thenRefused('application-misaddressed', { application: 'c--19' });
    given()
      .knowing({ ...known, call: perRegion })
      .when('StartApplication', { ...start, application: 'c--19' })
      .then([started]);
    given(started)
      .knowing({ ...known, call: perRegion, applicant: council })
      .when('StartApplication', { ...start, application: 'c--19', organisation: 'second-council' })
      .thenRefused('application-exists');
  });

  it('is not started by who cannot apply, is not registered, or works elsewhere', () => {
    given()
      .knowing({ ...known, applicant: { ...council, kind: 'municipality' } })
      .when('StartApplication', start)
      .thenRefused('applicant-not-eligible', { organisation, eligible: ['regional-council'] });
    given()
      .knowing({ ...known, applicant: { isRegistered: false } })
      .when('StartApplication', start)
      .thenRefused('applicant-unknown', { organisation });
    given()
      .knowing({ ...known, applicant: { ...council, region: '18' } })
      .when('StartApplication', start)
      .thenRefused('applicant-of-another-region', { organisation, region: '19' });
    const { region: _, ...ofNoRegion } = council;
    given()
      .knowing({ ...known, applicant: ofNoRegion })
      .when('StartApplication', start)
      .thenRefused('applicant-of-another-region', { organisation, region: '19' });
  });

  it.each([
    ['applicant-succeeded', { succession: { by: 'another-council', from: '2019-10-01' } }, { by: 'another-council' }],
    ['applicant-not-yet-registered', { since: '2019-10-02' }, { since: '2.10.2019 00.00' }],
  ])('is neither started nor submitted while its applicant is not there: %s', (code, more, details) => {
    const gone = { ...known, applicant: { ...council, ...more } };
    given().knowing(gone).when('StartApplication', start, { at: open }).thenRefused(code, details);
    given(started, revised).knowing(gone).when('SubmitApplication', submit, at(open)).thenRefused(code, details);
  });

  it('is received from an applicant that was succeeded, and is then inadmissible', () => {
    const toReceive = { ...receive, arrival: byEmail(open) };
    const from = (day: string) => ({ ...known, applicant: { ...council, since: '2019-10-15', succession: { by: 'x', from: day } } });
    given()
      .knowing(from('2019-10-02'))
      .when('ReceiveApplication', toReceive, at(after, asRegistrar))
      .then([received(open)]);
    given()
      .knowing(from('2019-10-01'))
      .when('ReceiveApplication', toReceive, at(after, asRegistrar))
      .then([received(open, { inadmissible: 'applicant-not-eligible' })]);
  });

  it('is revised, gaps and all; the same again changes nothing', () => {
    const gaps = {
      amount: 70_000,
      parts: [
        { part: 'summary', text: 'Tiivistelmä' },
        { part: 'prices', text: 'Tarjoukset', secretBecause: 'Liikesalaisuus' },
      ],
    };
    const event = {
      type: 'ApplicationRevised',
      data: {
        content: {
          amount: 70_000,
          parts: [
            { part: 'summary', text: 'Tiivistelmä' },
            { part: 'prices', secretText: 'Tarjoukset', secretBecause: 'Liikesalaisuus' },
          ],
        },
      },
    } as const;
    given(started).knowing(known).when('ReviseApplication', { application: key, region: '19', content: gaps }).then([event]);
    given(started, event).knowing(known).when('ReviseApplication', { application: key, region: '19', content: gaps }).thenNothing();
    given(...arrived)
      .knowing(known)
      .when('ReviseApplication', { application: key, region: '19', content: gaps })
      .thenRefused('application-submitted');
  });

  it('is not there at all for another region or another organisation', () => {
    const refusals = [[], [started]].map((events) =>
      given(...events)
        .knowing(known)
        .when('ReviseApplication', { application: key, region: '18', content }),
    );
    for (const refusal of refusals) refusal.thenRefused('application-unknown', { application: key });
    for (const events of [[], [started, revised]])
      given(...events)
        .knowing(known)
        .when('SubmitApplication', { ...submit, organisation: 'another' })
        .thenRefused('application-unknown', { application: key });
    for (const events of [[], [started, revised]])
      given(...events)
        .knowing(known)
        .when('RequestSupplement', { application: key, supplement: 's', asks: 'x', due: '2030-01-01' })
        .thenRefused('application-unknown', { application: key });
  });
});

describe('an application', () => {
  it('is submitted as the draft stands, with the hash of its content, and its signatory apart', () => {
    given(started, revised).knowing(known).when('SubmitApplication', submit, at(open)).then([submitted]);
    const { data } = submitted as { data: { contentHash: string } };
    expect(data.contentHash).toBe(contentHash(content));
    expect(contentHash({ ...content, amount: 1 })).not.toBe(data.contentHash);
    given(...arrived)
      .knowing(known)
      .when('SubmitApplication', submit, at(open))
      .thenRefused('application-submitted');
  });

  it('is submitted complete: its figures, and the version of its plan', () => {
    given(started)
      .knowing(known)
      .when('SubmitApplication', submit, at(open))
      .thenRefused('application-incomplete', {
        missing: ['planVersion', 'eligibleCosts', 'income', 'ownFunding', 'otherFunding', 'amount'],
      });
    const { income: _, ...gap } = content;
    given(started, { type: 'ApplicationRevised', data: { content: gap } })
      .knowing(known)
      .when('SubmitApplication', submit, at(open))
      .thenRefused('application-incomplete', { missing: ['income'] });
    given(started, { type: 'ApplicationRevised', data: { content: { ...content, planVersion: 3 } } })
      .knowing(known)
      .when('SubmitApplication', submit, at(open))
      .thenRefused('plan-version-unknown', { version: 3 });
  });

  it('asks for a share of what income leaves uncovered, where the call says so', () => {
    const lessIncome = { ...known, call: callWith({ shareOf: 'eligible-costs-less-income' }) };
    const asks = (amount: number) => ({ ...content, amount, ownFunding: 90_000 - amount });
    const drafted = (amount: number) =>
      given(started, { type: 'ApplicationRevised', data: { content: asks(amount) } })
        .knowing(lessIncome)
        .when('SubmitApplication', submit, at(open));
    const arrival = { channel: 'this-system', arrivedAt: open } as const;
    const signed = { person: 'person-signatory', signatory: 'Aino Esimerkki' };
    drafted(66_501).thenRefused('amount-over-share', { amount: 66_501, largest: 66_500 });
    drafted(66_500).then([{ type: 'ApplicationSubmitted', data: { ...hashed(asks(66_500)), arrival, ...signed } }]);
  });

  it.each([
    ['what adds up', {}, undefined, {}],
    ['a cent too much funding', { ownFunding: 20_001 }, 'funding-does-not-add-up', { costs: '100000', funding: '100001' }],
    ['own funding that is income', { income: 0, ownFunding: 20_000 }, 'funding-does-not-add-up', { costs: '100000', funding: '95000' }],
    ['a cent more than the share', { amount: 70_001, ownFunding: 19_999 }, 'amount-over-share', { amount: 70_001, largest: 70_000 }],
    [
      'a share of a cent, rounded down',
      { eligibleCosts: [{ line: 'a', text: 'x', amount: 10_001 }], income: 0, otherFunding: 0, ownFunding: 3_000, amount: 7_001 },
      'amount-over-share',
      { amount: 7_001, largest: 7_000 },
    ],
    ['nothing at all', { amount: 0, ownFunding: 90_000 }, 'amount-zero', {}],
    ['a line twice', { eligibleCosts: [content.eligibleCosts[0], content.eligibleCosts[0]] }, 'cost-line-twice', { line: 'salaries' }],
    [
      'more than can be computed',
      {
        eligibleCosts: [
          { line: 'a', text: 'x', amount: Number.MAX_SAFE_INTEGER },
          { line: 'b', text: 'x', amount: 1 },
        ],
      },
      'costs-too-large',
      {},
    ],
  ])('is submitted by the rules of money: %s', (_, change, code, details) => {
    const draft = { type: 'ApplicationRevised', data: { content: { ...content, ...change } } } as typeof revised;
    const outcome = given(started, draft).knowing(known).when('SubmitApplication', submit, at(open));
    if (code === undefined) outcome.then([submitted]);
    else outcome.thenRefused(code, details);
  });

  it('is submitted from the opening on, and by who may apply at that time', () => {
    given(started, revised)
      .knowing(known)
      .when('SubmitApplication', submit, at('2019-08-19T20:59:59.999Z'))
      .thenRefused('application-call-not-open', { opens: '20.8.2019 00.00' });
    given(started, revised)
      .knowing(known)
      .when('SubmitApplication', submit, at('2019-08-19T21:00:00.000Z'))
      .then([submittedAt('2019-08-19T21:00:00.000Z')]);
    given(started, revised)
      .knowing({ ...known, call: callWith({ eligibleApplicants: ['government-of-aland'] }) })
      .when('SubmitApplication', submit, at(open))
      .thenRefused('applicant-not-eligible');
  });

  it('is in time at 16.15.00.000, and late one millisecond later: recorded, not dropped', () => {
    given(started, revised)
      .knowing(known)
      .when('SubmitApplication', submit, at(lastInTime))
      .then([submittedAt(lastInTime)]);
    given(started, revised)
      .knowing(known)
      .when('SubmitApplication', submit, at(oneTooLate))
      .then([submittedAt(oneTooLate), lateAt(oneTooLate)]);
  });

  it('is in time by the terms, whether or not the closing was recorded', () => {
    const closed = { ...callWith(), stage: 'closed' } as const;
    given(started, revised)
      .knowing({ ...known, call: closed })
      .when('SubmitApplication', submit, at(lastInTime))
      .then([submittedAt(lastInTime)]);
  });

  it('is in time at 16.15 of winter time, in a round that crosses the change of 27 October 2019', () => {
    const [last, next] = ['2019-10-29T14:15:00.000Z', '2019-10-29T14:15:00.001Z'];
    const extended = { ...known, call: callWith({ closes: last }) };
    given(started, revised)
      .knowing(extended)
      .when('SubmitApplication', submit, at(last))
      .then([submittedAt(last)]);
    given(started, revised)
      .knowing(extended)
      .when('SubmitApplication', submit, at(next))
      .then([submittedAt(next), lateAt(next, last)]);
    const wholeDay = { ...known, call: callWith({ closes: '2019-10-27' }) };
    given(started, revised)
      .knowing(wholeDay)
      .when('SubmitApplication', submit, at('2019-10-27T21:59:59.999Z'))
      .then([submittedAt('2019-10-27T21:59:59.999Z')]);
    given(started, revised)
      .knowing(wholeDay)
      .when('SubmitApplication', submit, at('2019-10-27T22:00:00.000Z'))
      .then([submittedAt('2019-10-27T22:00:00.000Z'), lateAt('2019-10-27T22:00:00.000Z', '2019-10-27T21:59:59.999Z')]);
  });
});

describe('an application that came another way', () => {
  const nextMorning = '2019-10-16T06:00:00.000Z';

  it('by e-mail at 16.14 is in time, though it is registered the next morning; a millisecond after 16.15 it is late', () => {
    const inTime = '2019-10-15T13:14:00.000Z';
    given()
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(inTime), content }, at(nextMorning, asRegistrar))
      .then([received(inTime, hashed(content))]);
    given()
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(oneTooLate) }, at(nextMorning, asRegistrar))
      .then([received(oneTooLate), lateAt(oneTooLate)]);
  });

  it('is recorded with what it says only where that keeps the rules', () => {
    given()
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open), content: { ...content, amount: 1 } }, at(after, asRegistrar))
      .thenRefused('funding-does-not-add-up');
    const signed = { person: `${key}--signatory`, signatory: 'Aino Esimerkki' };
    given()
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open), signatoryName: 'Aino Esimerkki' }, at(after, asRegistrar))
      .then([received(open, signed)]);
  });

  it('has not arrived in the future, and says how it came and whose it is', () => {
    given()
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail('2019-10-16T06:00:00.001Z') }, at(nextMorning, asRegistrar))
      .thenRefused('arrival-in-future', { arrivedAt: '16.10.2019 09.00' });
    given()
      .knowing(known)
      .when('ReceiveApplication', { application: key, caseNumber: 'VM/1/2019' }, at(nextMorning, asRegistrar))
      .thenRefused('arrival-missing', { missing: ['organisation', 'region', 'arrival'] });
  });

  it('takes the place of a draft, and then stands for the one application', () => {
    given(started)
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .then([received(open)]);
    given(received(open)).knowing(known).when('StartApplication', start).thenRefused('application-exists');
    given(received(open))
      .knowing(known)
      .when('ReceiveApplication', { ...receive, caseNumber: 'VM/2/2019', arrival: byEmail(open) }, at(after, asRegistrar))
      .thenRefused('case-number-given', { caseNumber: 'VM/1/2019' });
  });

  it('of one who cannot apply is recorded with that mark, under the applicant’s own key', () => {
    const municipality = { ...known, applicant: { isRegistered: true, kind: 'municipality', region: '19' } } as const;
    const mark = { inadmissible: 'applicant-not-eligible' } as const;
    given()
      .knowing(municipality)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .then([received(open, mark)]);
    given()
      .knowing({ ...municipality, call: perRegion })
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .then([received(open, mark)]);
    given()
      .knowing({ ...municipality, call: perRegion })
      .when('ReceiveApplication', { ...receive, application: 'c--19', arrival: byEmail(open) }, at(after, asRegistrar))
      .thenRefused('application-misaddressed', { application: key });
  });

  it('for a region that has one already is recorded beside it, with that mark', () => {
    const ofRegion = {
      stage: 'submitted',
      ...whose,
      applicant: 'first-council',
      arrival: here(open),
      saidAt: open,
      isLate: false,
      supplements: {},
      hearings: {},
      drafted: 0,
      disqualified: [],
      assessed: [],
      isDecided: false,
    } as const;
    const second = { ...known, call: perRegion, ofRegion } as const;
    given()
      .knowing(second)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .then([received(open, { inadmissible: 'region-has-an-application' })]);
    given()
      .knowing({ ...second, ofRegion: { ...ofRegion, applicant: organisation } })
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .thenRefused('application-misaddressed', { application: 'c--19' });
    given()
      .knowing({ ...second, ofRegion: { stage: 'absent' } })
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .thenRefused('application-misaddressed', { application: 'c--19' });
  });
});

describe('a submitted application', () => {
  const numbered = { type: 'ApplicationReceived', data: { ...whose, arrival: here(open), caseNumber: 'VM/1/2019' } } as const;

  it('is registered under a case number, once, by the instant at which it was submitted', () => {
    given(...arrived)
      .knowing(known)
      .when('ReceiveApplication', { application: key, caseNumber: 'VM/1/2019' }, at(after, asRegistrar))
      .then([numbered]);
    given(...arrived, numbered)
      .knowing(known)
      .when('ReceiveApplication', { application: key, caseNumber: 'VM/1/2019' }, at(after, asRegistrar))
      .thenNothing();
    given(...arrived, numbered)
      .knowing(known)
      .when('ReceiveApplication', { application: key, caseNumber: 'VM/2/2019' }, at(after, asRegistrar))
      .thenRefused('case-number-given', { caseNumber: 'VM/1/2019' });
    given(...arrived)
      .knowing(known)
      .when('ReceiveApplication', { ...receive, arrival: byEmail(open) }, at(after, asRegistrar))
      .thenRefused('arrival-on-record');
  });

  it('is amended until the deadline and not a millisecond longer', () => {
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', amend, at(lastInTime))
      .then([amended(here(lastInTime)) as never]);
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', amend, at(oneTooLate))
      .thenRefused('application-deadline-passed', { closes });
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', { ...amend, content }, at(open))
      .thenNothing();
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', { ...amend, content: { ...content, amount: 70_001, ownFunding: 19_999 } }, at(open))
      .thenRefused('amount-over-share');
  });

  it('is amended by what came another way before the deadline, whenever that is recorded', () => {
    const arrival = byEmail('2019-10-15T13:14:00.000Z');
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', { ...amend, arrival, signatoryName: 'Eino Esimerkki' }, at(after, asRegistrar))
      .then([
        { ...amended(arrival, { person: `${key}--signatory`, signatory: 'Eino Esimerkki' }), effectiveAt: arrival.arrivedAt } as never,
      ]);
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', { ...amend, arrival: byEmail(oneTooLate) }, at(after, asRegistrar))
      .thenRefused('application-deadline-passed');
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', amend, at(open, asRegistrar))
      .thenRefused('arrival-missing', { missing: ['arrival'] });
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', { ...amend, arrival }, at(after))
      .thenRefused('arrival-by-registrar');
    given(...arrived)
      .knowing(known)
      .when('AmendApplication', { ...amend, signatoryName: 'Aino Esimerkki' }, at(open))
      .then([amended(here(open), { person: 'person-signatory', signatory: 'Aino Esimerkki' }) as never]);
  });

  it('says what arrived last, in whatever order it is recorded', () => {
    const later = amended(here('2019-10-10T09:00:00.000Z')) as never;
    const earlier = { ...content, amount: 60_000, ownFunding: 30_000 };
    const byPost = {
      type: 'ApplicationAmended',
      data: { ...hashed(earlier), arrival: byEmail('2019-10-09T09:00:00.000Z') },
      effectiveAt: '2019-10-09T09:00:00.000Z',
    } as const;
    given(...arrived, later, byPost)
      .knowing(known)
      .when('AmendApplication', amend, at(lastInTime))
      .thenNothing();
    given(...arrived, byPost, later)
      .knowing(known)
      .when('AmendApplication', amend, at(lastInTime))
      .thenNothing();
    given(...arrived, byPost)
      .knowing(known)
      .when('AmendApplication', { ...amend, content: earlier }, at(lastInTime))
      .thenNothing();
  });

  it('is withdrawn by its applicant, for good', () => {
    const withdrawn = { type: 'ApplicationWithdrawn', data: { reason: withdraw.reason, arrival: here(after) } } as const;
    given(...arrived)
      .knowing(known)
      .when('WithdrawApplication', withdraw, at(after))
      .then([withdrawn]);
    given(...arrived, withdrawn)
      .knowing(known)
      .when('WithdrawApplication', withdraw, at(after))
      .thenNothing();
    given(...arrived, withdrawn)
      .knowing(known)
      .when('AmendApplication', amend, at(open))
      .thenRefused('application-withdrawn');
    given(...arrived, withdrawn)
      .knowing(known)
      .when('StartApplication', start)
      .thenRefused('application-exists');
    given(started, revised).knowing(known).when('WithdrawApplication', withdraw, at(open)).thenRefused('application-unknown');
    given(...arrived)
      .knowing(known)
      .when('WithdrawApplication', { ...withdraw, organisation: 'another' }, at(open))
      .thenRefused('application-unknown');
  });
});
