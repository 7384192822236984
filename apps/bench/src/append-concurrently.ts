import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EventToAppend } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { BareLog } from './bare-log.js';
import { benchCodec } from './bench-codec.js';
import { encoded, organisationStory } from './events.js';
import { alternated, line, perSecond, type Bench } from './measure.js';

const rounds = 31;
const timesARound = 10;
const atOnce = 64;

/** How fast are appends to many streams at the same time, which share their fsync? */
export const appendConcurrently: Bench = {
  name: `append to ${atOnce} streams at once`,
  async run(folder) {
    const codec = benchCodec();
    const log = SqliteEventLog.open(join(folder, 'ours.db'));
    const bare = new BareLog(join(folder, 'floor.db'));
    const group = () =>
      Promise.all(
        Array.from({ length: atOnce }, async () => {
          const story = organisationStory(randomUUID());
          const [event] = await encoded(codec, story);
          return { stream: story.stream, event: event as EventToAppend };
        }),
      );
    const groups = () => Promise.all(Array.from({ length: timesARound }, group));
    const { ours, floor } = await alternated(rounds, {
      ours: async () => {
        const made = await groups();
        return perSecond(atOnce * timesARound, async () => {
          for (const one of made) await Promise.all(one.map(({ stream, event }) => log.append(stream, 'none', [event])));
        });
      },
      floor: async () => {
        const made = await groups();
        return perSecond(atOnce * timesARound, () => {
          for (const one of made) bare.append(one.map(({ stream, event }) => ({ ...event, stream, revision: 0 })));
        });
      },
    });
    await log.close();
    bare.close();
    return [line(`appends to ${atOnce} streams at once`, ours, floor, { atLeast: 0.9 })];
  },
};
