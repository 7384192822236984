import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { TestServer } from './server.testing.js';
import { Subscriber } from './subscriber.testing.js';

const region = 'R19';
const point = {
  organisation: 'library',
  service: 'point',
  names: { fi: 'Digitukipiste 👋', sv: '<b>Stöd</b>' },
  kind: 'SERVICE_POINT',
  contents: ['DEVICES'],
  languages: ['FI', 'SE'],
  audiences: ['EVERYONE'],
  municipalities: ['698'],
  place: { municipality: '698', address: 'Kirjastokatu 1' },
  hours: [{ weekday: 'MONDAY', opens: '09:00', closes: '16:00' }],
  exceptions: [],
  accessibility: ['STEP_FREE'],
};

describe('a region over GraphQL', () => {
  let server: TestServer;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    // A Monday, the day after the clock was put back: 10.00 in Helsinki.
    server = await TestServer.start({ clock: new ManualClock('2026-10-26T08:00:00Z') });
    for (const role of ['ministry-registrar', 'ministry-presenter', 'ministry-auditor', 'agency-coordinator'])
      tokens[role] = await server.token(role, {}, '1y');
    for (const code of ['19', '12']) tokens[code] = await server.token('regional-coordinator', { region: code }, '1y');
    for (const organisation of ['library', 'club']) tokens[organisation] = await server.token('provider', { organisation }, '1y');
    for (const [organisation, kind] of [
      ['library', 'MUNICIPALITY'],
      ['club', 'ASSOCIATION'],
    ] as const)
      await sent('registerOrganisation', { organisation, kind, names: { fi: `Kuvitteellinen ${organisation}` } }, 'ministry-registrar');
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
  const ask = async (query: string, variables: object = {}) => {
    const { data, errors } = await server.ask(query, { variables });
    expect(errors).toEqual([]);
    return data;
  };

  it('has its network, which its own coordinator keeps, with who coordinates it and its members by kind', async () => {
    await sent('foundNetwork', { network: 'lapland', level: 'REGION', names: { fi: 'Lapin verkosto' }, region }, '19');
    await sent(
      'appointCoordinator',
      { network: 'lapland', region, coordinator: 'council-19', contact: 'first', phone: '040 000 0000', name: 'Aino Esimerkki' },
      'agency-coordinator',
    );
    await sent('joinNetwork', { network: 'lapland', region, member: 'library', role: 'PROVIDER' }, '19');
    const after = await sent('joinNetwork', { network: 'lapland', region, member: 'club', role: 'PARTNER' }, '19');
    expect(await refused('leaveNetwork', { network: 'lapland', region, member: 'club' }, '12')).toMatchObject({ code: 'not-permitted' });
    expect(await refused('leaveNetwork', { network: 'lapland', region: 'R12', member: 'club' }, '12')).toMatchObject({
      code: 'network-unknown',
    });
    expect(
      await ask(
        `query ($after: Position) { region(code: R19, after: $after) {
          name { fi } isInProgramme coordinator { organisation { name { fi } } phone contactName }
          networks { name { fi } membersByKind { kind count } members { role organisation { name { fi } } } }
          plans { totalCount } applications { totalCount }
        } }`,
        { after },
      ),
    ).toEqual({
      region: {
        name: { fi: 'Lappi' },
        isInProgramme: false,
        coordinator: { organisation: { name: { fi: 'Lapin liitto' } }, phone: '040 000 0000', contactName: 'Aino Esimerkki' },
        networks: [
          {
            name: { fi: 'Lapin verkosto' },
            membersByKind: [
              { kind: 'ASSOCIATION', count: 1 },
              { kind: 'MUNICIPALITY', count: 1 },
            ],
            members: [
              { role: 'PARTNER', organisation: { name: { fi: 'Kuvitteellinen club' } } },
              { role: 'PROVIDER', organisation: { name: { fi: 'Kuvitteellinen library' } } },
            ],
          },
        ],
        plans: { totalCount: 0 },
        applications: { totalCount: 2 },
      },
    });
    expect(
      await ask('{ now: networks(region: R19) { totalCount } then: networks(region: R19, asOf: "2026-10-25") { totalCount } }'),
    ).toEqual({
      now: { totalCount: 1 },
      then: { totalCount: 0 },
    });
  });

  it('has its services in the directory, with how their providers stand towards the ethical principles', async () => {
    const principles = {
      principlesId: 'digital-support',
      names: { fi: 'Periaatteet', sv: 'Principer' },
      principles: [{ key: 'respect', text: { fi: 'Kunnioita', sv: 'Respektera' } }],
    };
    await sent('publishEthicalPrinciples', { ...principles, inForceFrom: '2026-01-01' }, 'agency-coordinator');
    await sent('registerProvider', { organisation: 'library' }, 'library');
    await sent('commitToEthicalPrinciples', { organisation: 'library', principles: 'digital-support', version: 1 }, 'library');
    await sent('offerService', point, 'library');
    await sent('registerProvider', { organisation: 'club' }, 'club');
    const chat = {
      ...point,
      organisation: 'club',
      service: 'chat',
      names: { sv: 'Chatt' },
      kind: 'CHAT',
      municipalities: [],
      place: null,
      hours: [],
    };
    const offered = await sent('offerService', chat, 'club');
    const found = async (args: string, after = offered) =>
      (
        await ask(
          `query ($after: Position) { services(${args}, afterPosition: $after) { totalCount edges { node { id isOpen commitment name { text } } } } }`,
          {
            after,
          },
        )
      ).services.edges.map((edge: { node: object }) => edge.node);
    const library = { id: 'point', isOpen: true, commitment: 'COMMITTED', name: { text: 'Digitukipiste 👋' } };
    const club = { id: 'chat', isOpen: null, commitment: 'NONE', name: { text: 'Chatt' } };
    expect(await found('text: "DIGITUKI rovaniemi"')).toEqual([library]);
    expect(await found('region: R19')).toEqual([club, library]);
    expect(await found('region: R12')).toEqual([club]);
    expect(await found('isOpen: true, language: SE')).toEqual([library]);
    expect(await found('form: REMOTE, municipality: "698"')).toEqual([club]);

    const next = await sent(
      'publishEthicalPrinciples',
      { ...principles, inForceFrom: '2026-10-26', transitionUntil: '2027-01-31' },
      'agency-coordinator',
    );
    expect(await found('text: "digituki"', next)).toMatchObject([{ commitment: 'IN_TRANSITION' }]);
    expect(await found('text: "digituki", asOf: "2027-02-01"')).toMatchObject([{ commitment: 'LAPSED' }]);
    expect(
      await ask(`{ providers(commitment: IN_TRANSITION) { edges { node { id commitments { version state } services { id } } } }
        service(provider: "library", id: "point") { place { address } provider { name { fi } } municipalities { name { fi } } }
        regions { code support { form services nationwide committed } } }`),
    ).toMatchObject({
      providers: {
        edges: [{ node: { id: 'library', commitments: [{ version: 1, state: 'IN_TRANSITION' }], services: [{ id: 'point' }] } }],
      },
      service: {
        place: { address: 'Kirjastokatu 1' },
        provider: { name: { fi: 'Kuvitteellinen library' } },
        municipalities: [{ name: { fi: 'Rovaniemi' } }],
      },
      regions: expect.arrayContaining([
        {
          code: 'R19',
          support: [
            { form: 'REMOTE', services: 1, nationwide: 1, committed: 0 },
            { form: 'NEAR', services: 1, nationwide: 0, committed: 0 },
            { form: 'TRAINING', services: 0, nationwide: 0, committed: 0 },
          ],
        },
      ]),
    });
  });

  it('tells who has committed to a new version of the principles, who is in the transition and who has not', async () => {
    await sent('commitToEthicalPrinciples', { organisation: 'club', principles: 'digital-support', version: 2 }, 'club');
    await sent(
      'registerOrganisation',
      { organisation: 'shop', kind: 'ASSOCIATION', names: { fi: 'Kuvitteellinen' } },
      'ministry-registrar',
    );
    tokens['shop'] = await server.token('provider', { organisation: 'shop' }, '1y');
    const after = await sent('registerProvider', { organisation: 'shop' }, 'shop');
    const states = async (asOf: string) =>
      Object.fromEntries(
        await Promise.all(
          ['COMMITTED', 'IN_TRANSITION', 'LAPSED', 'NONE'].map(async (state) => {
            const { providers } = await ask(
              `query ($after: Position) { providers(commitment: ${state}, asOf: "${asOf}", afterPosition: $after) { edges { node { id } } } }`,
              { after },
            );
            return [state, providers.edges.map(({ node }: { node: { id: string } }) => node.id)];
          }),
        ),
      );
    const others = { COMMITTED: ['club'], NONE: ['shop'] };
    expect(await states('2026-10-26')).toEqual({ ...others, IN_TRANSITION: ['library'], LAPSED: [] });
    expect(await states('2027-02-01')).toEqual({ ...others, IN_TRANSITION: [], LAPSED: ['library'] });
  });

  it('tells of services in a municipality that ended in which region they are to be moved, until they are', async () => {
    const old = { ...point, service: 'old', municipalities: ['588'], place: { municipality: '588', address: 'Kirkkotie 1' } };
    const after = await sent('offerService', { ...old, effectiveAt: '2024-05-01' }, 'library');
    const toMove = async (at: string) =>
      (
        await ask(
          `{ region(code: R10, ${at}) { servicesToMove { id endedMunicipalities { name { fi } endedAfter } } } services(toBeMoved: true, ${at.replace('after', 'afterPosition')}) { totalCount } }`,
        )
      ).region.servicesToMove;
    expect(await toMove('asOf: "2024-12-31"')).toEqual([]);
    expect(await toMove(`after: "${after}"`)).toEqual([
      { id: 'old', endedMunicipalities: [{ name: { fi: 'Pertunmaa' }, endedAfter: 2024 }] },
    ]);
    // Where it is now, its provider says.
    expect(await refused('reviseService', { ...old, names: { fi: 'Sama' } }, 'library')).toMatchObject({
      code: 'service-municipality-ended',
    });
    const moved = await sent(
      'reviseService',
      { ...old, municipalities: ['491'], place: { municipality: '491', address: 'Kirkkotie 1' } },
      'library',
    );
    expect(await toMove(`after: "${moved}"`)).toEqual([]);
    await sent('endService', { organisation: 'library', service: 'old' }, 'library');
  });

  it('pages through the directory by name, without leaving one out or showing one twice', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { services } = await ask(
        'query ($after: String) { services(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }',
        { after },
      );
      expect(services.totalCount).toBe(2);
      seen.push(...services.edges.map((edge: { node: { id: string } }) => edge.node.id));
      if (!services.pageInfo.hasNextPage) break;
      after = services.pageInfo.endCursor;
    }
    expect(seen).toEqual(['chat', 'point']);
  });

  it('answers what was known before a service was offered', async () => {
    const { services } = await ask('{ services(knownAt: "2026-10-25", asOf: "2026-10-26") { totalCount } }');
    expect(services).toEqual({ totalCount: 0 });
  });

  it.each<[string, object, string, string]>([
    ['an override of direction', { names: { fi: 'a\u202eb' } }, 'invalid-input', 'names.fi'],
    ['a hundred thousand letters', { description: { sv: 'x'.repeat(100_000) } }, 'invalid-input', 'description.sv'],
    ['an hour that no clock shows', { hours: [{ weekday: 'MONDAY', opens: '25:00', closes: '26:00' }] }, 'invalid-input', 'hours.0.opens'],
    [
      'hours that end before they begin',
      { hours: [{ weekday: 'MONDAY', opens: '16:00', closes: '09:00' }] },
      'hours-impossible',
      'hours.0',
    ],
    ['a municipality that there never was', { municipalities: ['000'] }, 'service-municipality-unknown', 'municipalities'],
    ['a municipality that has ended', { municipalities: ['588'] }, 'service-municipality-ended', 'municipalities'],
  ])('refuses a service with %s, and names the field in each language', async (_, change, code, field) => {
    for (const language of ['fi', 'sv', 'en']) {
      const refusal = await refused('offerService', { ...point, service: 'other', ...change }, 'library', language);
      expect(refusal?.code).toBe(code);
      expect(refusal?.message).toMatch(/«[^»]+»/);
      expect(JSON.stringify(refusal?.details)).toContain(field);
    }
  });

  it('has among its events those of the services in its municipalities, wherever their provider is', async () => {
    await sent(
      'registerOrganisation',
      { organisation: 'far', kind: 'ASSOCIATION', region: 'R01', names: { fi: 'Kaukana' } },
      'ministry-registrar',
    );
    tokens['far'] = await server.token('provider', { organisation: 'far' }, '1y');
    const subscriber = await Subscriber.connect(server.url);
    const start = await sent('registerProvider', { organisation: 'far' }, 'far');
    subscriber.subscribe('subscription ($after: Position) { events(region: R19, after: $after) { type data position } }', { after: start });
    const visits = { ...point, organisation: 'far', service: 'visits', kind: 'HOME_SUPPORT', place: null, hours: [] };
    await sent('offerService', { ...visits, municipalities: ['091', '698'] }, 'far');
    // It goes away from Lapland, which is told so, and what happens to it afterwards is of Uusimaa alone.
    await sent('reviseService', { ...visits, municipalities: ['091'] }, 'far');
    await sent('reviseService', { ...visits, municipalities: ['091', '049'] }, 'far');
    await sent('reviseService', { ...visits, municipalities: ['047'] }, 'far');
    const after = await sent('endService', { organisation: 'far', service: 'visits', reason: 'Loppui' }, 'far');
    const told = (await subscriber.take(4)).map(({ payload }) => payload.data.events);
    subscriber.cut();
    const types = ['ServiceOffered', 'ServiceRevised', 'ServiceRevised', 'ServiceEnded'];
    expect(told.map(({ type }) => type)).toEqual(types);
    expect(told.at(-1)).toMatchObject({ data: { service: 'visits', reason: 'Loppui' }, position: after });

    const listed = async (code: string) => {
      const found: string[] = [];
      for (let at = start; ;) {
        const { events } = await ask(
          `query ($at: Position) { events(region: ${code}, after: $at, first: 1) { end next events { type position } } }`,
          { at },
        );
        found.push(...events.events.map(({ type }: { type: string }) => type));
        if (events.end) return found;
        at = events.next;
      }
    };
    expect(await listed('R19')).toEqual(types);
    expect(await listed('R01')).toEqual(['ServiceOffered', 'ServiceRevised', 'ServiceRevised', 'ServiceRevised']);
    expect(await listed('R12')).toEqual([]);
  });

  it('lets a provider speak for its own organisation only', async () => {
    expect(await refused('offerService', { ...point, service: 'other' }, 'club')).toMatchObject({ code: 'not-permitted' });
    expect(await refused('endService', { organisation: 'library', service: 'point' }, '19')).toMatchObject({ code: 'not-permitted' });
  });
});
