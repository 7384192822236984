import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EventToAppend } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { BareLog } from './bare-log.js';
import { benchCodec } from './bench-codec.js';
import { encoded, organisationStory } from './events.js';
import { alternated, line, perSecond, type Bench } from './measure.js';

const rounds = 41;
const appendsARound = 25;

/** How fast is one durable append after another? */
export const appendOne: Bench = {
  name: 'append of one event',
  async run(folder) {
    const codec = benchCodec();
    const log = SqliteEventLog.open(join(folder, 'ours.db'));
    const bare = new BareLog(join(folder, 'floor.db'));
    const events = async () => {
      const made: { stream: string; event: EventToAppend }[] = [];
      for (let count = 0; count < appendsARound; count++) {
        const story = organisationStory(randomUUID());
        const [event] = await encoded(codec, story);
        made.push({ stream: story.stream, event: event as EventToAppend });
      }
      return made;
    };
    const { ours, floor } = await alternated(rounds, {
      ours: async () => {
        const made = await events();
        return perSecond(made.length, async () => {
          for (const { stream, event } of made) await log.append(stream, 'none', [event]);
        });
      },
      floor: async () => {
        const made = await events();
        return perSecond(made.length, () => {
          for (const { stream, event } of made) bare.append([{ ...event, stream, revision: 0 }]);
        });
      },
    });
    await log.close();
    bare.close();
    return [line('append of one event, each awaited', ours, floor, { atLeast: 0.8 })];
  },
};
