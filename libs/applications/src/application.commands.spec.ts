import { describe, expect, it } from '@jest/globals';
import { validated } from '#edge/validation';
import { AmendApplication, ReceiveApplication } from './application.commands.js';
import { AssessApplication, ProposeDecision } from './handling.commands.js';
import { CompareSelection } from './selection.commands.js';

const problemsOf = async (type: new () => object, content: object): Promise<readonly string[]> => {
  try {
    await validated(type, content);
  } catch (error) {
    return (error as { details: { problems: string[] } }).details.problems;
  }
  return [];
};
const received = {
  application: 'c--19',
  caseNumber: 'VM/1/2019',
  arrival: { channel: 'email', arrivedAt: '2019-10-15T13:14:00.000Z', evidence: 'x' },
};
const comparison = { call: 'c', applications: ['c--a', 'c--b'], breadth: 'x', diversity: 'x', complementarity: 'x', inhabitants: 1 };

describe('the validation of a command to an application', () => {
  it.each([
    ['what is right', ReceiveApplication, received, []],
    ['a call’s key for a matter', ReceiveApplication, { ...received, application: 'c-19' }, ['application: not-a-matter']],
    [
      'a day for the instant of arrival',
      ReceiveApplication,
      { ...received, arrival: { ...received.arrival, arrivedAt: '2019-10-15' } },
      ['arrival.arrivedAt: not-an-instant'],
    ],
    [
      'an arrival through this system',
      ReceiveApplication,
      { ...received, arrival: { ...received.arrival, channel: 'this-system' } },
      ['arrival.channel: not-a-choice'],
    ],
    [
      'an arrival without evidence',
      ReceiveApplication,
      { ...received, arrival: { channel: 'email', arrivedAt: received.arrival.arrivedAt } },
      ['arrival.evidence: not-a-text', 'arrival.evidence: text-length 2000'],
    ],
    [
      'half a cent',
      AmendApplication,
      { application: 'c--19', organisation: 'o', content: { eligibleCosts: [{ line: 'a', text: 'x', amount: 0.5 }] } },
      ['content.eligibleCosts.0.amount: not-cents'],
    ],
    [
      'version 0 of a plan',
      AmendApplication,
      { application: 'c--19', organisation: 'o', content: { planVersion: 0 } },
      ['content.planVersion: not-a-version'],
    ],
    [
      'a score of 101',
      AssessApplication,
      { application: 'c--19', criterion: 'breadth', score: 101, grounds: 'x' },
      ['score: count-too-large 100'],
    ],
    [
      'an empty condition',
      ProposeDecision,
      { application: 'c--19', outcome: 'refused', grounds: 'x', conditions: ['x', ' '] },
      ['conditions: text-length 20000'],
    ],
    ['matters', CompareSelection, comparison, []],
    ['what is no matter among them', CompareSelection, { ...comparison, applications: ['c--a', 'b'] }, ['applications: not-a-matter']],
  ])('of %s', async (_, type, content, problems) => {
    expect((await problemsOf(type, content)).toSorted()).toEqual(problems);
  });
});
