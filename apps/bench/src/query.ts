import { deepStrictEqual } from 'node:assert';
import type { BareQuery } from './bare-query-server.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, load, warmUp } from './load.js';
import { alternated, line, type Bench } from './measure.js';
import { bareServer, ourServer, schemaOf } from './servers.js';

const rounds = 9;
const connections = 32;
const milliseconds = 800;

const call = 'coordination-2019';
const document = `query TheCallOf2019($id: Key!) {
  call(id: $id) {
    id
    name { text }
    applications(first: 14) {
      totalCount
      edges { node { id effectiveAt recordedAt source revision region { code name { text language } } } }
    }
  }
}`;
const body = JSON.stringify({ query: document, variables: { id: call } });

/** How fast is a GraphQL query over HTTP: a call with its 14 applications, 8 fields of each, the token checked? */
export const query: Bench = {
  name: 'query',
  async run(folder) {
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    await using ours = await ourServer(folder, trusted);
    const asked = ({ url }: { url: string }) => ({ url, token, body: () => body });
    const answer = await answerOf(asked(ours));
    const served: BareQuery = {
      sdl: await schemaOf(ours, token),
      answers: { call: { [call]: answer['call'] } },
      trusted,
      remembersTokens: true,
    };
    await using remembering = await bareServer('bare-query-server.js', served);
    await using verifying = await bareServer('bare-query-server.js', { ...served, remembersTokens: false });
    const servers = { ours, remembering, verifying };
    for (const server of Object.values(servers)) {
      deepStrictEqual(await answerOf(asked(server)), answer);
      await warmUp(asked(server), connections, 3);
    }

    const loads = await alternated(rounds, {
      ours: () => load(asked(ours), connections, milliseconds),
      remembering: () => load(asked(remembering), connections, milliseconds),
      verifying: () => load(asked(verifying), connections, milliseconds),
    });
    const rates = (side: keyof typeof loads) => loads[side].map(({ perSecond }) => perSecond);
    const p99 = (side: keyof typeof loads) => loads[side].map((one) => one.p99);
    return [
      line('query, the floor remembers tokens as ours does', rates('ours'), rates('remembering'), { atLeast: 0.5 }),
      line('query, the floor verifies each', rates('ours'), rates('verifying'), { atLeast: 0.5 }),
      line('query, 99 % within, the floor remembers tokens', p99('ours'), p99('remembering'), { atMost: 2.5 }, 'ms'),
      line('query, 99 % within, the floor verifies each', p99('ours'), p99('verifying'), { atMost: 2.5 }, 'ms'),
    ];
  },
};
