import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, NO_STREAM, type JSONEventType } from '@eventstore/db-client';
import type { EventToAppend } from '#event-store/event-log';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-event-log';
import { benchCodec } from './bench-codec.js';
import { encoded, organisationStory } from './events.js';
import { alternated, line, perSecond, type Bench } from './measure.js';
import { namedServer } from './named-server.js';
import { here } from './servers.js';

const rounds = 21;
const appendsARound = 50;
const atOnce = 32;
const groupsARound = 10;
const readRounds = 9;
const eventsToRead = 20_000;

/** What does our log add to EventStoreDB's client? Both ask the same server: the one that is named for it, else one that stands in for it in a process of its own. */
export const eventStoreDb: Bench = {
  name: 'eventstoredb',
  async run(folder) {
    const named = namedServer('eventstoredb', 'EVENTSTORE_URL');
    const server = named === undefined ? await standIn(join(folder, 'server.db')) : { url: named };
    const what = named === undefined ? 'stand-in of EventStoreDB' : 'EventStoreDB';
    const log = await EventStoreDbLog.open({ url: server.url });
    const client = EventStoreDBClient.connectionString(server.url);
    const codec = benchCodec();
    const stories = (count: number, renamed = 0) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const story = organisationStory(randomUUID(), renamed);
          const texts = await encoded(codec, story);
          return { stream: story.stream, texts, events: texts.map(asClientEvent) };
        }),
      );
    const ours = ({ stream, texts }: Made) => log.append(stream, 'none', texts);
    const floor = ({ stream, events }: Made) => client.appendToStream(stream, [...events], { expectedRevision: NO_STREAM });
    const oneByOne = async (append: (made: Made) => Promise<unknown>) => {
      const made = await stories(appendsARound);
      return perSecond(made.length, async () => {
        for (const one of made) await append(one);
      });
    };
    const together = async (append: (made: Made) => Promise<unknown>) => {
      const made = await stories(atOnce * groupsARound);
      return perSecond(made.length, async () => {
        for (let group = 0; group < made.length; group += atOnce) await Promise.all(made.slice(group, group + atOnce).map(append));
      });
    };
    try {
      const one = await alternated(rounds, { ours: () => oneByOne(ours), floor: () => oneByOne(floor) });
      const many = await alternated(rounds, { ours: () => together(ours), floor: () => together(floor) });
      for (const story of await stories(eventsToRead / 100, 99)) await ours(story);
      const read = await alternated(readRounds, { ours: () => readByLog(log), floor: () => readByClient(client) });
      return [
        line(`${what}: append of one event, each awaited`, one.ours, one.floor, { atLeast: 0.9 }),
        line(`${what}: ${atOnce} appends at once`, many.ours, many.floor, { atLeast: 0.9 }),
        line(`${what}: the whole log read`, read.ours, read.floor, { atLeast: 0.8 }),
      ];
    } finally {
      await log.close();
      await client.dispose();
      if ('end' in server) await server.end();
    }
  },
};

interface Made {
  readonly stream: string;
  readonly texts: readonly EventToAppend[];
  readonly events: readonly ReturnType<typeof asClientEvent>[];
}

function asClientEvent({ id, type, data, metadata }: EventToAppend) {
  return jsonEvent({
    id,
    type,
    data: JSON.parse(data) as JSONEventType['data'],
    metadata: JSON.parse(metadata) as Record<string, unknown>,
  });
}

async function readByLog(log: EventStoreDbLog): Promise<number> {
  let count = 0;
  const start = performance.now();
  for (let after: string | undefined, isEnd = false; !isEnd;) {
    const { events, next, end } = await log.readAll(after === undefined ? {} : { after });
    count += events.length;
    after = next;
    isEnd = end;
  }
  return (count * 1_000) / (performance.now() - start);
}

async function readByClient(client: EventStoreDBClient): Promise<number> {
  let count = 0;
  const start = performance.now();
  for await (const { event } of client.readAll()) if (event && !event.streamId.startsWith('$')) count += 1;
  return (count * 1_000) / (performance.now() - start);
}

async function standIn(file: string): Promise<{ readonly url: string; readonly end: () => Promise<void> }> {
  const module = here('../../../libs/event-store/src/eventstoredb/stand-in-server.testing.js');
  const child = spawn(process.execPath, [...process.execArgv, module, '--file', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `esdb://127.0.0.1:${/\d+/.exec(String(said))?.[0]}?tls=false`,
    async end() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
