import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { TestServer } from './server.testing.js';
import { Subscriber } from './subscriber.testing.js';

const period = { from: '2026-01-01', to: '2026-06-30' };
const text = { fi: 'Teksti', sv: 'Text' };
const guided = { indicator: 'guided', version: 1, period, basis: 'COUNTED' };

describe('the national follow-up over GraphQL', () => {
  let server: TestServer;
  const clock = new ManualClock('2026-02-01T08:00:00Z');
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    server = await TestServer.start({ clock });
    for (const role of ['agency-coordinator', 'agency-analyst', 'ministry-registrar']) tokens[role] = await server.token(role, {}, '1y');
    for (const code of ['01', '12', '19']) tokens[code] = await server.token('regional-coordinator', { region: code }, '1y');
    tokens['library'] = await server.token('provider', { organisation: 'library' }, '1y');
    await sent(
      'registerOrganisation',
      { organisation: 'library', kind: 'MUNICIPALITY', names: { fi: 'Kuvitteellinen kirjasto' } },
      'ministry-registrar',
    );
    await sent('foundNetwork', { network: 'lapland', level: 'REGION', names: text, region: 'R19' }, '19');
    await sent('joinNetwork', { network: 'lapland', region: 'R19', member: 'library', role: 'PROVIDER', effectiveAt: '2026-03-10' }, '19');
    await sent('registerProvider', { organisation: 'library' }, 'library');
    const service = {
      organisation: 'library',
      names: text,
      contents: ['DEVICES'],
      languages: ['FI'],
      audiences: ['EVERYONE'],
      hours: [],
      exceptions: [],
      accessibility: [],
    };
    await sent(
      'offerService',
      { ...service, service: 'peers', kind: 'PEER_SUPPORT', municipalities: ['148', '047'], effectiveAt: '2026-02-01' },
      'library',
    );
    await sent('offerService', { ...service, service: 'chat', kind: 'CHAT', municipalities: [], effectiveAt: '2026-05-01' }, 'library');
    await sent('endService', { organisation: 'library', service: 'peers', effectiveAt: '2026-06-15' }, 'library');
    clock.set('2026-09-01T08:00:00Z');
    await sent('defineIndicator', { indicator: 'guided', names: text, unit: text, measure: 'COUNT', method: text }, 'agency-coordinator');
    await sent('reportIndicator', { ...guided, region: 'R19', value: 400 }, '19');
    await sent('reportIndicator', { ...guided, region: 'R12', value: 3 }, '12');
    await sent('reportIndicator', { region: 'R01', indicator: 'guided', version: 1, period, missingBecause: 'Ei laskettu' }, '01');
  });
  afterAll(() => server.stop());

  const sent = async (mutation: string, input: object, by: string) => {
    const { data, errors } = await server.command(mutation, input, tokens[by]);
    expect(errors).toEqual([]);
    return (data[mutation] as { position: string }).position;
  };
  const ask = async (fields: string, by?: string, args = '', variables: object = {}) => {
    const query = `query ($after: Position) { nationalFollowUp(period: { from: "2026-01-01", to: "2026-06-30" }, after: $after${args}) { ${fields} } }`;
    const { data, errors } = await server.ask(query, { variables, ...(by && { token: tokens[by] as string }) });
    expect(errors).toEqual([]);
    return data.nationalFollowUp;
  };

  it('counts a correction, and its history shows both values; few people are told to those who work with them', async () => {
    const fields = `indicators { indicator series { version total shown suppressed corrected missing { code } notReported { code }
      values { region { code } value { value history { value correction } } } } }`;
    clock.set('2026-09-02T08:00:00Z');
    const after = await sent('reportIndicator', { ...guided, region: 'R19', value: 420, correction: 'Luku oli väärä' }, '19');
    const [{ series }] = (await ask(fields, undefined, '', { after })).indicators;
    expect(series).toMatchObject([
      {
        version: 1,
        total: 420,
        shown: 1,
        suppressed: 1,
        corrected: 1,
        missing: [{ code: 'R01' }],
        values: [
          { region: { code: 'R01' }, value: { value: null } },
          { region: { code: 'R12' }, value: { value: null, history: [{ value: null, correction: null }] } },
          {
            region: { code: 'R19' },
            value: {
              value: 420,
              history: [
                { value: 400, correction: null },
                { value: 420, correction: 'Luku oli väärä' },
              ],
            },
          },
        ],
      },
    ]);
    // Of the record: the regions that take part and reported nothing here.
    expect(series[0].notReported.length).toBeGreaterThan(0);
    expect((await ask('indicators { series { total suppressed } }', 'agency-analyst')).indicators[0].series).toEqual([
      { total: 423, suppressed: 0 },
    ]);
    expect((await ask('indicators { series { total } }', undefined, ', asOf: "2026-09-01"')).indicators[0].series).toEqual([
      { total: 400 },
    ]);
  });

  it('tells coverage by region and municipality at the end of the period, without a rate where nobody knows the inhabitants', async () => {
    const fields =
      'nationwide { form services } coverage { region { code } forms { form services perThousand noRate } municipalities { municipality { code } forms { services } } }';
    const { nationwide, coverage } = await ask(fields, undefined, ', asOf: "2026-06-01"');
    expect(nationwide).toEqual([
      { form: 'REMOTE', services: 1 },
      { form: 'NEAR', services: 0 },
      { form: 'TRAINING', services: 0 },
    ]);
    const lapland = coverage.find((one: { region: { code: string } }) => one.region.code === 'R19');
    expect(lapland.forms[1]).toEqual({ form: 'NEAR', services: 1, perThousand: null, noRate: 'INHABITANTS_NOT_KNOWN' });
    const towns = new Map(lapland.municipalities.map((one: { municipality: { code: string } }) => [one.municipality.code, one]));
    expect([towns.size, towns.get('148'), towns.get('698')]).toMatchObject([
      21,
      { forms: [{ services: 0 }, { services: 1 }, { services: 0 }] },
      { forms: [{ services: 0 }, { services: 0 }, { services: 0 }] },
    ]);
    expect((await ask(fields)).coverage[17].forms[1].services).toBe(0);
  });

  it('tells services and members over time, and no step that has not come', async () => {
    const fields = 'overTime { at services networks members forms { services } }';
    expect(
      (await ask(fields)).overTime.map(({ services, networks, members }: Record<string, number>) => [services, networks, members]),
    ).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 1, 1],
      [2, 1, 1],
      [1, 1, 1],
    ]);
    expect((await ask(fields, undefined, ', asOf: "2026-03-15"')).overTime).toHaveLength(2);
  });

  it('tells the use of the appropriations of the years asked for: 2.4 million euros in the record of 2019', async () => {
    const query = `{ nationalFollowUp(period: { from: "2019-01-01", to: "2019-12-31" }) { appropriations { inAll { amount decided left paid } calls { call amount } } } }`;
    const { data, errors } = await server.ask(query, {});
    expect(errors).toEqual([]);
    expect(data.nationalFollowUp.appropriations.inAll).toEqual({ amount: '240000000', decided: '0', left: '240000000', paid: '0' });
  });

  it('tells who follows it what changed, part by part and region by region; what is suppressed stays so', async () => {
    const following = async (by?: string) => {
      const init = by ? { authorization: `Bearer ${tokens[by]}` } : {};
      const subscriber = await Subscriber.connect(server.url, { init });
      subscriber.subscribe(
        'subscription { nationalFollowUpChanged(period: { from: "2026-01-01", to: "2026-06-30" }) { position changes { part regions { code } } } }',
      );
      const next = async () => (await subscriber.take(1))[0]?.payload.data.nationalFollowUpChanged;
      expect(await next()).toMatchObject({ changes: [] });
      return { next, end: () => subscriber.cut() };
    };
    const [anyone, analyst] = [await following(), await following('agency-analyst')];
    // Of few people before and after: that it was corrected is anyone’s to know, to how many is not.
    const small = await sent('reportIndicator', { ...guided, region: 'R12', value: 4, correction: 'Yksi lisää' }, '12');
    const ofRegion = (code: string) => ({ changes: [{ part: 'INDICATORS', regions: [{ code }] }] });
    for (const { next } of [anyone, analyst]) expect(await next()).toEqual({ position: small, ...ofRegion('R12') });
    expect(await ask('indicators { series { suppressed values { value { value } } } }', undefined, '', { after: small })).toMatchObject({
      indicators: [{ series: [{ suppressed: 1, values: [{}, { value: { value: null } }, {}] }] }],
    });
    // What the follow-up is not made of, and what lies outside of the period, changes nothing of it.
    await sent('renameOrganisation', { organisation: 'library', names: { fi: 'Kuvitteellinen kirjasto 2' } }, 'ministry-registrar');
    const later = { indicator: 'guided', version: 1, basis: 'COUNTED', period: { from: '2026-07-01', to: '2026-08-31' } };
    await sent('reportIndicator', { ...later, region: 'R19', value: 100 }, '19');
    const seen = await sent('reportIndicator', { ...guided, region: 'R19', value: 430, correction: 'Taas väärin' }, '19');
    for (const { next } of [anyone, analyst]) expect(await next()).toEqual({ position: seen, ...ofRegion('R19') });
    const left = await sent('leaveNetwork', { network: 'lapland', region: 'R19', member: 'library', effectiveAt: '2026-05-20' }, '19');
    expect(await anyone.next()).toEqual({ position: left, changes: [{ part: 'OVER_TIME', regions: [] }] });
    for (const { end } of [anyone, analyst]) end();
  });

  it('is of a period that can be', async () => {
    for (const [language, word] of [
      ['fi', 'Argumentti'],
      ['sv', 'Argumentet'],
      ['en', 'argument'],
    ] as const) {
      const query = '{ nationalFollowUp(period: { from: "2026-06-30", to: "2026-01-01" }) { period { from } } }';
      const { errors } = await server.ask(query, { language });
      expect(errors[0]?.extensions.code).toBe('period-impossible');
      expect(errors[0]?.message).toContain(word);
    }
  });
});
