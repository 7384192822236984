import { deepStrictEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inContext, type Command } from '#kernel/decider';
import { entry } from '#kernel/keyed';
import { commandNamed } from '#system/edges';
import { readSettings } from '#system/settings';
import { System } from '#system/system';
import { all, type BareQuery } from './bare-query-server.js';
import { identityProvider } from './identity-provider.js';
import { answerOf, anewEachTime, load, warmUp, type Asked } from './load.js';
import { alternated, line, type Bench, type Line } from './measure.js';
import { bareServer, cachedAnswers, demonstrated, ourServer, schemaOf, type Serving } from './servers.js';

const connections = 32;
const rounds = 7;
const milliseconds = 800;
/** Milliseconds within which 99 of 100 follow-ups are wanted to be answered. */
const wanted = 50;
/** About twenty times as many as the demonstration has. */
const eventsMore = 20_000;

const regional = `code name { text } isInProgramme
  coordinator { phone organisation { name { text } } }
  networks { name { text } members { role since } }
  support { form services nationwide committed }
  needAndSupply { municipality { name { text } } balances { unit need supply ratio noRatio } }
  reach { channel published known reach }
  selfEvaluation { version assessments { criterion { key } level { level } } }
  indicators { indicator values { version value isMissing isSuppressed } }`;
/** The columns of a table of all regions. */
const columns = `code name { text } isInProgramme coordinator { organisation { name { text } } }
  support { form services committed } reach { channel reach } selfEvaluation { version submittedAt }`;
const questions = {
  region: `{ region(code: R19) { ${regional} } }`,
  regions: `{ regions { ${columns} } }`,
};
const followedUp = `{ nationalFollowUp(period: { from: "2025-01-01", to: "2025-12-31" }) {
  goalsInAll { indicator target measuredResult }
  indicators { indicator series { version period { from to } total missing { code } notReported { code } values { region { code } value { value history { value } } } } }
  levels { criterion isMixed versions { version regions } levels { version level regions { code } } }
  coverage { region { code } forms { form services noRate } municipalities { municipality { code } forms { form services } } }
  overTime { at services networks members }
  appropriations { inAll { amount decided left paid } calls { call amount } }
} }`;

/**
 * How fast are a region, all regions and the national follow-up, on the demonstration’s data and on a log that is much longer?
 * The demonstration ends later than today, so that the time of its log stands: no second passes, as it does for `query`.
 */
export const followUp: Bench = {
  name: 'follow-up',
  async run(parent) {
    const folder = await demonstrated(parent);
    await using provider = await identityProvider();
    const { token, trusted } = provider;
    const masterKey = readFileSync(join(folder, 'development-master-key'));
    const asking =
      (query: string) =>
      ({ url }: Serving): Asked => ({ url, token, body: () => JSON.stringify({ query }) });

    const lines: Line[] = [];
    const times: number[] = [];
    {
      await using ours = await ourServer(folder, trusted, masterKey, cachedAnswers);
      const sdl = await schemaOf(ours, token);
      for (const [field, query] of Object.entries(questions)) {
        const asked = asking(query);
        const answer = await answerOf(asked(ours));
        const answered = entry(answer, field);
        const served: BareQuery = {
          sdl,
          answers: { [field]: { R19: answered, [all]: answered } },
          trusted,
          remembersTokens: true,
        };
        await using bare = await bareServer('bare-query-server.js', served);
        deepStrictEqual(await answerOf(asked(bare)), answer);
        for (const server of [ours, bare]) await warmUp(asked(server), connections, 3);
        const anew = { ...asked(ours), body: anewEachTime(query) };
        await warmUp(anew, connections, 3);
        const loads = await alternated(rounds, {
          ours: () => load(asked(ours), connections, milliseconds),
          anew: () => load(anew, connections, milliseconds),
          bare: () => load(asked(bare), connections, milliseconds),
        });
        const rates = (side: keyof typeof loads) => loads[side].map(({ perSecond }) => perSecond);
        lines.push(
          line(`${field}, ${connections} connections, asked by many in the same second`, rates('ours'), rates('bare'), { atLeast: 0.5 }),
          line(`${field}, ${connections} connections, each answered anew`, rates('anew'), rates('bare')),
        );
      }
      times.push(...(await timed({ ...asking(followedUp)(ours), body: anewEachTime(followedUp) })));
    }
    await lengthen(folder);
    await using later = await ourServer(folder, trusted, masterKey);
    const timesLater = await timed({ ...asking(followedUp)(later), body: anewEachTime(followedUp) });
    const asWanted = times.map(() => wanted);
    return [
      ...lines,
      line('the national follow-up, 99 % within', times, asWanted, { atMost: 1 }, 'ms'),
      line(`the same after ${eventsMore.toLocaleString('en')} events more, against before`, timesLater, times, { atMost: 1.5 }, 'ms'),
    ];
  },
};

async function timed(asked: Asked): Promise<number[]> {
  await warmUp(asked, 1, 3);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push((await load(asked, 1, milliseconds)).p99);
  return times;
}

/** Records what the follow-up is not about: mailboxes that change. */
async function lengthen(folder: string): Promise<void> {
  const system = await System.open({
    settings: { ...readSettings({}), dataFolder: folder },
    reporter: { warn: () => undefined },
    projections: [],
    processes: [],
  });
  const type = commandNamed.get('NameMailbox') as new () => Command;
  try {
    for (let first = 0; first < eventsMore; first += 250)
      await Promise.all(
        Array.from({ length: 250 }, (_, index) => {
          const commandId = randomUUID();
          const context = { commandId, correlationId: commandId, caller: 'bench', actor: { id: 'bench', role: 'ministry-registrar' } };
          const content = { organisation: `bench-${index}`, address: `demo-${first}@example.org` };
          return system.execute(inContext(Object.assign(new type(), content), context));
        }),
      );
  } finally {
    await system.close();
  }
}
