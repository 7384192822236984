import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import { WebSocket } from 'ws';
import { dear, listLengths } from '#edge/cost';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';
import { Subscriber } from './subscriber.testing.js';

jest.setTimeout(300_000);

interface ToldError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly details?: { readonly problems?: readonly string[] } };
}

const codesOf = ({ errors }: { errors: readonly { extensions: { code: string } }[] }) => errors.map(({ extensions }) => extensions.code);

describe('what anybody may send', () => {
  let server: TestServer;
  let presenter: string;
  beforeAll(async () => {
    server = await TestServer.start({ clock: new ManualClock('2026-09-01T09:00:00Z') });
    presenter = await server.token('ministry-presenter');
  });
  afterAll(() => server.stop());

  const asked = async (body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const answer = await response.text();
    return {
      status: response.status,
      length: answer.length,
      ...(JSON.parse(answer) as { data: unknown; errors: ToldError[]; extensions: object }),
    };
  };

  it('at once is begun a few requests in a turn of the event loop, and all of it is answered', async () => {
    const [many, inOneTurn] = [200, 16];
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
    socket.write('GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: here\r\n\r\n'.repeat(many));
    let [turns, answered] = [0, 0];
    const count = () => {
      turns += 1;
      if (answered < many) setImmediate(count);
    };
    socket.once('data', count);
    for await (const data of socket as AsyncIterable<Buffer>) {
      answered += data.toString().split('"__typename":"Query"').length - 1;
      if (answered === many) break;
    }
    expect(turns).toBeGreaterThan(many / inOneTurn / 2);
  });

  describe('as a document', () => {
    it('is refused by its bytes before it is parsed', async () => {
      const { status, errors } = await asked({ query: `{ calls { totalCount } } # ${'x'.repeat(400_000)}ſ` });
      expect([status, codesOf({ errors })]).toEqual([413, ['document-too-large']]);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/graphql'])('comes as JSON, and not as %s', async (type) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'query={calls{totalCount}}',
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.json()).toMatchObject({ data: null, errors: [{ extensions: { code: 'invalid-request' } }] });
    });

    it.each([
      { query: 1 },
      { query: '{ calls { totalCount } }', variables: [] },
      { query: '{ calls { totalCount } }', variables: 'x' },
      { query: '{ calls { totalCount } }', operationName: {} },
    ])('comes in the form of a request, and not as %j', async (body) => {
      const { status, errors } = await asked(body);
      expect([status, codesOf({ errors })]).toEqual([400, ['invalid-request']]);
    });
  });

  it.each([
    ['fi', /^Pyyntö on liian suuri: siinä saa olla enintään 524288 tavua/, /^Pyyntö ei ole GraphQL-pyyntö/],
    ['sv', /^Begäran är för stor: den får ha högst 524288 byte/, /^Begäran är ingen GraphQL-begäran/],
    ['en', /^The request is too large: it may have 524288 bytes/, /^This is no request of GraphQL/],
  ])('that is larger than a request may be, or no JSON, is told so in the caller’s language (%s)', async (language, tooLarge, noJson) => {
    const sent = async (body: string) => {
      const headers = { 'content-type': 'application/json', 'accept-language': language };
      const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
      const { errors } = (await response.json()) as { errors: ToldError[] };
      return [response.status, errors.map(({ message, extensions: { code } }) => [code, message])];
    };
    expect(await sent(JSON.stringify({ query: 'x'.repeat(600_000) }))).toEqual([
      413,
      [['request-too-large', expect.stringMatching(tooLarge)]],
    ]);
    for (const body of ['{"query": ', '', '{"query": "{ __typename }", "__proto__": {}}'])
      expect(await sent(body)).toEqual([400, [['invalid-request', expect.stringMatching(noJson)]]]);
  });

  it('is never told again as a whole', async () => {
    const long = 'x'.repeat(10_000);
    for (const body of [
      { query: '{ __typename }', operationName: long },
      { query: `{ ${long} }` },
      { query: `{ call(id: "NO KEY ${long}") { id } }` },
      { query: `{ calls(first: ${'9'.repeat(10_000)}) { totalCount } }` },
      { query: `{ calls(after: "${long}") { totalCount } }` },
      { query: `{ organisations(kind: ${long}) { totalCount } }` },
      { query: 'query ($id: Key!) { call(id: $id) { id } }', variables: { id: `NO KEY ${long}` } },
      { query: 'query ($id: Key!) { call(id: $id) { id } }', variables: { id: [long] } },
    ]) {
      const { errors, length } = await asked(body);
      expect([errors.length, length < 1_500, body]).toEqual([1, true, body]);
    }
  });

  describe('as variables', () => {
    const query = 'mutation ($commandId: UUID!, $input: PlanCallInput!) { planCall(commandId: $commandId, input: $input) { effect } }';
    const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`unknown${n}`, 'x'.repeat(5)]));

    it.each([
      ['more fields than any input has', { input: fields(20_000) }],
      ['a list of more values than any list has', { input: { languages: Array.from({ length: 50_000 }, () => 'XX') } }],
      ['more levels than any input has', { input: JSON.parse(`${'{"terms":'.repeat(50)}{}${'}'.repeat(50)}`) as object }],
    ])('is refused before it is looked at: %s', async (_, variables) => {
      const { status, errors, length } = await asked({ query, variables });
      expect([status, codesOf({ errors }), length < 1_000]).toEqual([413, ['variables-too-large'], true]);
    });

    it('is told at most ten problems, in few words, whatever was sent', async () => {
      const unknown = await asked({ query, variables: { commandId: randomUUID(), input: { ...plan('x'), ...fields(4_000) } } });
      expect([unknown.status, unknown.errors.length, unknown.length < 5_000]).toEqual([400, 10, true]);
      const long = await asked({ query, variables: { commandId: 'x'.repeat(100_000), input: plan('x') } });
      expect([long.status, long.length < 2_000]).toEqual([400, true]);
      const wrong = { ...plan('x'), goals: Array.from({ length: 90 }, () => ({ fi: '' })) };
      const { errors, length } = await asked(
        { query, variables: { commandId: randomUUID(), input: wrong } },
        { authorization: `Bearer ${presenter}` },
      );
      expect([errors[0]?.extensions.details?.problems?.length, length < 5_000]).toEqual([10, true]);
    });

    it('is told the same about an operation’s text each time', async () => {
      const text = 'query Again ($id: Key!, $n: Int) { call(id: $id) { applications(first: $n) { totalCount } } }';
      const answers = [];
      for (let times = 0; times < 4; times++) answers.push(await asked({ query: text, variables: { id: 'NOT A KEY', n: 'many' } }));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]?.errors).toMatchObject([
        { message: expect.stringMatching(/^\$id: .*is not a key/) },
        { message: expect.stringMatching(/^\$n: .*Int/) },
      ]);
      for (let times = 0; times < 3; times++)
        expect(await asked({ query: text, variables: { id: 'pilot-2018', n: 1 } })).toMatchObject({ status: 200, data: { call: {} } });
      expect(await asked({ query: text, variables: { id: 'NOT A KEY', n: 'many' } })).toEqual(answers[0]);
    });
  });

  describe('as a question', () => {
    const large = `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: calls(first: 100) { edges { node { id applications(first: 100) { edges { node { id story { steps { event } } } } } } } }`).join(' ')} }`;

    it('may cost so much by role, and is told what it costs', async () => {
      const { extensions, data } = await asked({ query: '{ calls(first: 2) { totalCount } }' });
      expect([extensions, data]).toEqual([{ cost: { asked: expect.any(Number), budget: 20_000 } }, { calls: { totalCount: 3 } }]);
      const refused = await asked({ query: large }, { 'accept-language': 'sv' });
      expect(refused).toMatchObject({
        status: 400,
        data: null,
        errors: [
          {
            message: expect.stringMatching(/^Frågan kostar \d+/),
            extensions: { code: 'too-costly', details: { cost: expect.any(Number), budget: 20_000 } },
          },
        ],
        extensions: { cost: { asked: expect.any(Number), budget: 20_000 } },
      });
      const auditor = await asked({ query: large }, { authorization: `Bearer ${await server.token('ministry-auditor')}` });
      expect(auditor.extensions).toMatchObject({ cost: { budget: 200_000 } });
    });

    it('costs what its variables ask for, whatever its text', async () => {
      const query =
        'query ($n: Int) { calls(first: $n) { edges { node { applications(first: $n) { edges { node { id story { steps { event } } } } } } } } }';
      expect((await asked({ query, variables: { n: 1 } })).status).toBe(200);
      expect(codesOf(await asked({ query, variables: { n: 100 } }))).toEqual(['too-costly']);
    });

    it('is counted by fields that there are', () => {
      for (const field of [...Object.keys(dear), ...Object.keys(listLengths)]) {
        const [type = '', name = ''] = field.split('.');
        const found = server.schema.getType(type);
        expect([field, isObjectType(found) && name in found.getFields()]).toEqual([field, true]);
      }
    });
  });

  describe('as a change by GET', () => {
    it.each(['fi', 'sv', 'en'])('is refused as the caller’s mistake (%s), and nobody is alarmed', async (language) => {
      const before = server.warned.length;
      const query = `mutation { registerOrganisation(commandId: "${randomUUID()}", input: { organisation: "by-get", kind: COMPANY, names: { fi: "x" } }) { effect } }`;
      for (let times = 0; times < 3; times++)
        expect(await server.ask(query, { method: 'GET', token: presenter, language })).toMatchObject({
          status: 405,
          errors: [{ extensions: { code: 'post-needed' } }],
        });
      expect(server.warned).toHaveLength(before);
      expect(await server.system.log.readStream('organisation-by-get')).toEqual([]);
    });
  });

  /** Values of every scalar that its own rules let through, and that nobody means. */
  const odd: Readonly<Record<string, readonly string[]>> = {
    AsOf: ['"0001-01-01"', '"9999-12-31"', '"1970-01-01T00:00:00Z"'],
    Boolean: ['true'],
    Cents: ['"0"', '"-5"', '"9007199254740991"'],
    Day: ['"0001-01-01"', '"9999-12-31"'],
    Int: ['0', '-1', '100', '2147483647', '-2147483648'],
    Key: ['"constructor"', '"tostring"', `"${'a'.repeat(200)}"`, '"pilot-2018"', '"coordination-2019"'],
    Matter: ['"coordination-2019--12"', '"constructor--constructor"', '"a--12"'],
    Position: [`"${'f'.repeat(32)}"`, `"${'0'.repeat(32)}"`],
    String: ['""', '"__proto__"', '"constructor"', `"${'x'.repeat(5_000)}"`, '"\\u0000"'],
    UUID: [`"${randomUUID()}"`],
    When: ['"2018-autumn"', '"0001-01-01"'],
  };
  const valuesOf = (type: GraphQLInputType): readonly string[] => {
    const named = getNamedType(type);
    const of = isListType(isNonNullType(type) ? type.ofType : type) ? (one: string) => `[${one}]` : (one: string) => one;
    if (isEnumType(named)) return named.getValues().map(({ name }) => of(name));
    return isInputObjectType(named) ? [] : (odd[named.name] ?? []).map(of);
  };
  /** The arguments that a field needs, given once. */
  const needed = (args: readonly GraphQLArgument[], without?: string) =>
    args.flatMap(({ name, type }) =>
      isNonNullType(type) && name !== without
        ? [`${name}: ${name === 'id' || name === 'call' ? '"coordination-2019"' : (valuesOf(type)[0] ?? '')}`]
        : [],
    );

  it('is never answered as a fault of ours: every argument of every question, with odd values', async () => {
    const leaf = (type: unknown) => (isObjectType(type) ? ' { __typename }' : '');
    const query = server.schema.getQueryType();
    const call = server.schema.getType('Call');
    if (!isObjectType(query) || !isObjectType(call)) throw new Error('no Query or Call');
    const questions = [
      ...Object.values(query.getFields()).map((field) => ({ field, within: (asked: string) => `{ ${asked} }` })),
      ...Object.values(call.getFields()).map((field) => ({
        field,
        within: (asked: string) => `{ call(id: "coordination-2019") { ${asked} } }`,
      })),
    ].flatMap(({ field, within }) =>
      field.args.flatMap((argument) =>
        valuesOf(argument.type).map((value) =>
          within(
            `${field.name}(${[...needed(field.args, argument.name), `${argument.name}: ${value}`].join(', ')})${leaf(getNamedType(field.type))}`,
          ),
        ),
      ),
    );
    expect(questions.length).toBeGreaterThan(200);
    const token = await server.token('ministry-auditor');
    const internal = [];
    for (const question of questions) {
      const { status, errors } = await server.ask(question, { token });
      if (status >= 500 || errors.some(({ extensions: { code } }) => code === 'internal'))
        internal.push([question.slice(0, 200), status, errors]);
    }
    expect(internal).toEqual([]);
  });

  it('is answered with what the caller may read, and null with an error where they may not', async () => {
    const question =
      'query { calls { totalCount } ...Watch call(id: "coordination-2019") { id presenterDesk { __typename } comparison { __typename } } } fragment Watch on Query { p: projections { name } }';
    for (const [token, code] of [
      [undefined, 'sign-in-needed'],
      [await server.token('provider'), 'not-permitted'],
    ] as const)
      for (let times = 0; times < 3; times++) {
        const { status, data, errors } = await server.ask(question, token ? { token } : {});
        expect([status, data]).toEqual([
          200,
          { calls: { totalCount: 3 }, p: null, call: { id: 'coordination-2019', presenterDesk: null, comparison: null } },
        ]);
        expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual(
          expect.arrayContaining([['p'], ['call', 'presenterDesk'], ['call', 'comparison']].map((path) => [path, code])),
        );
      }
  });
});

describe('who asks too much', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      environment: {
        REQUESTS_PER_SECOND: '20',
        COST_PER_SECOND: '20000',
        SUBSCRIPTION_CONNECTIONS_PER_CLIENT: '3',
        REQUEST_SECONDS: '1',
        TRUSTED_PROXIES: '127.0.0.1',
      },
    });
  });
  afterAll(() => server.stop());

  let addresses = 0;
  /** An address of its own for each spec: the server believes this machine’s word on it. */
  const address = () => `203.0.113.${++addresses}`;
  const asked = async (forwarded: string, query = '{ __typename }', headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded, ...headers },
      body: JSON.stringify({ query }),
    });
    const { errors = [] } = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), errors };
  };
  const connect = (forwarded: string, init: object = {}) =>
    Subscriber.connect(server.url, { init, headers: { 'x-forwarded-for': forwarded } });
  const upgraded = async (forwarded: string) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { 'x-forwarded-for': forwarded },
    });
    const answer = await new Promise<readonly unknown[]>((resolve) => {
      socket.on('unexpected-response', (_request, { statusCode, headers }) => resolve([statusCode, headers['retry-after']]));
      socket.on('open', () => resolve([101, undefined]));
      socket.on('error', () => undefined);
    });
    socket.terminate();
    return answer;
  };

  const large = '{ calls(first: 100) { edges { node { id name { fi sv en } contacts { contact } organiser { id } } } } }';

  it('asks too fast is told when to come again, and others are answered', async () => {
    const [fast, other] = [address(), address()];
    const answers = await Promise.all(Array.from({ length: 100 }, () => asked(fast)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(50);
    expect(refused[0]).toMatchObject({ retryAfter: '1', errors: [{ extensions: { code: 'too-many-requests' } }] });
    expect((await asked(other)).status).toBe(200);
    const inFinnish = await Promise.all(Array.from({ length: 100 }, () => asked(fast, undefined, { 'accept-language': 'fi' })));
    expect(inFinnish.find(({ status }) => status === 429)?.errors[0]?.message).toMatch(
      /^Pyyntöjä tulee liian tiheästi. Yritä uudelleen \d+ sekunnin/,
    );
  });

  it('is not who watches: health is answered however often', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(`${server.url}/health/live`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('asks much with few requests waits longer, wherever they ask from with one token', async () => {
    const here = address();
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await asked(here, large));
    expect(answers.map(({ status }) => status).slice(0, 2)).toEqual([200, 200]);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.retryAfter)).toBeGreaterThanOrEqual(1);
    const headers = { authorization: `Bearer ${await server.token('provider')}` };
    const statuses = [];
    for (let n = 0; n < 6; n++) statuses.push((await asked(address(), large, headers)).status);
    expect(statuses).toContain(429);
    expect(
      (await asked(here, '{ __typename }', { authorization: `Bearer ${await server.token('provider', {}, '1h', 'eino')}` })).status,
    ).toBe(200);
  });

  it('opens more connections than one may is refused, by address and by caller', async () => {
    const here = address();
    const open = [await connect(here), await connect(here), await connect(here)];
    expect(await upgraded(here)).toEqual([429, '5']);
    expect(await upgraded(address())).toEqual([101, undefined]);
    open[0]?.cut();
    await open[0]?.closed;
    // What the server hears of the cut comes before what it is asked later.
    for (let answer = await upgraded(here); answer[0] !== 101; answer = await upgraded(here)) expect(answer[0]).toBe(429);
    for (const subscriber of open) subscriber.cut();

    const init = { authorization: `Bearer ${await server.token('provider', {}, '1h', 'toivo')}` };
    const signedIn = [];
    for (let n = 0; n < 4; n++) signedIn.push(await connect(address(), init));
    expect(await signedIn[3]?.closed).toEqual({ code: 1013, reason: expect.stringMatching(/^too-many-connections: You can have 3/) });
    for (const subscriber of signedIn) subscriber.cut();
  });

  it('talks too fast over a connection is told so, and up to where it was told, and the connection ends', async () => {
    const subscriber = await connect(address());
    subscriber.subscribe('subscription { events(call: "pilot-2018") { position } }');
    const [first] = await subscriber.take(1);
    const position = (first?.payload as { data: { events: { position: string } } }).data.events.position;
    for (let n = 0; n < 60; n++) subscriber.say({ type: 'ping' });
    const told = (await subscriber.take()).filter(({ type }) => type === 'error');
    expect(told).toMatchObject([{ payload: [{ extensions: { code: 'too-many-requests', details: { position: expect.any(String) } } }] }]);
    expect(position).toMatch(/^[0-9a-f]{32}$/);
    expect(await subscriber.closed).toEqual({ code: 1013, reason: expect.stringMatching(/^too-many-requests: /) });
  });

  it('subscribes again and again is charged for each time', async () => {
    const here = address();
    let last: Awaited<ReturnType<typeof asked>>;
    do last = await asked(here, large);
    while (last.status === 200);
    const subscriber = await connect(here);
    const ids = Array.from({ length: 12 }, () => subscriber.subscribe('subscription { viewChanged(projection: "calls") { position } }'));
    subscriber.say({ type: 'ping' });
    const refused: (string | undefined)[] = [];
    for (let told = await subscriber.next(); told && told.type !== 'pong'; told = await subscriber.next()) {
      expect(told).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'too-many-requests' } }] });
      refused.push(told.id);
    }
    expect(refused).toContain(ids.at(-1));
    subscriber.cut();
  });

  it.each([
    ['its headers', 'POST /graphql HTTP/1.1\r\nHost: here\r\n'],
    ['its body', 'POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"qu'],
  ])('does not send %s is cut at the time that is set', async (_, request) => {
    const start = performance.now();
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
    const answer = text(socket);
    socket.write(request);
    await once(socket, 'close');
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - start).toBeGreaterThan(900);
    expect(performance.now() - start).toBeLessThan(6_000);
  });
});

describe('a subscription under an id that was used before', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('tells each event once, however quickly the id is used again', async () => {
    const query = 'subscription { events(call: "coordination-2019") { position } }';
    const payload = { query };
    const reader = await Subscriber.connect(server.url);
    reader.say({ id: 'whole', type: 'subscribe', payload });
    const whole = (await reader.take(25)).map((told) => (told.payload as { data: { events: { position: string } } }).data.events.position);
    reader.cut();
    for (const times of [1, 2, 5]) {
      const subscriber = await Subscriber.connect(server.url);
      for (let n = 0; n < times; n++) {
        subscriber.say({ id: 'a', type: 'subscribe', payload });
        subscriber.say({ id: 'a', type: 'complete' });
      }
      subscriber.say({ id: 'a', type: 'subscribe', payload });
      const told = await subscriber.take(25);
      expect(new Set(told.map(({ id, type }) => `${id} ${type}`))).toEqual(new Set(['a next']));
      expect(told.map((one) => (one.payload as { data: { events: { position: string } } }).data.events.position)).toEqual(whole);
      // What was told twice would come before the answer to what is said now.
      subscriber.say({ type: 'ping' });
      expect(await subscriber.next()).toMatchObject({ type: 'pong' });
      subscriber.say({ id: 'a', type: 'complete' });
      subscriber.say({ id: 'a', type: 'subscribe', payload });
      subscriber.say({ id: 'a', type: 'subscribe', payload });
      expect(await subscriber.closed).toMatchObject({ code: 4409 });
    }
  });

  it.each([
    { matter: '__proto__' },
    { matter: 'constructor' },
    { call: 'constructor' },
    { matter: '' },
    { call: 'pilot-2018', after: 'f'.repeat(32) },
  ])('is answered or refused by a code, and never as a fault of ours: %j', async (variables) => {
    const subscriber = await Subscriber.connect(server.url);
    subscriber.subscribe(
      'subscription ($call: Key, $matter: String, $after: Position) { events(call: $call, matter: $matter, after: $after) { position } }',
      variables,
    );
    subscriber.say({ type: 'ping' });
    const told = await subscriber.take(1);
    expect(JSON.stringify(told)).not.toContain('internal');
    subscriber.cut();
    expect(server.warned.filter((one) => 'stack' in one)).toEqual([]);
  });
});
