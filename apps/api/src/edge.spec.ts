import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildClientSchema, getIntrospectionQuery, type GraphQLObjectType } from 'graphql';
import { calls } from '#calls/calls.projection';
import { organisations } from '#organisations/organisations.projection';
import { TestServer } from './server.testing.js';

describe('the GraphQL edge', () => {
  let server: TestServer;
  let presenter: string;
  beforeAll(async () => {
    server = await TestServer.start();
    presenter = await server.token('ministry-presenter');
  });
  afterAll(() => server.stop());

  describe('of a document with a query and a mutation', () => {
    const document = (key: string) => `
      query Ask { organisation(id: "${key}") { id } }
      mutation Do { registerOrganisation(commandId: "${randomUUID()}", input: { organisation: "${key}", kind: COMPANY, names: { fi: "Kuvitteellinen" } }) { effect } }`;
    const isRegistered = async (key: string) => (await server.system.log.readStream(`organisation-${key}`)).length > 0;

    it.each(['POST', 'GET'] as const)('runs the query only, asked for it by %s, however often', async (method) => {
      const key = `asked-by-${method.toLowerCase()}`;
      const query = document(key);
      for (let times = 0; times < 5; times++) {
        expect(await server.ask(query, { operationName: 'Ask', method, token: presenter })).toMatchObject({
          status: 200,
          data: { organisation: null },
          errors: [],
        });
        expect(await isRegistered(key)).toBe(false);
      }
      expect((await server.ask(query, { operationName: 'Do', token: presenter })).data).toEqual({
        registerOrganisation: { effect: 'RECORDED' },
      });
      for (let times = 0; times < 3; times++)
        expect((await server.ask(query, { operationName: 'Ask', method, token: presenter })).data).toHaveProperty('organisation');
    });

    it('never runs the mutation for a GET', async () => {
      const query = document('never');
      for (let times = 0; times < 3; times++) {
        expect((await server.ask(query, { operationName: 'Do', method: 'GET', token: presenter })).errors).toHaveLength(1);
        await server.ask(query, { operationName: 'Ask', method: 'GET', token: presenter });
      }
      expect(await isRegistered('never')).toBe(false);
    });

    it.each(['POST', 'GET'] as const)('says by %s which operations there are, where none of the name is asked for', async (method) => {
      for (const operationName of ['Nothing', undefined]) {
        const asking = { method, token: presenter, ...(operationName && { operationName }) };
        expect((await server.ask(document('which'), asking)).errors).toMatchObject([
          { extensions: { code: 'operation-unknown', details: { known: ['Ask', 'Do'] } } },
        ]);
      }
      expect((await server.ask('query Only { calls { totalCount } }', { operationName: 'Other', method })).errors).toMatchObject([
        { extensions: { code: 'operation-unknown', details: { known: ['Only'] } } },
      ]);
    });
  });

  describe('of what is no document, or no way to change anything', () => {
    const name = (value: string) => ({ kind: 'Name', value });
    const tree = (selection: object) =>
      JSON.stringify({ kind: 'Document', definitions: [{ kind: 'OperationDefinition', operation: 'query', selectionSet: selection }] });

    it('takes no syntax tree in JSON: neither one whose names are code, nor one that hides its selections', async () => {
      const withCode = tree({
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: name('regions'),
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', alias: name('x": (globalThis.PWNED = 1), "y'), name: name('__typename') }],
            },
          },
        ],
      });
      const hidden = tree({
        kind: 'Name',
        value: 'x',
        selections: [
          {
            kind: 'Field',
            name: name('projections'),
            selectionSet: { kind: 'Name', value: 'x', selections: [{ kind: 'Field', name: name('name') }] },
          },
        ],
      });
      for (const query of [withCode, hidden, '{"kind":"Document"}', ' [ ]', '1', '"x"', 'null', '{}']) {
        for (const method of ['POST', 'GET'] as const) {
          for (let times = 0; times < 3; times++) {
            const { status, data, errors } = await server.ask(query, { method });
            expect([status, data ?? null, errors.map(({ extensions }) => extensions.code)]).toEqual([400, null, ['not-graphql']]);
          }
        }
      }
      expect(globalThis).not.toHaveProperty('PWNED');
    });

    it('changes nothing for a HEAD', async () => {
      const query = `mutation { registerOrganisation(commandId: "${randomUUID()}", input: { organisation: "by-head", kind: COMPANY, names: { fi: "x" } }) { effect } }`;
      const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${presenter}` },
      });
      expect(response.status).toBe(404);
      expect(await server.system.log.readStream('organisation-by-head')).toEqual([]);
    });

    it('answers a document that is too long, or wrong in a thousand places, at once and in few words', async () => {
      const long = await server.ask(`{ ${Array.from({ length: 4_000 }, (_, n) => `a${n}: call(id: 0) { id }`).join(' ')} }`);
      expect([long.status, long.errors.length]).toEqual([413, 1]);
      const wrong = await server.ask(`{ ${Array.from({ length: 150 }, (_, n) => `a${n}: call(id: 0) { id }`).join(' ')} }`);
      expect([wrong.status, wrong.errors.length]).toEqual([400, 10]);
    });
  });

  it('takes null for what a client leaves out', async () => {
    const { data, errors } = await server.ask(
      'query ($n: Int, $c: String, $p: Position, $a: AsOf, $k: CallKind) { calls(first: $n, after: $c, afterPosition: $p, asOf: $a, kind: $k) { totalCount } call(id: "pilot-2018", after: $p, asOf: $a) { id } }',
      {
        variables: { n: null, c: null, p: null, a: null, k: null },
      },
    );
    expect([data, errors]).toEqual([{ calls: { totalCount: 3 }, call: { id: 'pilot-2018' } }, []]);
  });

  it('counts what there was at the time asked for', async () => {
    const { data } = await server.ask(
      '{ calls(asOf: "2019-01-01") { totalCount edges { node { id } } } organisations(asOf: "2010-01-01") { totalCount pageInfo { hasNextPage } } }',
    );
    expect(data).toEqual({
      calls: { totalCount: 1, edges: [{ node: { id: 'pilot-2018' } }] },
      organisations: { totalCount: 0, pageInfo: { hasNextPage: false } },
    });
  });

  describe('of a connection', () => {
    const all = async (first: number, question = 'organisations') => {
      const ids: string[] = [];
      for (let after: string | undefined; ;) {
        const { data } = await server.ask(
          `query ($after: String) { ${question}(first: ${first}, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { id } } } }`,
          { variables: { after } },
        );
        const { edges, pageInfo, totalCount } = data[question];
        ids.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
        expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
        if (!pageInfo.hasNextPage) {
          expect(ids).toHaveLength(totalCount);
          return ids;
        }
        after = pageInfo.endCursor;
      }
    };

    it('gives each once, in the same order, whatever the size of the pages', async () => {
      const whole = await all(100);
      expect(whole).toEqual([...whole].sort());
      for (const first of [1, 4, 7]) expect(await all(first)).toEqual(whole);
      expect(await all(2, 'calls')).toEqual(await all(50, 'calls'));
      const byName = await all(100, 'organisationsByName');
      expect([...byName].sort()).toEqual(whole);
      for (const first of [1, 7]) expect(await all(first, 'organisationsByName')).toEqual(byName);
    });

    it('filters', async () => {
      const { data } = await server.ask(
        '{ organisations(kind: HOSPITAL_DISTRICT) { totalCount } lapland: organisations(region: R19) { edges { node { id } } } calls(kind: PILOT) { edges { node { id } } } call(id: "coordination-2019") { applications(region: R12) { totalCount } } }',
      );
      expect(data).toEqual({
        organisations: { totalCount: 1 },
        lapland: { edges: [{ node: { id: 'council-19' } }, { node: { id: 'lapland-hospital-district' } }] },
        calls: { edges: [{ node: { id: 'pilot-2018' } }] },
        call: { applications: { totalCount: 1 } },
      });
    });

    it.each([
      ['first: 0', 'page-size'],
      ['first: 101', 'page-size'],
      ['first: -1', 'page-size'],
      ['after: "nonsense"', 'cursor-unknown'],
      ['after: "e30"', 'cursor-unknown'],
    ])('does not answer %s: %s', async (argument, code) => {
      expect((await server.ask(`{ organisations(${argument}) { totalCount } }`)).errors).toMatchObject([
        { extensions: { code }, path: ['organisations'] },
      ]);
    });
  });

  it('reads what is joined once for all of a list', async () => {
    const rows = server.system.runner.rows(organisations);
    const getMany = jest.spyOn(rows, 'getMany');
    await server.ask('{ calls { edges { node { organiser { id } } } } }');
    expect(getMany.mock.calls).toEqual([[['ministry-of-finance']]]);
    getMany.mockRestore();
  });

  it('keeps the state of the views for those who watch over them', async () => {
    const question = '{ projections { name state lagEvents paused { reason } } }';
    expect((await server.ask(question)).errors).toMatchObject([{ extensions: { code: 'sign-in-needed' } }]);
    expect((await server.ask(question, { token: await server.token('provider') })).errors).toMatchObject([
      { extensions: { code: 'not-permitted' } },
    ]);
    const hidden = 'query { ...Watch } fragment Watch on Query { p: projections { name } }';
    expect((await server.ask(hidden)).errors).toMatchObject([{ extensions: { code: 'sign-in-needed' } }]);
    const { data } = await server.ask(question, { token: await server.token('ministry-auditor') });
    expect(data.projections).toContainEqual({ name: 'calls', state: 'LIVE', lagEvents: 0, paused: null });
  });

  it('tells a client nothing of what broke inside but an id, which the log has with the stack', async () => {
    const rows = server.system.runner.rows(calls);
    const broken = jest.spyOn(rows, 'getMany').mockRejectedValue(new Error('the secret of the house'));
    const { status, data, errors } = await server.ask('{ call(id: "pilot-2018") { id } }', { language: 'fi' });
    broken.mockRestore();
    expect([status, data]).toEqual([200, { call: null }]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|stack|at /);
    const { id } = errors[0]?.extensions.details as { id: string };
    expect(errors).toMatchObject([{ extensions: { code: 'internal' }, message: expect.stringContaining(id) }]);
    expect(server.warned).toContainEqual({ message: expect.any(String), id, stack: expect.stringContaining('the secret of the house') });
  });

  it.each([
    ['no JSON', '{', 400, 'invalid-request'],
    ['JSON that is no request', '[]', 400, 'invalid-request'],
    ['a request without a query', '{}', 400, 'invalid-request'],
    ['a document that cannot be parsed', '{"query":"{ calls {"}', 400, 'invalid-request'],
    ['a field that there is not', '{"query":"{ secrets }"}', 400, 'invalid-request'],
    [
      'a request that is too large',
      JSON.stringify({ query: '{ calls { totalCount } }', variables: { x: 'x'.repeat(600_000) } }),
      413,
      'request-too-large',
    ],
  ])('answers %s with an error in the one form', async (_, body, status, code) => {
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { data, errors } = (await response.json()) as { data: unknown; errors: { message: string; extensions: { code: string } }[] };
    expect([response.status, data]).toEqual([status, null]);
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(/./), extensions: { code } });
  });

  it('reads plain fields itself: no field but the joined ones has a resolver', () => {
    const resolved = (name: string) =>
      Object.entries((server.schema.getType(name) as GraphQLObjectType).getFields()).flatMap(([field, { resolve }]) =>
        resolve ? [field] : [],
      );
    expect(resolved('CallTerms')).toEqual([]);
    expect(resolved('Call')).toEqual([
      'applicationTasks',
      'applications',
      'appropriation',
      'comparison',
      'contacts',
      'decisions',
      'duties',
      'goals',
      'grants',
      'largestGrant',
      'organiser',
      'planCommentTimes',
      'planSteps',
      'plans',
      'presenterDesk',
      'revision',
      'statements',
      'yearsOfUse',
    ]);
    expect(resolved('LocalizedText')).toEqual(['language', 'text']);
  });

  it('can be asked for its schema, as GraphiQL and the tools of clients do', async () => {
    const { data, errors } = await server.ask(getIntrospectionQuery());
    expect(errors).toEqual([]);
    expect(buildClientSchema(data).getMutationType()?.getFields()).toHaveProperty('planCall');
  });

  it('gives a browser a page that needs nothing from elsewhere', async () => {
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });

  it('does the work of operators for who has the token of the data folder, and for nobody else', async () => {
    const ask = (authorization?: string, task = 'verify') =>
      fetch(`${server.url}/admin/${task}`, { method: 'POST', headers: { ...(authorization && { authorization }) } });
    expect((await ask()).status).toBe(401);
    expect((await ask('Bearer ')).status).toBe(401);
    expect((await ask(`Bearer ${await server.token('ministry-auditor')}`)).status).toBe(401);
    const { adminToken } = server.system.folder.running() as { adminToken: string };
    expect((await ask(`Bearer ${adminToken}`, 'constructor')).status).toBe(404);
    const lines = (await (await ask(`Bearer ${adminToken}`)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { result?: { differences: unknown[] }[] });
    expect(lines.at(-1)?.result?.map(({ differences }) => differences)).toEqual(server.system.runner.names.map(() => []));
  });
});
