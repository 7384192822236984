import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { TestServer } from './server.testing.js';

const region = 'R19';
const wave = {
  survey: 'spring',
  names: { fi: 'Kevään kysely', sv: 'Vårens enkät' },
  regions: [region, 'R12'],
  respondents: 'BOTH',
  languages: ['FI', 'SE', 'SMN'],
  period: { from: '2026-04-01', to: '2026-05-31' },
};
const need = {
  survey: 'spring',
  region,
  municipality: '148',
  audience: 'OLDER_PEOPLE',
  topic: 'DEVICES',
  volume: 60,
  unit: 'HOURS_PER_MONTH',
};
const communication = {
  region,
  communication: 'campaign',
  names: { fi: 'Digituki lähellä 👋' },
  channel: 'NEWSPAPER',
  languages: ['FI'],
  audiences: ['EVERYONE'],
  on: '2026-06-01',
};
const period = { from: '2026-01-01', to: '2026-06-30' };
const guided = { region, indicator: 'guided', version: 1, period, value: 402, basis: 'COUNTED' };
const text = { fi: 'Teksti', sv: 'Text' };

describe('what a region knows of its support, over GraphQL', () => {
  let server: TestServer;
  const clock = new ManualClock('2026-09-01T08:00:00Z');
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    for (const role of ['agency-coordinator', 'agency-analyst', 'ministry-registrar']) tokens[role] = await server.token(role, {}, '1y');
    for (const code of ['19', '12']) tokens[code] = await server.token('regional-coordinator', { region: code }, '1y');
  });
  afterAll(() => server.stop());

  const sent = async (mutation: string, input: object, by: string) => {
    const { data, errors } = await server.command(mutation, input, tokens[by]);
    expect(errors).toEqual([]);
    return (data[mutation] as { position: string }).position;
  };
  const refused = async (mutation: string, input: object, by: string, language = 'en') => {
    const { errors } = await server.command(mutation, input, tokens[by], { language });
    return errors[0] && { code: errors[0].extensions.code, message: errors[0].message, details: errors[0].extensions.details };
  };
  const ask = async (query: string, by?: string, variables: object = {}) => {
    const { data, errors } = await server.ask(query, { variables, ...(by && { token: tokens[by] as string }) });
    expect(errors).toEqual([]);
    return data;
  };

  it('shows need against supply by municipality, with a ratio where the unit is one', async () => {
    await sent('publishSurveyWave', wave, 'agency-coordinator');
    await sent('recordNeed', need, '19');
    await sent('recordNeed', { ...need, audience: 'IMMIGRANTS', unit: 'PEOPLE_PER_MONTH', volume: 3 }, '19');
    await sent(
      'recordSupply',
      { survey: 'spring', region, municipality: '148', form: 'NEAR', capacity: 30, unit: 'HOURS_PER_MONTH' },
      '19',
    );
    const after = await sent(
      'recordSupply',
      { survey: 'spring', region, municipality: '047', form: 'REMOTE', capacity: 8, unit: 'CONTACTS_PER_MONTH' },
      '19',
    );
    const { region: found } = await ask(
      `query ($after: Position) { region(code: R19, after: $after) {
        needAndSupply { municipality { name { fi } } needs { audience unit volume isSuppressed } supplies { form capacity } balances { unit need supply ratio noRatio } }
      } }`,
      undefined,
      { after },
    );
    expect(found.needAndSupply).toEqual([
      {
        municipality: { name: { fi: 'Enontekiö' } },
        needs: [],
        supplies: [{ form: 'REMOTE', capacity: 8 }],
        balances: [{ unit: 'CONTACTS_PER_MONTH', need: null, supply: 8, ratio: null, noRatio: 'NO_NEED' }],
      },
      {
        municipality: { name: { fi: 'Inari' } },
        needs: [
          { audience: 'OLDER_PEOPLE', unit: 'HOURS_PER_MONTH', volume: 60, isSuppressed: false },
          { audience: 'IMMIGRANTS', unit: 'PEOPLE_PER_MONTH', volume: null, isSuppressed: true },
        ],
        supplies: [{ form: 'NEAR', capacity: 30 }],
        balances: [
          { unit: 'HOURS_PER_MONTH', need: 60, supply: 30, ratio: 0.5, noRatio: null },
          { unit: 'PEOPLE_PER_MONTH', need: null, supply: null, ratio: null, noRatio: 'NO_SUPPLY' },
        ],
      },
    ]);
    expect((await ask('{ region(code: R19) { needAndSupply { needs { volume } } } }', '19')).region.needAndSupply[1].needs[1]).toEqual({
      volume: 3,
    });
  });

  it('suppresses few answers in a language, and the next fewest with them, but not to those who work with them', async () => {
    const rate = { survey: 'spring', region, group: 'SUPPORT_RECIPIENTS' };
    await sent('reportSurveyResponseRate', { ...rate, invited: 300, answered: 111 }, '19');
    for (const [language, answered] of [
      ['FI', 100],
      ['SE', 8],
      ['SMN', 3],
    ] as const)
      await sent('reportSurveyResponseRate', { ...rate, language, answered }, '19');
    const after = await sent('concludeSurvey', { survey: 'spring', findings: text }, 'agency-coordinator');
    const query = `query ($after: Position) { region(code: R19, after: $after) { surveys { id findings { fi } responses { language answered rate isSuppressed } } } }`;
    const { region: found } = await ask(query, undefined, { after });
    expect(found.surveys).toEqual([
      {
        id: 'spring',
        findings: { fi: 'Teksti' },
        responses: [
          { language: null, answered: 111, rate: 0.37, isSuppressed: false },
          { language: 'FI', answered: 100, rate: null, isSuppressed: false },
          { language: 'SE', answered: null, rate: null, isSuppressed: true },
          { language: 'SMN', answered: null, rate: null, isSuppressed: true },
        ],
      },
    ]);
    const counts = async (by: string) =>
      (await ask(query, by)).region.surveys[0].responses.map(({ answered }: { answered: number | null }) => answered);
    expect(await counts('agency-analyst')).toEqual([111, 100, 8, 3]);
    expect(await counts('19')).toEqual([111, 100, 8, 3]);
    expect(await counts('12')).toEqual([111, 100, null, null]);
  });

  it('tells whom communication reached, what it said before, and what is done', async () => {
    await sent('publishCommunication', communication, '19');
    await sent('publishCommunication', { ...communication, reach: 12_000, reachFrom: 'Levikki' }, '19');
    await sent(
      'agreeDevelopmentAction',
      {
        region,
        action: 'north',
        names: { fi: 'Kiertävä digituki' },
        forms: ['NEAR'],
        municipalities: ['148'],
        survey: 'spring',
        responsible: 'council-19',
        by: '2026-08-31',
        effectiveAt: '2026-06-10',
      },
      '19',
    );
    const after = await sent('publishCommunication', { ...communication, reach: 11_000, reachFrom: 'Levikki' }, '19');
    const { region: found } = await ask(
      `query ($after: Position) { region(code: R19, after: $after) {
        communications { name { text } isPublished reach reaches { reach } } reach { channel published known reach }
        developmentActions { name { fi } isOverdue completedAt responsible { name { fi } } municipalities { code } }
      } }`,
      undefined,
      { after },
    );
    expect(found).toEqual({
      communications: [
        { name: { text: 'Digituki lähellä 👋' }, isPublished: true, reach: 11_000, reaches: [{ reach: 12_000 }, { reach: 11_000 }] },
      ],
      reach: [{ channel: 'NEWSPAPER', published: 1, known: 1, reach: 11_000 }],
      developmentActions: [
        {
          name: { fi: 'Kiertävä digituki' },
          isOverdue: true,
          completedAt: null,
          responsible: { name: { fi: 'Lapin liitto' } },
          municipalities: [{ code: '148' }],
        },
      ],
    });
  });

  it('has its self-evaluation with feedback and improvements: its own until it is submitted, its evidence afterwards', async () => {
    const framework = 'digital-support';
    await sent('draftEvaluationFramework', { framework, names: text, coAuthors: ['council-19'] }, 'agency-coordinator');
    const levels = [1, 2].map((level) => ({ level, text }));
    await sent(
      'publishEvaluationFramework',
      { framework, names: text, criteria: [{ key: 'network', text }], levels, inForceFrom: '2026-09-01' },
      'agency-coordinator',
    );
    const own = { region, evaluation: 'autumn' };
    await sent('startSelfEvaluation', { ...own, framework, period }, '19');
    const drafted = await sent('selfAssessCriterion', { ...own, criterion: 'network', level: 2, evidence: 'Pöytäkirjat' }, '19');
    const query = `query ($after: Position) { region(code: R19, after: $after) {
      selfEvaluations { submittedAt } selfEvaluation { framework version assessments { criterion { key } level { level } evidence } feedback { text } improvements { id by completedAt outcome } }
    } }`;
    expect((await ask(query, undefined, { after: drafted })).region).toEqual({ selfEvaluations: [], selfEvaluation: null });
    expect((await ask(query, '12')).region.selfEvaluations).toEqual([]);
    expect((await ask(query, '19')).region.selfEvaluations).toEqual([{ submittedAt: null }]);
    await sent('submitSelfEvaluation', own, '19');
    await sent('giveFeedback', { ...own, feedback: 'first', text: 'Hyvä alku' }, 'agency-coordinator');
    await sent('agreeImprovement', { ...own, improvement: 'towns', text: 'Pienet kunnat', by: '2026-12-31' }, '19');
    const after = await sent('completeImprovement', { ...own, improvement: 'towns', outcome: 'Mukana' }, '19');
    const evaluation = {
      framework,
      version: 1,
      assessments: [{ criterion: { key: 'network' }, level: { level: 2 }, evidence: null }],
      feedback: [{ text: 'Hyvä alku' }],
      improvements: [{ id: 'towns', by: '2026-12-31', completedAt: '2026-09-01T08:00:00Z', outcome: 'Mukana' }],
    };
    expect((await ask(query, undefined, { after })).region.selfEvaluation).toEqual(evaluation);
    expect((await ask(query, 'agency-coordinator')).region.selfEvaluation.assessments[0].evidence).toBe('Pöytäkirjat');
    await sent(
      'publishNationalEvaluation',
      { evaluation: 'finland', names: text, period, findings: text, selfEvaluations: [own] },
      'agency-coordinator',
    );
    expect(
      await ask(
        '{ nationalEvaluations { name { fi } versions { framework version evaluations } selfEvaluations { region { code } evaluation } } }',
      ),
    ).toEqual({
      nationalEvaluations: [
        {
          name: { fi: 'Teksti' },
          versions: [{ framework, version: 1, evaluations: 1 }],
          selfEvaluations: [{ region: { code: 'R19' }, evaluation: 'autumn' }],
        },
      ],
    });
  });

  it('has its indicators over time: missing as missing, a correction with what it corrects, few people suppressed', async () => {
    await sent('defineIndicator', { indicator: 'guided', names: text, unit: text, measure: 'COUNT', method: text }, 'agency-coordinator');
    await sent('reportIndicator', guided, '19');
    await sent('reportIndicator', { ...guided, municipality: '148', value: 2 }, '19');
    await sent('reportIndicator', { ...guided, municipality: '047', value: 9 }, '19');
    await sent(
      'reportIndicator',
      { region, indicator: 'guided', version: 1, period: { from: '2025-07-01', to: '2025-12-31' }, missingBecause: 'Ei laskettu' },
      '19',
    );
    const corrected = { ...guided, value: 420, correction: 'Kaksi lukua oli vaihtunut' };
    const after = await sent('reportIndicator', corrected, '19');
    const query = `query ($after: Position, $all: Boolean) { region(code: R19, after: $after) { indicators(isBrokenDown: $all) {
      indicator measure values { period { to } municipality { code } value isMissing isSuppressed history { value correction } }
    } } }`;
    const of2025 = {
      period: { to: '2025-12-31' },
      municipality: null,
      value: null,
      isMissing: true,
      isSuppressed: false,
      history: [{ value: null, correction: null }],
    };
    const whole = {
      period: { to: '2026-06-30' },
      municipality: null,
      value: 420,
      isMissing: false,
      isSuppressed: false,
      history: [
        { value: 402, correction: null },
        { value: 420, correction: 'Kaksi lukua oli vaihtunut' },
      ],
    };
    expect((await ask(query, undefined, { after })).region.indicators).toEqual([
      { indicator: 'guided', measure: 'COUNT', values: [of2025, whole] },
    ]);
    const hidden = (code: string) => ({
      period: { to: '2026-06-30' },
      municipality: { code },
      value: null,
      isMissing: false,
      isSuppressed: true,
      history: [{ value: null, correction: null }],
    });
    expect((await ask(query, undefined, { all: true })).region.indicators[0].values).toEqual([of2025, whole, hidden('047'), hidden('148')]);
    const seen = (await ask(query, '19', { all: true })).region.indicators[0].values.map(({ value }: { value: number | null }) => value);
    expect(seen).toEqual([null, 420, 9, 2]);
  });

  it('has shares and scores as they are: three per cent are no three people', async () => {
    await sent('defineIndicator', { indicator: 'known', names: text, unit: text, measure: 'SHARE', method: text }, 'agency-coordinator');
    const after = await sent('reportIndicator', { ...guided, indicator: 'known', value: 3 }, '19');
    const query = `query ($after: Position) { region(code: R19, after: $after) { indicators(indicator: "known") { values { value isSuppressed } } } }`;
    expect((await ask(query, undefined, { after })).region.indicators).toEqual([{ values: [{ value: 3, isSuppressed: false }] }]);
  });

  it.each<[string, string, object, string, string]>([
    [
      'a need of a municipality that has ended',
      'recordNeed',
      { ...need, survey: 'other', municipality: '588' },
      'survey-municipality',
      'municipality',
    ],
    ['a need of less than nothing', 'recordNeed', { ...need, survey: 'other', volume: -1 }, 'invalid-input', 'volume'],
    ['a need beyond all counting', 'recordNeed', { ...need, survey: 'other', volume: 2_000_000_000 }, 'invalid-input', 'volume'],
    ['a day that no calendar has', 'publishCommunication', { ...communication, on: '2026-02-30' }, 'invalid-request', 'on'],
    ['an override of direction', 'publishCommunication', { ...communication, names: { fi: 'a\u202eb' } }, 'invalid-input', 'names.fi'],
    [
      'a hundred thousand letters',
      'publishCommunication',
      { ...communication, names: { fi: 'x'.repeat(100_000) } },
      'invalid-input',
      'names.fi',
    ],
    [
      'a value of a municipality of another region',
      'reportIndicator',
      { ...guided, municipality: '091' },
      'indicator-municipality',
      'municipality',
    ],
    ['a share of more than all', 'reportIndicator', { ...guided, indicator: 'known', value: 101 }, 'indicator-value-impossible', 'value'],
  ])('refuses %s, and names the field in each language', async (_, mutation, input, code, field) => {
    if (mutation === 'recordNeed') await sent('publishSurveyWave', { ...wave, survey: 'other' }, 'agency-coordinator');
    for (const language of ['fi', 'sv', 'en']) {
      const refusal = await refused(mutation, input, '19', language);
      expect(refusal?.code).toBe(code);
      expect(refusal?.message).toMatch(/«[^»]+»/);
      expect(JSON.stringify(refusal?.details)).toContain(field);
    }
  });

  it('lets a coordinator speak for the own region only', async () => {
    expect(await refused('recordNeed', need, '12')).toMatchObject({ code: 'not-permitted' });
    expect(await refused('reportIndicator', guided, '12')).toMatchObject({ code: 'not-permitted' });
    expect(await refused('publishSurveyWave', { ...wave, survey: 'mine' }, '12')).toMatchObject({ code: 'not-permitted' });
  });
});
