import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import type { ArrivedApplication } from './application.facts.js';
import { after, asPresenter, callWith, closes, lastInTime, open, whose } from './application.testing.js';
import { selection } from './selection.decider.js';

const { given } = specOf(selection);
const command = { call: 'c', applications: ['c--a', 'c--b'], breadth: 'x', diversity: 'x', complementarity: 'x', inhabitants: 500_000 };
const submitted: ArrivedApplication = {
  ...whose,
  stage: 'submitted',
  arrival: { channel: 'this-system', arrivedAt: open },
  saidAt: open,
  isLate: false,
  supplements: {},
  hearings: {},
  drafted: 0,
  disqualified: [],
  assessed: [],
  isDecided: false,
};
const knowing = (a: ArrivedApplication, b = submitted) =>
  given().knowing({
    call: callWith(),
    applications: new Map([
      ['c--a', a],
      ['c--b', b],
    ]),
  });
const { call: _, ...said } = command;
const compared = { type: 'SelectionCompared', data: { ...said, presenter: 'person-presenter' } } as const;
const closed = { ...asPresenter, at: after };

describe('the comparison of applications as a whole', () => {
  it('is of applications that were submitted in the call, after its deadline', () => {
    knowing(submitted).when('CompareSelection', command, closed).then([compared]);
    knowing(submitted)
      .when('CompareSelection', command, { ...asPresenter, at: lastInTime })
      .thenRefused('selection-call-still-open', { closes });
    knowing({ ...submitted, stage: 'withdrawn' })
      .when('CompareSelection', command, closed)
      .thenRefused('selection-of-others', { applications: ['c--a'] });
    knowing({ ...submitted, call: 'other' })
      .when('CompareSelection', command, closed)
      .thenRefused('selection-of-others', { applications: ['c--a'] });
    given()
      .knowing({ call: callWith(), applications: new Map() })
      .when('CompareSelection', { ...command, applications: [] }, closed)
      .thenRefused('selection-empty');
    knowing(submitted)
      .when('CompareSelection', { ...command, applications: ['c--a', 'c--a'] }, closed)
      .thenRefused('selection-twice', { application: 'c--a' });
  });

  it('is not made by who is disqualified in one of them', () => {
    knowing({ ...submitted, disqualified: ['person-presenter'] })
      .when('CompareSelection', command, closed)
      .thenRefused('selection-by-disqualified', { applications: ['c--a'] });
    knowing({ ...submitted, disqualified: ['person-other'] })
      .when('CompareSelection', command, closed)
      .then([compared]);
  });

  it('is made anew where it says something else', () => {
    const again = given(compared).knowing({
      call: callWith(),
      applications: new Map([
        ['c--a', submitted],
        ['c--b', submitted],
      ]),
    });
    again.when('CompareSelection', command, closed).thenNothing();
    again
      .when('CompareSelection', { ...command, inhabitants: 1 }, closed)
      .then([{ ...compared, data: { ...compared.data, inhabitants: 1 } }]);
  });
});
