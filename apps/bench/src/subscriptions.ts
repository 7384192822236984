import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageType } from 'graphql-ws';
import { WebSocket } from 'ws';
import { identityProvider } from './identity-provider.js';
import { answerOf } from './load.js';
import { alternated, line, quantile, type Bench } from './measure.js';
import { ourServer, type Serving } from './servers.js';

const rounds = 3;
const clients = 500;
const slowClients = 50;
const events = 40;
/** Between two events, so that what is measured is the delay of one and not a queue of them. */
const pauseMs = 100;
/** Of each event: so much that what is not read does not fit into the buffers of the network. */
const bytes = 300_000;

const follow = (fields: string) => `subscription ($call: Key!) { events(call: $call) { revision ${fields} } }`;
const plan = 'mutation ($commandId: UUID!, $input: PlanCallInput!) { planCall(commandId: $commandId, input: $input) { revision } }';
const amend =
  'mutation ($commandId: UUID!, $input: AmendCallTermsInput!) { amendCallTerms(commandId: $commandId, input: $input) { revision } }';

/** How long after its command does an event reach those who follow a call, and do those who do not read delay the others? */
export const subscriptions: Bench = {
  name: 'subscriptions',
  async run(folder) {
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    await using ours = await ourServer(folder, trusted);
    const delays = await alternated(rounds, {
      alone: () => delayAmong(ours, token, clients - slowClients, 0),
      mixed: () => delayAmong(ours, token, clients - slowClients, slowClients),
    });
    return [
      line(
        `an event told to ${clients - slowClients}, 99 % within, with ${slowClients} that do not read; the floor without them`,
        delays.mixed,
        delays.alone,
        { atMost: 2 },
        'ms',
      ),
    ];
  },
};

/** Milliseconds within which 99 % of the events reached those who read. Throws where one who does not read was not dropped with a reason, or another was. */
async function delayAmong({ url }: Serving, token: string, reading: number, idle: number): Promise<number> {
  const call = randomUUID();
  const send = (query: string, input: object) =>
    answerOf({ url, token, body: () => JSON.stringify({ query, variables: { commandId: randomUUID(), input } }) });
  await send(plan, { call, ...plannedCall });
  const sentAt: number[] = [];
  const delays: number[] = [];
  const readers = await Promise.all(
    Array.from({ length: reading }, () =>
      follower(url, token, call, 'type', (revision) => revision > 0 && delays.push(performance.now() - (sentAt[revision] as number))),
    ),
  );
  const idlers = await Promise.all(Array.from({ length: idle }, () => follower(url, token, call, 'data', () => undefined)));
  for (const { socket } of idlers) socket.pause();
  for (let revision = 1; revision <= events; revision++) {
    sentAt[revision] = performance.now();
    await send(amend, { call, terms: { legalBasis: { fi: `${revision}` }, criteria }, reason: 'Mittaus' });
    await sleep(pauseMs);
  }
  while (delays.length < reading * events) await sleep(10);
  for (const { socket } of idlers) socket.resume();
  for (const { closed } of idlers) {
    const { code, problem } = await closed;
    if (problem !== 'reader-too-slow') throw new Error(`a client that does not read was ended with ${code} ${problem}`);
  }
  for (const { socket } of readers) {
    if (socket.readyState !== WebSocket.OPEN) throw new Error('a client that reads was dropped');
    socket.terminate();
  }
  return quantile(delays, 0.99);
}

const criteria = Array.from({ length: Math.ceil(bytes / 19_000) }, (_, n) => ({ key: `criterion-${n}`, text: { fi: 'a'.repeat(19_000) } }));

const json = (query: string, input: object) => () => JSON.stringify({ query, variables: { commandId: randomUUID(), input } });
const plannedCall = { kind: 'PILOT', names: { fi: 'Mittaus' }, organiser: 'ministry-of-finance', goals: [], duties: [], terms: {} };

/** What plans the call. */
export function planned(call: string): () => string {
  return json(plan, { call, ...plannedCall });
}

/** What amends the call, for the so-manieth time. */
export function amended(call: string, revision: number): () => string {
  return json(amend, { call, terms: { legalBasis: { fi: `${revision}` } }, reason: 'Mittaus' });
}

/** So many who follow the call, each told its first event already. */
export async function followers(
  count: number,
  { url, token, call, onEvent }: { url: string; token: string; call: string; onEvent: (revision: number) => unknown },
): Promise<readonly WebSocket[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < count) {
    const group = Array.from({ length: Math.min(50, count - sockets.length) }, () => follower(url, token, call, 'type', onEvent));
    for (const { socket } of await Promise.all(group)) sockets.push(socket);
  }
  return sockets;
}

interface Follower {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; problem: string }>;
}

/** Resolves once it has been told the first event of the call. */
async function follower(
  url: string,
  token: string,
  call: string,
  fields: string,
  onEvent: (revision: number) => unknown,
): Promise<Follower> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const say = (message: object) => socket.send(JSON.stringify(message));
  let problem = 'nothing';
  const closed = new Promise<{ code: number; problem: string }>((resolve) => socket.once('close', (code) => resolve({ code, problem })));
  socket.once('open', () => say({ type: MessageType.ConnectionInit, payload: { authorization: `Bearer ${token}` } }));
  await new Promise<void>((ready, failed) => {
    socket.once('error', failed);
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: MessageType; payload: never };
      if (type === MessageType.ConnectionAck)
        say({ id: '1', type: MessageType.Subscribe, payload: { query: follow(fields), variables: { call } } });
      else if (type === MessageType.Next) {
        ready();
        onEvent(Number((payload as { data: { events: { revision: string } } }).data.events.revision));
      } else if (type === MessageType.Error) problem = (payload as { extensions: { code: string } }[])[0]?.extensions.code ?? 'unknown';
    });
  });
  return { socket, closed };
}
