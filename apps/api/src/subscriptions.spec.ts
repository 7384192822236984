import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createConnection } from 'node:net';
import { json } from 'node:stream/consumers';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ManualClock } from '#kernel/clock.testing';
import { plan, terms } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';
import { Subscriber, type Told } from './subscriber.testing.js';

jest.setTimeout(300_000);

const follow =
  'subscription ($call: Key, $matter: String, $after: Position) { events(call: $call, matter: $matter, after: $after) { type revision position data actor { role id } } }';
const eventOf = ({ payload }: Told) =>
  payload.data.events as {
    type: string;
    revision: string;
    position: string;
    data: Record<string, unknown>;
    actor: { role: string; id: string | null };
  };
const typesOf = (told: readonly Told[]) => told.map((one) => eventOf(one).type);
const codesOf = ({ payload }: Told) => (payload as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

let server: TestServer;
let presenter: string;
const open = new Set<Subscriber>();

const connect = async (options: Parameters<typeof Subscriber.connect>[1] = {}) => {
  const subscriber = await Subscriber.connect(server.url, options);
  open.add(subscriber);
  return subscriber;
};
const as = async (role: string, options: { language?: string; lifetime?: string } = {}) =>
  connect({
    init: {
      authorization: `Bearer ${await server.token(role, {}, options.lifetime)}`,
      ...(options.language && { 'accept-language': options.language }),
    },
  });
const done = async (mutation: string, input: object) => {
  const { data, errors } = await server.command(mutation, input, presenter);
  expect(errors).toEqual([]);
  return data[mutation].position as string;
};
const published = async (call: string) => {
  await done('planCall', plan(call));
  return done('publishCall', { call });
};
const contact = (call: string, n: number | string) =>
  done('nameCallContact', { call, contact: `contact-${n}`, office: { fi: 'Neuvonta' }, name: `Kuvitteellinen ${n}` });
const starting =
  (options: Parameters<typeof TestServer.start>[0] = {}) =>
  async () => {
    server = await TestServer.start(options);
    presenter = await server.token('ministry-presenter', {}, '1y');
  };
const stopping = async () => {
  for (const subscriber of open) subscriber.cut();
  open.clear();
  await server.stop();
};

describe('the events of a call', () => {
  beforeAll(starting({ clock: new ManualClock('2026-09-01T09:00:00Z') }));
  afterEach(() => {
    for (const subscriber of open) subscriber.cut();
    open.clear();
  });
  afterAll(stopping);

  it('are told from the beginning, and then as they are recorded, without those of other calls', async () => {
    await published('live');
    const subscriber = await connect();
    subscriber.subscribe(follow, { call: 'live' });
    expect(typesOf(await subscriber.take(1))).toEqual(['CallPublished']);
    await published('another');
    await contact('live', 1);
    await done('cancelCall', { call: 'live', reason: 'Peruttu' });
    expect(typesOf(await subscriber.take(2))).toEqual(['CallContactNamed', 'CallCancelled']);
  });

  it('are told after a position, itself excluded', async () => {
    const position = await published('after');
    await contact('after', 1);
    const subscriber = await connect();
    subscriber.subscribe(follow, { call: 'after', after: position });
    expect(typesOf(await subscriber.take(1))).toEqual(['CallContactNamed']);
  });

  it('are told of one matter, by its key', async () => {
    const subscriber = await connect();
    subscriber.subscribe(follow, { matter: 'coordination-2019--12' });
    expect(await subscriber.take(1)).toMatchObject([
      { payload: { data: { events: { type: 'ApplicationRecordedFromSource', data: { region: '12' } } } } },
    ]);
  });

  it('say what they are in three languages, when, from which source and in which role', async () => {
    const subscriber = await connect({ headers: { 'accept-language': 'sv' } });
    subscriber.subscribe(
      'subscription { events(call: "pilot-2018") { id type description { text fi en } stream revision effectiveAt recordedAt source actor { role } } }',
    );
    const [planned] = await subscriber.take(1);
    expect(planned?.payload.data.events).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'CallPlanned',
      description: {
        text: 'En utlysning av statsunderstöd planerades',
        fi: 'Valtionavustushaku suunniteltiin',
        en: 'A call for state grants was planned',
      },
      stream: 'call-pilot-2018',
      revision: '0',
      effectiveAt: expect.any(String),
      recordedAt: expect.any(String),
      source: expect.arrayContaining([expect.any(String)]),
      actor: { role: 'public-record-importer' },
    });
  });

  it('come each once and in order, however often the reader is cut off while commands go on', async () => {
    await published('cut');
    let isReading = true;
    const writer = (async () => {
      let n = 0;
      for (; isReading; n++) await Promise.all([contact('cut', n), n % 3 === 0 ? contact('after', `noise-${n}`) : undefined]);
      return n;
    })();
    const got: { position: string; revision: string }[] = [];
    for (let time = 0; time < 100; time++) {
      const reader = await connect();
      reader.subscribe(follow, { call: 'cut', after: got.at(-1)?.position });
      got.push(...(await reader.take(1 + (time % 4))).map(eventOf));
      reader.cut();
    }
    isReading = false;
    const written = await writer;
    const last = await connect();
    last.subscribe(follow, { call: 'cut', after: got.at(-1)?.position });
    got.push(...(await last.take(written + 1 - got.length)).map(eventOf));
    const stored = await server.system.log.readStream('call-cut');
    // The plan was not public when it was made: it is not counted, either.
    expect(got.map(({ revision, position }) => [revision, position])).toEqual(
      stored.slice(1).map(({ revision, position }) => [String(revision - 1), position]),
    );
  });

  describe('are shown to those who may see them', () => {
    it('each as it was when it was written: a draft stays hidden when the call is published', async () => {
      await done('planCall', plan('draft'));
      const [anyone, coordinator, auditor] = [await connect(), await as('regional-coordinator'), await as('ministry-auditor')];
      for (const reader of [anyone, coordinator, auditor]) reader.subscribe(follow, { call: 'draft' });
      await done('amendCallTerms', { call: 'draft', terms: { ...terms, largestShare: 6_000 }, reason: 'Tarkistus' });
      await done('publishCall', { call: 'draft' });
      await contact('draft', 1);
      const all = ['CallPlanned', 'CallTermsAmended', 'CallPublished', 'CallContactNamed'];
      expect(typesOf(await auditor.take(4))).toEqual(all);
      for (const reader of [anyone, coordinator]) expect(typesOf(await reader.take(2))).toEqual(all.slice(2));
    });

    it('with the personal texts that are public, and null once their person is forgotten', async () => {
      const position = await published('personal');
      await contact('personal', 1);
      const first = async () => {
        const reader = await connect();
        reader.subscribe(follow, { call: 'personal', after: position });
        return (await reader.take(1)).map((one) => eventOf(one).data);
      };
      expect(await first()).toEqual([
        { contact: 'contact-1', office: { fi: 'Neuvonta' }, person: 'personal--contact-1', name: 'Kuvitteellinen 1' },
      ]);
      await server.system.keys.forget('personal--contact-1', '2026-09-01T09:00:00.000Z');
      expect(await first()).toMatchObject([{ name: null }]);
    });

    it('with the actor’s role, and the pseudonym for auditors only', async () => {
      await published('acted');
      const [anyone, auditor] = [await connect(), await as('ministry-auditor')];
      anyone.subscribe(follow, { call: 'acted' });
      auditor.subscribe(follow, { call: 'acted' });
      expect((await anyone.take(1)).map((one) => eventOf(one).actor)).toEqual([{ role: 'ministry-presenter', id: null }]);
      expect((await auditor.take(1)).map((one) => eventOf(one).actor)).toEqual([
        { role: 'ministry-presenter', id: expect.stringMatching(/^person-/) },
      ]);
    });

    it('of how commands were answered: the auditor', async () => {
      await published('refused');
      const commandId = randomUUID();
      await server.command('planCall', plan('refused'), presenter, { commandId });
      const [drafter, auditor] = [await as('ministry-presenter'), await as('ministry-auditor')];
      for (const reader of [drafter, auditor]) reader.subscribe(follow, { call: 'refused' });
      await contact('refused', 1);
      expect(typesOf(await drafter.take(3))).toEqual(['CallPlanned', 'CallPublished', 'CallContactNamed']);
      const told = (await auditor.take(4)).map(eventOf);
      expect(told.map(({ type }) => type)).toEqual(['CallPlanned', 'CallPublished', 'CommandRefused', 'CallContactNamed']);
      expect(told[2]?.data).toMatchObject({ code: 'call-exists', payload: expect.stringContaining('"call":"refused"') });
    });

    it('of money that the ministry reserved: not to anyone', async () => {
      await published('money');
      const [anyone, auditor] = [await connect(), await as('ministry-auditor')];
      for (const reader of [anyone, auditor]) reader.subscribe(follow, { call: 'money' });
      await server.command('setAppropriation', { call: 'money', amount: '1' }, await server.token('ministry-decider'));
      await contact('money', 1);
      expect(typesOf(await auditor.take(4))).toEqual(['CallPlanned', 'CallPublished', 'AppropriationSet', 'CallContactNamed']);
      expect(typesOf(await anyone.take(2))).toEqual(['CallPublished', 'CallContactNamed']);
    });
  });

  describe('are answered by pages, too', () => {
    const page = async (variables: object, token?: string) =>
      server.ask(
        'query ($call: Key, $after: Position, $first: Int, $seen: Position) { events(call: $call, after: $after, first: $first, afterPosition: $seen) { events { type position } next end } }',
        { variables, ...(token && { token }) },
      );

    it('of whatever size, the same as they are told', async () => {
      const seen = await published('paged');
      const asked = async (first: number) => {
        const types: string[] = [];
        for (let after: string | undefined; ;) {
          const { events, next, end } = (await page({ call: 'coordination-2019', after, first, seen })).data.events;
          types.push(...events.map(({ type }: { type: string }) => type));
          if (end) return types;
          after = next;
        }
      };
      const whole = await asked(100);
      expect(whole).toHaveLength(25);
      for (const first of [1, 4, 24, 25]) expect(await asked(first)).toEqual(whole);
      const subscriber = await connect();
      subscriber.subscribe(follow, { call: 'coordination-2019' });
      expect(typesOf(await subscriber.take(whole.length))).toEqual(whole);
    });

    it('from which what one may not see cannot be told from what is not there', async () => {
      const seen = await done('planCall', plan('unseen'));
      const { data, errors } = await page({ call: 'unseen', first: 1, seen });
      expect([data, errors]).toEqual([(await page({ call: 'no-such-call', first: 1, seen })).data, []]);
      expect(data.events).toMatchObject({ events: [], end: true });
      expect((await page({ call: 'unseen', first: 1, seen }, presenter)).data.events.events).toMatchObject([{ type: 'CallPlanned' }]);
    });

    it.each([
      [{}, 'call-or-matter'],
      [{ call: 'live', first: 0 }, 'page-size'],
      [{ call: 'live', first: 101 }, 'page-size'],
      [{ call: 'live', after: 'f'.repeat(32) }, 'position-unknown'],
    ])('but not to %j: %s', async (variables, code) => {
      expect((await page(variables)).errors).toMatchObject([{ extensions: { code } }]);
    });

    it('and not by a subscription that is sent by POST', async () => {
      const { status, errors } = await server.ask('subscription { events(call: "live") { type } }', { language: 'fi' });
      expect([status, errors]).toMatchObject([
        400,
        [{ extensions: { code: 'websocket-needed' }, message: expect.stringMatching(/^Tilaus tehdään WebSocket-yhteydellä/) }],
      ]);
    });
  });

  describe('are not told to', () => {
    const refusals = async (
      query: string,
      { variables, operationName, language = 'en' }: { variables?: object; operationName?: string; language?: string } = {},
    ) => {
      const subscriber = await connect({ init: { authorization: `Bearer ${presenter}`, 'accept-language': language } });
      const id = subscriber.subscribe(query, variables, operationName);
      const told = await subscriber.next();
      expect(told?.id).toBe(id);
      return told as Told;
    };

    it.each([
      ['a query', 'query { calls { totalCount } }', 'subscriptions-only'],
      [
        'a mutation',
        `mutation { registerOrganisation(commandId: "${randomUUID()}", input: { organisation: "by-socket", kind: COMPANY, names: { fi: "x" } }) { effect } }`,
        'subscriptions-only',
      ],
      ['a syntax tree in JSON', '{"kind":"Document","definitions":[]}', 'not-graphql'],
      ['JSON of another kind', '[]', 'not-graphql'],
      ['what is no document', 'subscription {', 'invalid-request'],
      ['a field that there is not', 'subscription { secrets }', 'invalid-request'],
      [
        'two fields at once',
        'subscription { events(call: "live") { id } viewChanged(projection: "calls") { position } }',
        'invalid-request',
      ],
      ['a document that is too long', `subscription { events(call: "live") { ${'id '.repeat(2_000)} } }`, 'invalid-request'],
      ['neither call nor matter', 'subscription { events { id } }', 'call-or-matter'],
      ['both call and matter', 'subscription { events(call: "live", matter: "live--12") { id } }', 'call-or-matter'],
      ['a position that there is not', `subscription { events(call: "live", after: "${'f'.repeat(32)}") { id } }`, 'position-unknown'],
      ['a view that there is not', 'subscription { viewChanged(projection: "secrets") { position } }', 'projection-unknown'],
    ])('%s', async (_, query, code) => {
      const told = await refusals(query);
      expect([told.type, codesOf(told)]).toEqual(['error', [code]]);
      expect(await server.system.log.readStream('organisation-by-socket')).toEqual([]);
    });

    it('a syntax tree in place of the text: the connection ends', async () => {
      const subscriber = await connect();
      subscriber.say({ id: '1', type: 'subscribe', payload: { query: { kind: 'Document', definitions: [] } } });
      expect(await subscriber.closed).toMatchObject({ code: 4400 });
    });

    it('a document of several operations but by the name of a subscription', async () => {
      const document = `query Ask { calls { totalCount } } ${follow.replace('subscription', 'subscription Follow')} mutation Do { publishCall(commandId: "${randomUUID()}", input: { call: "live" }) { effect } }`;
      expect(codesOf(await refusals(document))).toEqual(['operation-unknown']);
      expect(codesOf(await refusals(document, { operationName: 'Other' }))).toEqual(['operation-unknown']);
      for (const operationName of ['Ask', 'Do'])
        expect(codesOf(await refusals(document, { operationName }))).toEqual(['subscriptions-only']);
      const told = await refusals(document, { operationName: 'Follow', variables: { call: 'pilot-2018' } });
      expect(typesOf([told])).toEqual(['CallPlanned']);
    });

    it('more subscriptions than a connection can have', async () => {
      const subscriber = await connect();
      const change = 'subscription { viewChanged(projection: "calls") { position } }';
      const ids = Array.from({ length: 21 }, () => subscriber.subscribe(change));
      expect(await subscriber.next()).toMatchObject({
        id: ids.at(-1),
        type: 'error',
        payload: [{ extensions: { code: 'too-many-subscriptions', details: { most: 20 } } }],
      });
      subscriber.say({ id: ids[0], type: 'complete' });
      const next = subscriber.subscribe('subscription { events(call: "pilot-2018") { type } }');
      expect(await subscriber.next()).toMatchObject({ id: next, type: 'next' });
    });

    it('anyone in another language than theirs', async () => {
      const texts = await Promise.all(
        ['fi', 'sv', 'en'].map(
          async (language) => ((await refusals('{ calls { totalCount } }', { language })).payload as { message: string }[])[0]?.message,
        ),
      );
      expect(texts).toEqual([
        expect.stringMatching(/^WebSocket-yhteydellä/),
        expect.stringMatching(/^Över WebSocket/),
        expect.stringMatching(/^Only subscriptions/),
      ]);
    });
  });

  it('are asked for in turns: who asks much at once is answered in order, and keeps nobody waiting', async () => {
    const [much, little] = [await connect(), await connect()];
    const ids = Array.from({ length: 60 }, () => much.subscribe('{ calls { totalCount } }'));
    little.subscribe('{ calls { totalCount } }');
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    await much.next();
    count();
    const answered = much.take(ids.length - 1);
    expect(await Promise.race([answered.then(() => 'much'), little.next().then(() => 'little')])).toBe('little');
    expect((await answered).map(({ id }) => id)).toEqual(ids.slice(1));
    isOver = true;
    expect(turns).toBeGreaterThan(ids.length / 2);
  });

  it('end when the client has enough, and the connection goes on', async () => {
    await published('enough');
    const subscriber = await connect();
    const first = subscriber.subscribe(follow, { call: 'enough' });
    expect(await subscriber.take(1)).toMatchObject([{ id: first, type: 'next' }]);
    subscriber.say({ id: first, type: 'complete' });
    const second = subscriber.subscribe(follow, { call: 'enough' });
    await subscriber.take(1);
    await contact('enough', 1);
    await contact('enough', 2);
    expect((await subscriber.take(2)).map(({ id }) => id)).toEqual([second, second]);
  });

  it('are told once each where a client ends a subscription and uses its id again at once', async () => {
    await published('anew');
    const subscriber = await connect();
    const say = {
      id: 'a',
      type: 'subscribe',
      payload: { query: follow, variables: { call: 'anew', after: await server.system.log.head() } },
    };
    for (let times = 0; times < 5; times++) {
      subscriber.say(say);
      subscriber.say({ id: 'a', type: 'complete' });
    }
    subscriber.say(say);
    // Answered after all that was said before it.
    const other = subscriber.subscribe(follow, { call: 'anew' });
    expect(await subscriber.take(1)).toMatchObject([{ id: other, type: 'next' }]);
    subscriber.say({ id: other, type: 'complete' });
    for (const n of [1, 2, 3]) await contact('anew', n);
    const told = (await subscriber.take(3)).map(({ id, payload }) => [id, payload.data.events.position as string]);
    expect(new Set(told.map(([, position]) => position)).size).toBe(3);
    expect(told.map(([id]) => id)).toEqual(['a', 'a', 'a']);
  });

  it('are told to the client library of the protocol', async () => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${presenter}` },
    });
    const types: string[] = [];
    for await (const { data } of client.iterate<{ events: { type: string } }>({
      query: follow,
      variables: { call: 'coordination-2019' },
    })) {
      if (types.push(data?.events.type ?? '') === 3) break;
    }
    await client.dispose();
    expect(types).toEqual(['CallPlanned', 'CallPublished', 'CallContactNamed']);
  });

  describe('and a view', () => {
    const watch = 'subscription ($after: Position) { viewChanged(projection: "organisations", after: $after) { projection position } }';
    const register = (organisation: string) =>
      done('registerOrganisation', { organisation, kind: 'COMPANY', names: { fi: 'Kuvitteellinen' } });

    it('that changes is told with the position, and not when only others change', async () => {
      const subscriber = await connect();
      const before = await register('watched-0');
      subscriber.subscribe(watch, { after: before });
      await published('not-watched');
      const position = await register('watched-1');
      expect(await subscriber.take(1)).toMatchObject([{ payload: { data: { viewChanged: { projection: 'organisations', position } } } }]);
    });

    it('that changed since the position is told at once', async () => {
      const before = await register('missed-0');
      const position = await register('missed-1');
      const subscriber = await connect();
      subscriber.subscribe(watch, { after: before });
      expect(await subscriber.take(1)).toMatchObject([{ payload: { data: { viewChanged: { position } } } }]);
    });
  });
});

describe('a connection', () => {
  const clock = new ManualClock('2026-09-01T09:00:00Z');
  beforeAll(starting({ clock, environment: { SUBSCRIPTION_CONNECTIONS: '3', SUBSCRIPTION_ORIGINS: 'https://pages.example' } }));
  afterEach(async () => {
    for (const subscriber of open) {
      subscriber.cut();
      await subscriber.closed;
    }
    open.clear();
  });
  afterAll(stopping);

  it.each([
    ['fi', /^token-invalid: Pääsytunniste ei kelpaa/],
    ['sv', /^token-invalid: Åtkomsttoken godkänns inte/],
    ['en', /^token-invalid: The token is not valid/],
  ])('with a token that is not valid is closed with the reason (%s)', async (language, reason) => {
    const subscriber = await connect({ init: { authorization: 'Bearer nonsense', 'accept-language': language } });
    expect(await subscriber.closed).toEqual({ code: 4403, reason: expect.stringMatching(reason) });
  });

  it('ends with its token, and says up to where it has told', async () => {
    await published('ending');
    const subscriber = await as('ministry-auditor', { language: 'fi' });
    const [following, watching] = [
      subscriber.subscribe(follow, { call: 'ending' }),
      subscriber.subscribe('subscription { viewChanged(projection: "calls") { position } }'),
    ];
    const { position } = (await subscriber.take(2)).map(eventOf)[1] as { position: string };
    clock.set('2027-09-01T09:00:00Z');
    const told = (await subscriber.take()).sort((a, b) => Number(a.id) - Number(b.id));
    expect(told).toMatchObject([
      {
        id: following,
        type: 'error',
        payload: [
          {
            message: expect.stringMatching(/^Pääsytunnisteen voimassaolo päättyi/),
            extensions: { code: 'token-ended', details: { position } },
          },
        ],
      },
      { id: watching, type: 'error', payload: [{ extensions: { code: 'token-ended' } }] },
    ]);
    expect(await subscriber.closed).toEqual({ code: 4403, reason: expect.stringMatching(/^token-ended: /) });
  });

  it('without a token goes on', async () => {
    const subscriber = await connect();
    subscriber.subscribe(follow, { call: 'ending' });
    await subscriber.take(1);
    clock.set('2028-09-01T09:00:00Z');
    await Promise.all([once(subscriber.socket, 'ping')]);
    expect(subscriber.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('whose client does not answer any more is cut', async () => {
    const [dead, living] = [await connect({ autoPong: false }), await connect()];
    for (const time of ['2028-10-01T09:00:00Z', '2028-11-01T09:00:00Z']) {
      const pings = Promise.all([dead, living].map(({ socket }) => Promise.race([once(socket, 'ping'), once(socket, 'close')])));
      clock.set(time);
      await pings;
      // What the living one answered has arrived when it is answered itself.
      living.say({ type: 'ping' });
      await living.next();
    }
    expect(await dead.closed).toMatchObject({ code: 1006 });
    expect(living.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('that does not say who it is in its first message is closed', async () => {
    const subscriber = await Subscriber.open(server.url);
    subscriber.subscribe(follow, { call: 'ending' });
    expect(await subscriber.closed).toMatchObject({ code: 4401 });
  });

  const answerTo = async (options: object, path = '/graphql') => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', options);
    const status = await new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      socket.on('open', () => resolve(101));
      socket.on('error', () => undefined);
    });
    socket.terminate();
    return status;
  };

  it.each([
    ['our own', () => server.url, 101],
    ['one that the settings name', () => 'https://pages.example', 101],
    ['another', () => 'https://elsewhere.example', 403],
    ['none that can be read', () => 'null', 403],
  ])('from a page of %s', async (_, origin, status) => {
    expect(await answerTo({ origin: origin() })).toBe(status);
  });

  it.each(['/elsewhere', '//', '//host:port'])('to another path, such as %s, is not made', async (path) => {
    expect(await answerTo({}, path)).toBe(404);
  });

  it('that is offered another protocol is answered over HTTP', async () => {
    const asked = request(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': '' },
    });
    asked.end('{"query":"{ __typename }"}');
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect([answer.statusCode, await json(answer)]).toMatchObject([200, { data: { __typename: 'Query' } }]);
  });

  it('beyond those that there may be is not made', async () => {
    for (let n = 0; n < 3; n++) await connect();
    expect(await answerTo({})).toBe(503);
  });
});

describe('a client that reads too slowly', () => {
  beforeAll(starting({ clock: new ManualClock('2026-09-01T09:00:00Z'), environment: { SUBSCRIPTION_WAITING_EVENTS: '10' } }));
  afterAll(stopping);

  it('is told so with the last position that it got, and can go on from there; the others are told everything', async () => {
    const position = await published('slow');
    const [slow, fast] = [await connect(), await connect()];
    for (const reader of [slow, fast]) reader.subscribe(follow, { call: 'slow', after: position });
    await contact('slow', 1);
    await Promise.all([slow.take(1), fast.take(1)]);
    slow.socket.pause();
    // More than the buffers of the network hold.
    const long = Array.from({ length: 24 }, (_, n) => ({ key: `criterion-${n}`, text: { fi: 'ä'.repeat(10_000) } }));
    const amendments = 60;
    for (let n = 0; n < amendments; n++)
      await done('amendCallTerms', {
        call: 'slow',
        terms: { ...terms, criteria: [...long, { key: 'last', text: { fi: String(n) } }] },
        reason: String(n),
      });
    expect((await fast.take(amendments)).map((one) => eventOf(one).data['reason'])).toEqual(
      Array.from({ length: amendments }, (_, n) => String(n)),
    );

    slow.socket.resume();
    const told = await slow.take();
    const got = told.slice(0, -1).map(eventOf);
    expect(got.length).toBeLessThan(amendments);
    expect(told.at(-1)).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'reader-too-slow', details: { position: got.at(-1)?.position } } }],
    });
    expect(await slow.closed).toEqual({ code: 1013, reason: expect.stringMatching(/^reader-too-slow: /) });

    const again = await connect();
    again.subscribe(follow, { call: 'slow', after: got.at(-1)?.position });
    const rest = (await again.take(amendments - got.length)).map(eventOf);
    expect([...got, ...rest].map(({ data }) => data['reason'])).toEqual(Array.from({ length: amendments }, (_, n) => String(n)));
  });
});

describe('a server that is stopped', () => {
  it.each([
    ['was refused and stays', 'GET /elsewhere HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['never ends its request', 'POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"qu'],
  ])('does not wait for who %s', async (_, request) => {
    await starting()();
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(server.url).port), allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.write(request);
    // What comes later over another connection is answered later.
    await server.ask('{ calls { totalCount } }');
    await server.stop();
    socket.destroy();
  });

  it('tells its subscribers so, and up to where it has told', async () => {
    await starting()();
    const subscriber = await connect();
    subscriber.subscribe(follow, { call: 'coordination-2019' });
    const told = await subscriber.take(25);
    await server.stop();
    expect(await subscriber.take()).toMatchObject([
      {
        type: 'error',
        payload: [{ extensions: { code: 'server-restarting', details: { position: eventOf(told.at(-1) as Told).position } } }],
      },
    ]);
    expect(await subscriber.closed).toEqual({ code: 1012, reason: expect.stringMatching(/^server-restarting: /) });
    open.clear();
  });
});
