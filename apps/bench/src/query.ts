import { deepStrictEqual } from 'node:assert';
import type { BareQuery } from './bare-query-server.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, anewEachTime, load, warmUp } from './load.js';
import { alternated, line, type Bench } from './measure.js';
import { bareServer, cachedAnswers, ourServer, schemaOf, type Serving } from './servers.js';

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

/** How fast is a GraphQL query over HTTP: a call with its 14 applications, 8 fields of each, the token checked? Where many ask the same, and where each asks something else. */
export const query: Bench = {
  name: 'query',
  async run(folder) {
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    await using ours = await ourServer(folder, trusted, undefined, cachedAnswers);
    const asked = ({ url }: Serving) => ({ url, token, body: () => body });
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

    const anew = (server: Serving) => ({ ...asked(server), body: anewEachTime(document, { id: call }) });
    await warmUp(anew(ours), connections, 3);
    const loads = await alternated(rounds, {
      ours: () => load(asked(ours), connections, milliseconds),
      anew: () => load(anew(ours), connections, milliseconds),
      remembering: () => load(asked(remembering), connections, milliseconds),
      verifying: () => load(asked(verifying), connections, milliseconds),
    });
    const rates = (side: keyof typeof loads) => loads[side].map(({ perSecond }) => perSecond);
    const p99 = (side: keyof typeof loads) => loads[side].map((one) => one.p99);
    return [
      line('query, asked by many in the same second', rates('ours'), rates('remembering'), { atLeast: 0.5 }),
      line('query, each answered anew', rates('anew'), rates('remembering'), { atLeast: 0.45 }),
      line('query, each answered anew, the floor verifies each token', rates('anew'), rates('verifying'), { atLeast: 0.5 }),
      line('query, asked by many in the same second, 99 % within', p99('ours'), p99('remembering'), { atMost: 2.5 }, 'ms'),
      line('query, each answered anew, 99 % within', p99('anew'), p99('remembering'), { atMost: 2.5 }, 'ms'),
    ];
  },
};
