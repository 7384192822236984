import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { WebSocket } from 'ws';

/** What one client can do to a server; each comes from an address of its own. */
export type Attack = 'documents' | 'variables' | 'costs' | 'sockets';

export interface Attacking {
  readonly url: string;
  readonly attack: Attack;
}

const from = '127.0.0.66';
const connections = 32;
/** So long as a document may not be; one letter beyond Latin-1 doubles what it takes in memory. */
const tooLong = 510_000;

const bodies: Readonly<Record<Exclude<Attack, 'sockets'>, () => string>> = {
  documents: () => JSON.stringify({ query: `{ calls { totalCount } } # ${randomUUID()} ${'x'.repeat(tooLong)}ſ` }),
  variables: () => {
    const input = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`unknown${n}`, 'x']));
    const query = 'mutation ($id: UUID!, $input: PlanCallInput!) { planCall(commandId: $id, input: $input) { effect } }';
    return JSON.stringify({ query, variables: { id: randomUUID(), input } });
  },
  costs: () => {
    const dear = 'calls(first: 100) { edges { node { id applications(first: 100) { edges { node { id story { steps { event } } } } } } } }';
    return JSON.stringify({ query: `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: ${dear}`).join(' ')} }` });
  },
};

/** Sends the same kind of request again as soon as it is answered, or refused, over many connections; for ever. */
async function flood(url: string, body: () => string): Promise<void> {
  const pool = new Pool(url, { connections, pipelining: 1, localAddress: from });
  const headers = { 'content-type': 'application/json' };
  const again = async () => {
    for (;;) {
      try {
        const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body: body() });
        await answer.body.dump();
      } catch {
        // The server is rid of it.
        await sleep(1);
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, again));
}

/** Takes all connections that it gets, and subscribes and completes on each as fast as it can. */
function churn(url: string): void {
  const subscription = 'subscription { events(call: "coordination-2019", after: null) { position } }';
  const open = () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { localAddress: from });
    let [id, timer]: [number, NodeJS.Timeout | undefined] = [0, undefined];
    const send = () => {
      for (let n = 0; n < 20; n++) {
        socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query: subscription } }));
        socket.send(JSON.stringify({ id: `${id++}`, type: 'complete' }));
      }
    };
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () => (timer = setInterval(send, 10)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      setTimeout(open, 5);
    });
  };
  for (let n = 0; n < 2_500; n++) open();
}

process.once('message', ({ url, attack }: Attacking) => {
  if (attack === 'sockets') churn(url);
  else void flood(url, bodies[attack]);
});
