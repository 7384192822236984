import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { ManualClock } from '#kernel/clock.testing';
import { jsonLogger } from '#telemetry/logging';
import { Metrics } from '#telemetry/metrics';
import { Observer } from '#telemetry/observer';
import { Tracing } from '#telemetry/tracing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';
import { Subscriber } from './subscriber.testing.js';

const clientTrace = '0af7651916cd43dd8448eb211c80319c';
const clientSpan = 'b7ad6b7169203331';

describe('who watches the server', () => {
  const spans = new InMemorySpanExporter();
  const lines: string[] = [];
  let server: TestServer;
  let presenter: string;

  beforeAll(async () => {
    const tracing = new Tracing(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
    const logger = jsonLogger('debug', { write: (line) => void lines.push(line) });
    server = await TestServer.start({
      clock: new ManualClock('2026-09-01T09:00:00Z'),
      observer: new Observer({ logger, metrics: new Metrics(), tracing }),
    });
    presenter = await server.token('ministry-presenter');
  });
  afterEach(() => spans.reset());
  afterAll(() => server.stop());

  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  const metric = async (start: string) =>
    Number(
      (await metrics())
        .split('\n')
        .find((line) => line.startsWith(`${start} `))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  /** The span of that name whose trace or, for a fold, whose link is this one. It may end a moment after the answer. */
  const span = async (name: string, traceId: string): Promise<ReadableSpan> => {
    for (let turns = 0; turns < 10_000; turns++) {
      const isOf = (one: ReadableSpan) =>
        one.spanContext().traceId === traceId || one.links.some(({ context }) => context.traceId === traceId);
      const found = spans.getFinishedSpans().find((one) => one.name === name && isOf(one));
      if (found) return found;
      await new Promise(setImmediate);
    }
    throw new Error(`no span «${name}» of ${traceId}`);
  };
  const correlationIds = async (stream: string) =>
    (await server.system.log.readStream(stream)).map(({ metadata }) => (metadata as { correlationId: string }).correlationId);
  const planned = async (call: string, headers: Record<string, string> = {}) => {
    const query = `mutation Planning($commandId: UUID!, $input: PlanCallInput!) { planCall(commandId: $commandId, input: $input) { position } }`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${presenter}`, ...headers },
      body: JSON.stringify({ query, variables: { commandId: randomUUID(), input: plan(call) } }),
    });
    const { data } = (await response.json()) as { data: { planCall: { position: string } } };
    await server.system.runner.reached(data.planCall.position, ['calls']);
    return data.planCall;
  };

  describe('by traces', () => {
    it('sees one tree from the client’s span over the request and the command to the append, and the fold linked to it', async () => {
      await planned('traced', { traceparent: `00-${clientTrace}-${clientSpan}-01` });
      const request = await span('POST /graphql', clientTrace);
      const handle = await span('handle PlanCall', clientTrace);
      const append = await span('append', clientTrace);
      const fold = await span('fold page', clientTrace);
      expect(request.parentSpanContext?.spanId).toBe(clientSpan);
      expect(handle.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
      expect(append.parentSpanContext?.spanId).toBe(handle.spanContext().spanId);
      expect(fold.parentSpanContext).toBeUndefined();
      expect(request.attributes).toMatchObject({
        'graphql.operation.type': 'mutation',
        'graphql.operation.name': 'Planning',
        'http.response.status_code': 200,
      });
    });

    it('finds the trace of an event by its correlation id, also where the client named none', async () => {
      await planned('untraced');
      const [correlationId] = (await correlationIds('call-untraced')) as [string];
      expect(await correlationIds('call-traced')).toEqual([clientTrace]);
      expect((await span('POST /graphql', correlationId)).parentSpanContext).toBeUndefined();
      expect((await span('handle PlanCall', correlationId)).attributes).toMatchObject({ 'digituki.correlation_id': correlationId });
      await span('fold page', correlationId);
    });

    it('keeps traces of requests apart that come at the same time', async () => {
      const traces = Array.from({ length: 20 }, (_, index) => index.toString(16).padStart(32, 'a'));
      await Promise.all(traces.map((trace, index) => planned(`apart-${index}`, { traceparent: `00-${trace}-${clientSpan}-01` })));
      for (const [index, trace] of traces.entries()) {
        expect(await correlationIds(`call-apart-${index}`)).toEqual([trace]);
        const [handle, append] = [await span('handle PlanCall', trace), await span('append', trace)];
        expect(append.parentSpanContext?.spanId).toBe(handle.spanContext().spanId);
      }
    });

    it('sees a refusal by its code and not as a fault', async () => {
      await planned('twice');
      await server.command('planCall', plan('twice'), presenter);
      const handled = spans.getFinishedSpans().filter(({ name }) => name === 'handle PlanCall');
      expect(handled.map(({ attributes, status }) => [attributes['error.type'], status.code])).toEqual([
        [undefined, 0],
        ['call-exists', 0],
      ]);
    });
  });

  describe('by metrics', () => {
    it('counts commands by what they came to, refusals by their code, and appended events', async () => {
      const before = {
        refused: await metric('digituki_command_refusals_total{code="call-exists"}'),
        events: await metric('digituki_appended_events_total'),
        failed: await metric('digituki_command_failures_total{code="changed-since-read"}'),
      };
      await planned('counted');
      await server.command('planCall', plan('counted'), presenter);
      await server.command('publishCall', { call: 'counted' }, presenter, { expectedRevision: '7' });
      expect(await metric('digituki_command_refusals_total{code="call-exists"}')).toBe(before.refused + 1);
      expect(await metric('digituki_command_failures_total{code="changed-since-read"}')).toBe(before.failed + 1);
      // The call's, and that of the refusal.
      expect(await metric('digituki_appended_events_total')).toBe(before.events + 2);
      expect(await metric('digituki_commands_under_way')).toBe(0);
      expect(await metric('digituki_appends_under_way')).toBe(0);
    });

    it('counts requests by kind and the errors that they were told', async () => {
      const count = (answer: string) =>
        metric(`digituki_request_duration_seconds_count{operation="query",status="2xx",answer="${answer}"}`);
      const answered = async () => (await count('made')) + (await count('cached'));
      const queries = await answered();
      const told = await metric('digituki_request_errors_total{code="sign-in-needed"}');
      await server.ask('{ regions { code } }');
      await server.ask('{ projections { name } }');
      expect(await answered()).toBe(queries + 2);
      expect(await metric('digituki_request_errors_total{code="sign-in-needed"}')).toBe(told + 1);
    });

    it('tells of every projection and process how it stands', async () => {
      const text = await metrics();
      for (const { name } of server.system.runner.status()) {
        expect(text).toContain(`digituki_projection_lag_events{projection="${name}"} 0`);
        expect(text).toContain(`digituki_projection_state{projection="${name}",state="live"} 1`);
        expect(text).toMatch(new RegExp(`digituki_folded_events_total\\{projection="${name}"\\} [1-9]`));
      }
      expect(text).toContain('digituki_process_waiting_commands{process="call-closing"} 0');
      expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    });

    it('counts those who subscribe', async () => {
      expect(await metric('digituki_subscription_connections')).toBe(0);
      const subscriber = await Subscriber.connect(server.url);
      expect(await metric('digituki_subscription_connections')).toBe(1);
      subscriber.socket.terminate();
    });

    it('have no labels that a client can make', async () => {
      const series = async () =>
        (await metrics())
          .split('\n')
          .filter((line) => line.startsWith('digituki_'))
          .map((line) => line.replace(/ \S+$/, ''))
          .sort();
      const ask = async (word: string) => {
        await server.ask(`query ${word} { call(id: "${word.toLowerCase()}") { id } }`);
        await server.ask(`{ ${word} }`);
        await server.ask(`query ${word} { __typename }`, { operationName: `Not${word}` });
        await fetch(`${server.url}/${word}`);
        await server.command('publishCall', { call: word.toLowerCase() }, presenter);
      };
      await ask('First');
      const before = await series();
      for (const word of ['Second', 'Third', 'Fourth']) await ask(word);
      expect(await series()).toEqual(before);
    });
  });

  describe('by the log', () => {
    it('reads one line for a request with its ids, kind, status and codes', async () => {
      lines.length = 0;
      const commandId = randomUUID();
      await server.command('planCall', plan('logged'), presenter, { commandId });
      await server.command('planCall', plan('logged'), presenter);
      const [traceId] = await correlationIds('call-logged');
      const requests = logged().filter(({ message }) => message === 'request');
      expect(requests).toMatchObject([
        {
          level: 'info',
          traceId,
          commandIds: [commandId],
          method: 'POST',
          route: '/graphql',
          status: 200,
          operation: 'mutation',
          at: expect.any(String),
          ms: expect.any(Number),
        },
        { level: 'info', codes: ['call-exists'], status: 200 },
      ]);
      expect(requests[0]).not.toHaveProperty('codes');
      expect(logged().find(({ message }) => message === 'command')).toMatchObject({
        level: 'debug',
        command: 'PlanCall',
        commandId,
        correlationId: traceId,
        outcome: 'recorded',
      });
    });

    it('tells also of a request beside GraphQL why it was refused', async () => {
      lines.length = 0;
      const { status } = await fetch(`${server.url}/export/secrets.csv`);
      const requests = logged().filter(({ message }) => message === 'request');
      expect([status, requests]).toMatchObject([400, [{ route: '/export/:file', status: 400, codes: ['export-unknown'] }]]);
    });

    it('and traces and counts of requests are not filled by probes', async () => {
      lines.length = 0;
      const requests = await metric('digituki_request_duration_seconds_count{operation="none",status="2xx"}');
      for (const path of ['/health/live', '/health/ready', '/metrics']) await fetch(`${server.url}${path}`);
      expect(logged().filter(({ level }) => level !== 'debug')).toEqual([]);
      expect(spans.getFinishedSpans()).toEqual([]);
      expect(await metric('digituki_request_duration_seconds_count{operation="none",status="2xx"}')).toBe(requests);
    });

    it('and metrics and spans hold nothing personal and no token, whatever becomes of the request', async () => {
      lines.length = 0;
      await planned('personal');
      const contact = (more: object) => ({
        call: 'personal',
        contact: 'contact-1',
        office: { fi: 'Neuvonta' },
        name: 'Aino Salattu',
        email: 'aino.salattu@example.org',
        phone: '040 7654321',
        ...more,
      });
      await server.command('nameCallContact', contact({}), presenter);
      await server.command('nameCallContact', contact({ email: 'salattu' }), presenter);
      await server.command('nameCallContact', contact({ call: 'nowhere' }), presenter);
      await server.command('nameCallContact', contact({}), undefined);
      await server.command('nameCallContact', contact({}), `${presenter}x`);
      await server.ask(`{ call(id: "personal") { contacts { name email phone } } }`);
      await server.ask(`query ($name: String) { call(id: "Aino Salattu") { id } }`, { method: 'GET', variables: { name: 'Aino Salattu' } });
      await fetch(`${server.url}/graphql?query=Aino+Salattu&token=${presenter}`);
      await fetch(`${server.url}/Salattu/aino.salattu@example.org`);
      const told = [
        ...lines,
        await metrics(),
        ...spans
          .getFinishedSpans()
          .map(({ name, attributes, events, links, status }) => JSON.stringify({ name, attributes, events, links, status })),
      ].join('\n');
      expect(told).toContain('NameCallContact');
      expect(logged().filter(({ message }) => message === 'request').length).toBeGreaterThanOrEqual(10);
      expect(told).not.toMatch(/salattu|7654321|bearer|person-/i);
      for (const part of presenter.split('.')) expect(told).not.toContain(part);
    });
  });
});
