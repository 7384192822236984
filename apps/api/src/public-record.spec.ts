import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { TestServer } from './server.testing.js';

describe('what the public record answers over GraphQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('of 2019: closed at 16.15 Helsinki time on 15 October, 2.4 million euros, at most 70 %, and 14 regions that applied', async () => {
    const { data } = await server.ask(`{ call(id: "coordination-2019") {
      stage terms { closes closesAt opens opensAt largestShare planComments { from to } periodOfUse { from to } eligibleApplicants vatEligible }
      appropriation { amount } applications(first: 100) { totalCount edges { node { region { code } applicant { id } source } } }
      statements { fact regions { code } source } source
    } regions { code name { fi sv } } }`);
    expect(data.regions).toHaveLength(19);
    expect(data.regions[18]).toEqual({ code: 'R21', name: { fi: 'Ahvenanmaa', sv: 'Åland' } });
    expect(data.call.source).toEqual(expect.arrayContaining(['000', '002']));
    expect(data.call).toMatchObject({
      stage: 'CLOSED',
      terms: {
        opens: '2019-08-20',
        opensAt: '2019-08-19T21:00:00Z',
        closes: '2019-10-15T13:15:00Z',
        closesAt: '2019-10-15T13:15:00Z',
        largestShare: 7_000,
        planComments: { from: '2019-09-23', to: '2019-10-04' },
        periodOfUse: { from: '2019-10-01', to: '2020-10-31' },
        eligibleApplicants: ['REGIONAL_COUNCIL', 'GOVERNMENT_OF_ALAND'],
        vatEligible: null,
      },
      appropriation: { amount: '240000000' },
      applications: { totalCount: 14 },
    });
    const { edges } = data.call.applications;
    expect(edges.map((edge: { node: { region: { code: string } } }) => edge.node.region.code)).toEqual(
      ['01', '02', '04', '06', '08', '09', '10', '11', '12', '15', '16', '17', '18', '19'].map((code) => `R${code}`),
    );
    expect(edges[0].node).toMatchObject({ applicant: null, source: ['001'] });
    expect(data.call.statements).toContainEqual({ fact: 'not-applied-2019', regions: [{ code: 'R21' }], source: ['001'] });
  });

  it('of the regions: which took part, since when, and which did not, as of a day', async () => {
    const asked = async (asOf: string) => {
      const { data, errors } = await server.ask(
        `{ regions(asOf: "${asOf}") { code isInProgramme programmePeriods { since until source } } }`,
      );
      expect(errors).toEqual([]);
      return data.regions as readonly { code: string; isInProgramme: boolean; programmePeriods: object[] }[];
    };
    const taking = async (asOf: string) => (await asked(asOf)).filter(({ isInProgramme }) => isInProgramme).map(({ code }) => code);
    expect(await taking('2018-08-31')).toEqual([]);
    expect(await taking('2018-09-01')).toEqual(['R01', 'R12', 'R15', 'R17', 'R19']);
    expect(await taking('2019-12-31')).toHaveLength(14);
    expect(await taking('2020-10-21')).toHaveLength(11);
    const now = await asked('2026-01-01');
    expect(now).toHaveLength(19);
    expect(now.find(({ code }) => code === 'R19')?.programmePeriods).toEqual([
      { since: '2018-autumn', until: '2020-10-21', source: ['002', '003', "outside: the agency's news, 21.10.2020"] },
    ]);
    expect(now.find(({ code }) => code === 'R21')).toEqual({ code: 'R21', isInProgramme: false, programmePeriods: [] });
  });

  it('of the municipalities: the region of the day', async () => {
    const { data } = await server.ask(`{
      then: municipality(code: "142", asOf: "2020-12-31") { name { fi } region { code } }
      now: municipality(code: "142", asOf: "2021-01-01") { region { code } }
      ended: municipality(code: "911", asOf: "2020-01-01") { region { code } endedAfter }
      none: municipality(code: "999") { code }
      region(code: R07, asOf: "2021-01-01") { name { fi } municipalities { code } }
    }`);
    expect(data).toMatchObject({
      then: { name: { fi: 'Iitti' }, region: { code: 'R08' } },
      now: { region: { code: 'R07' } },
      ended: { region: null, endedAfter: 2019 },
      none: null,
      region: { name: { fi: 'Päijät-Häme' } },
    });
    expect(data.region.municipalities).toContainEqual({ code: '142' });
  });

  it('of 2018: applications from ten landscapes of which five are named, and the hospital district in Lapland', async () => {
    const { data } = await server.ask(`{ call(id: "pilot-2018") {
      terms { closesAt } appropriation { amount } applications { totalCount isComplete knownTotal edges { node { applicant { id name { sv } } } } }
      statements { fact count } selection { effectiveAt inhabitantsApprox selected { region { code } implementer } }
    } }`);
    expect(data.call.statements).toContainEqual({ fact: 'pilot-call-applicants', count: 10 });
    expect(data.call).toMatchObject({
      terms: { closesAt: '2018-05-08T20:59:59.999Z' },
      appropriation: null,
      applications: { totalCount: 5, isComplete: false, knownTotal: 10 },
      selection: { effectiveAt: '2018-autumn', inhabitantsApprox: 2_600_000 },
    });
    expect(data.call.selection.selected).toContainEqual({ region: { code: 'R19' }, implementer: 'lapland-hospital-district' });
    expect(data.call.applications.edges.map((edge: { node: { applicant: object | null } }) => edge.node.applicant)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('of applications: how many are known of but not here, and that of those of which only the region is known nothing else is', async () => {
    const { data } = await server.ask(`{
      of2018: call(id: "pilot-2018") { applications(region: R19) { totalCount isComplete knownTotal edges { node { isLate missing amount } } } }
      of2019: call(id: "coordination-2019") { applications { totalCount isComplete knownTotal } }
      of2020: call(id: "coordination-2020") { applications { totalCount isComplete knownTotal } }
    }`);
    expect(data).toEqual({
      of2018: {
        applications: {
          totalCount: 1,
          isComplete: false,
          knownTotal: 10,
          edges: [{ node: { isLate: null, missing: null, amount: null } }],
        },
      },
      of2019: { applications: { totalCount: 14, isComplete: true, knownTotal: 14 } },
      of2020: { applications: { totalCount: 0, isComplete: false, knownTotal: 14 } },
    });
  });

  it('of decisions and grants: that there are none here, and of how many a page tells', async () => {
    const asked = (id: string) =>
      `call(id: "${id}") { decisions { totalCount isComplete knownTotal } grants(first: 1) { totalCount isComplete knownTotal } }`;
    const { data } = await server.ask(`{
      of2018: ${asked('pilot-2018')}
      of2019: ${asked('coordination-2019')}
      of2020: ${asked('coordination-2020')}
    }`);
    const none = (knownTotal: number | null) => ({
      decisions: { totalCount: 0, isComplete: false, knownTotal },
      grants: { totalCount: 0, isComplete: false, knownTotal },
    });
    expect(data).toEqual({ of2018: none(5), of2019: none(null), of2020: none(14) });
  });

  it('of the agency: its six duties in the words of its page, and under the name of each time', async () => {
    const { data } = await server.ask(`{
      operatingModel(id: "digital-support") {
        version { validFrom source sections(key: "agency") { text { sv original } items { key text { fi sv en original } } } }
        versions { number validFrom source sections(key: "agency") { heading { sv } } }
      }
      call(id: "coordination-2019") { duties { key text { fi sv en original } } goals { en original } }
      source(id: "004") { title language published readOn readAfter publisher { name { fi } } text }
      sources { id }
      none: source(id: "constructor") { id }
      supportForms { form name { fi } kinds { kind } }
    }`);
    const { version, versions } = data.operatingModel;
    expect(version).toMatchObject({ validFrom: '2020-01-01', source: ['004'], sections: [{ text: { original: ['SV'] } }] });
    expect(version.sections[0].text.sv).toMatch(/^Myndigheten för digitalisering och befolkningsdata koordinerar/);
    expect(version.sections[0].items).toHaveLength(6);
    expect(version.sections[0].items[1]).toEqual({
      key: 'measure-and-evaluate',
      text: {
        fi: 'mitata ja arvioida digitukea',
        sv: 'mäta och utvärdera digitalt stöd',
        en: 'measure and evaluate digital support',
        original: ['SV'],
      },
    });
    expect(versions.map(({ validFrom, sections }: typeof version) => [validFrom, sections[0].heading.sv])).toEqual([
      ['2018-04-05', 'Befolkningsregistercentralen'],
      ['2019-11-11', 'Befolkningsregistercentralen samordnar det digitala stödet på riksnivå'],
      ['2020-01-01', 'Myndigheten'],
    ]);
    const evaluation = data.call.duties.find(({ key }: { key: string }) => key === 'evaluation');
    expect(evaluation.text).toMatchObject({
      fi: expect.stringContaining('viraston (Väestörekisterikeskus) kanssa'),
      sv: expect.stringContaining('och Befolkningsregistercentralen.'),
      original: ['FI', 'SV'],
    });
    expect(data.source).toMatchObject({ language: 'SV', published: null, readOn: null, readAfter: '2020-01-01' });
    expect(data.source.text).toContain('mäta och utvärdera digitalt stöd');
    expect(data.sources.map(({ id }: { id: string }) => id)).toEqual(['000', '001', '002', '003', '004']);
    expect(data.none).toBeNull();
    expect(data.supportForms.map(({ kinds }: { kinds: object[] }) => kinds.length)).toEqual([4, 3, 3]);
  });

  it.each([
    ['2019-12-31', ['Väestörekisterikeskus', 'Befolkningsregistercentralen', 'Population Register Centre']],
    [
      '2020-01-01',
      ['Digi- ja väestötietovirasto', 'Myndigheten för digitalisering och befolkningsdata', 'Digital and Population Data Services Agency'],
    ],
    ['2019-12-31T21:59:59.999Z', ['Väestörekisterikeskus', 'Befolkningsregistercentralen', 'Population Register Centre']],
    [
      '2019-12-31T22:00:00Z',
      ['Digi- ja väestötietovirasto', 'Myndigheten för digitalisering och befolkningsdata', 'Digital and Population Data Services Agency'],
    ],
  ])('of the agency on %s: its name of the day, in three languages', async (asOf, names) => {
    const question = `{ organisation(id: "digital-support-agency", asOf: "${asOf}") { name { text language fi sv en } } }`;
    const answers = await Promise.all(['fi', 'sv', 'en'].map((language) => server.ask(question, { language })));
    expect(answers.map(({ data }) => data.organisation.name.text)).toEqual(names);
    expect(answers.map(({ data }) => data.organisation.name.language)).toEqual(['FI', 'SV', 'EN']);
    expect(answers[0]?.data.organisation.name).toMatchObject({ fi: names[0], sv: names[1], en: names[2] });
  });

  describe('to the questions of a reader of its pages, as docs/questions.md has them', () => {
    const page = readFileSync('docs/questions.md', 'utf8').split('\n## The public record\n')[1] ?? '';
    const questions = page
      .split('\n### ')
      .slice(1)
      .map((text) => {
        const [heading = '', , others = ''] = text.split('\n');
        const [, query = ''] = /```graphql\n([^`]+)```/.exec(text) ?? [];
        const [, answer = ''] = /```json\n([^`]+)```/.exec(text) ?? [];
        return { heading, others, query, answer };
      });

    it('are twenty-five at least, each in Finnish and Swedish, too', () => {
      expect(questions.length).toBeGreaterThanOrEqual(25);
      for (const { heading, others } of questions)
        expect([heading, others]).toEqual([heading, expect.stringMatching(/^\p{Lu}.+\? · \p{Lu}.+\?$/u)]);
    });

    it.each(questions)('in three languages: $heading', async ({ query, answer }) => {
      const { data, errors } = await server.ask(query);
      expect([errors, data]).toEqual([[], JSON.parse(answer)]);
      // Each text is asked for in all languages, and is there in each.
      const texts = [...query.matchAll(/\{([^{}]*\b(?:fi|sv|en)\b[^{}]*)\}/g)].map(([, asked = '']) => asked.trim().split(/\s+/));
      for (const asked of texts) expect(asked).toEqual(expect.arrayContaining(['fi', 'sv', 'en']));
      expect(JSON.stringify(data)).not.toMatch(/"(fi|sv|en)":(null|"")/);
    });
  });

  it('of the three rounds, the latest first, under the organiser’s name', async () => {
    const { data } = await server.ask('{ calls { totalCount edges { node { id kind organiser { name { text } } } } } }', {
      language: 'sv',
    });
    expect(data.calls).toEqual({
      totalCount: 3,
      edges: [
        { node: { id: 'coordination-2020', kind: 'REGIONAL_COORDINATION', organiser: { name: { text: 'Finansministeriet' } } } },
        { node: { id: 'coordination-2019', kind: 'REGIONAL_COORDINATION', organiser: { name: { text: 'Finansministeriet' } } } },
        { node: { id: 'pilot-2018', kind: 'PILOT', organiser: { name: { text: 'Finansministeriet' } } } },
      ],
    });
  });

  it('as it stood on a day: before it opened there was no call, before 11 November no amount was known', async () => {
    const on = (asOf: string) =>
      server.ask(
        `{ call(id: "coordination-2019", asOf: "${asOf}") { stage isOpen appropriation { amount } applications { totalCount } } }`,
      );
    expect((await on('2019-08-19')).data.call).toBeNull();
    expect((await on('2019-09-30')).data.call).toEqual({
      stage: 'PUBLISHED',
      isOpen: true,
      appropriation: null,
      applications: { totalCount: 0 },
    });
    expect((await on('2019-11-11')).data.call).toEqual({
      stage: 'CLOSED',
      isOpen: false,
      appropriation: { amount: '240000000' },
      applications: { totalCount: 14 },
    });
  });

  it('is recorded once, however often it is imported and started', async () => {
    const head = await server.system.log.head();
    await server.stop({ keep: true });
    server = await TestServer.start({ folder: server.folder });
    expect(await server.system.log.head()).toBe(head);
  });
});
