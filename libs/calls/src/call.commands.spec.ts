import { describe, expect, it } from '@jest/globals';
import { languages } from '#kernel/localized-text';
import { PlanCall, NameCallContact, ExtendCallDeadline } from './call.commands.js';
import { validated, problemsIn } from '#edge/validation';

const plan = { call: 'c', kind: 'pilot', names: { fi: 'n' }, organiser: 'm', goals: [{ sv: 'm' }], duties: [], terms: {} };
const problemsOf = async (type: new () => object, content: object): Promise<readonly string[]> => {
  try {
    await validated(type, content);
  } catch (error) {
    return (error as { details: { problems: string[] } }).details.problems;
  }
  return [];
};

describe('the validation of a command', () => {
  it('gives an instance of its class, with what is nested', async () => {
    expect(await validated(PlanCall, plan)).toBeInstanceOf(PlanCall);
    expect(await problemsOf(PlanCall, plan)).toEqual([]);
  });

  it.each([
    [{ call: 'Not A Key' }, 'call: not-a-key'],
    [{ call: undefined }, 'call: not-a-key'],
    [{ kind: 'party' }, 'kind: not-a-choice'],
    [{ names: {} }, 'names: text-missing'],
    [{ names: { fi: '' } }, 'names.fi: text-length 20000'],
    [{ names: { fi: '   ' } }, 'names.fi: text-length 20000'],
    [{ names: { fi: '\u200B' } }, 'names.fi: text-length 20000'],
    [{ names: { fi: 'a\u0000' } }, 'names.fi: text-characters'],
    [{ goals: [{ sv: 'a\u202Eb' }] }, 'goals.0.sv: text-characters'],
    [{ names: { fi: 'n', sv: 'n'.repeat(301) } }, 'names: text-length 300'],
    [{ goals: [{}] }, 'goals: text-missing'],
    [{ duties: [{ key: 'k', text: { fi: 'x' }, onlyPilots: 'yes' }] }, 'duties.0.onlyPilots: not-a-choice'],
    [{ terms: { closes: '15.10.2019' } }, 'terms.closes: not-an-instant-or-day'],
    [{ terms: { closes: '2019-10' } }, 'terms.closes: not-an-instant-or-day'],
    [{ terms: { closes: '2019-10-15T16:15:00+03:00' } }, 'terms.closes: not-an-instant-or-day'],
    [{ terms: { planComments: { from: '2019-02-30', to: '2019-10-04' } } }, 'terms.planComments.from: not-a-day'],
    [{ terms: { closes: '20199-10-15' } }, 'terms.closes: not-an-instant-or-day'],
    [{ terms: { closes: '0019-10-15' } }, 'terms.closes: year-out-of-range'],
    [{ terms: { opens: '2201-01-01T00:00:00.000Z' } }, 'terms.opens: year-out-of-range'],
    [{ terms: { reporting: { from: '1899-12-31', to: '2019-10-04' } } }, 'terms.reporting.from: year-out-of-range'],
    [{ terms: { largestShare: 10_001 } }, 'terms.largestShare: not-a-share'],
    [{ terms: { largestShare: 0.7 } }, 'terms.largestShare: not-a-share'],
    [{ goals: Array.from({ length: 101 }, () => ({ fi: 'x' })) }, 'goals: list-length'],
    [{ more: 1 }, 'more: unknown-field'],
  ])('names the field in %j', async (change, problem) => {
    expect(await problemsOf(PlanCall, { ...plan, ...change })).toContain(problem);
  });

  it('brings every text to its one spelling, in records, lists and other languages too', async () => {
    const typed = ' A\u0308\r\n';
    const content = { ...plan, names: { fi: typed, sv: typed }, goals: [{ en: typed }], duties: [{ key: 'k', text: { fi: typed } }] };
    expect(await validated(PlanCall, content)).toMatchObject({
      names: { fi: '\u00C4', sv: '\u00C4' },
      goals: [{ en: '\u00C4' }],
      duties: [{ text: { fi: '\u00C4' } }],
    });
    expect(await validated(NameCallContact, { call: 'c', contact: 'k', office: { fi: 'o' }, name: typed })).toMatchObject({
      name: '\u00C4',
    });
    expect(await validated(ExtendCallDeadline, { call: 'c', closes: '2019-10-15', reason: typed })).toMatchObject({ reason: '\u00C4' });
  });

  it('names every field that is wrong, not the first only', async () => {
    expect(await problemsOf(ExtendCallDeadline, { call: 'C', closes: 'soon', reason: '' })).toEqual([
      'call: not-a-key',
      'closes: not-an-instant-or-day',
      'reason: text-length 2000',
    ]);
    expect(await problemsOf(NameCallContact, { call: 'c', contact: 'k', office: { fi: 'o' }, email: 'nobody' })).toEqual([
      'email: not-an-email',
    ]);
  });

  it('says each problem in every language', async () => {
    const found = await problemsOf(PlanCall, { ...plan, call: 'C' });
    const said = languages.map((language) => problemsIn(language, found)[0]);
    expect(said).toEqual([
      expect.stringMatching(/^call: tunnuksessa/),
      expect.stringMatching(/^call: ett id/),
      expect.stringMatching(/^call: an id/),
    ]);
  });
});
