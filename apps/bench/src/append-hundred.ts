import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { BareLog } from './bare-log.js';
import { benchCodec } from './bench-codec.js';
import { encoded, organisationStory } from './events.js';
import { alternated, line, perSecond, type Bench } from './measure.js';

const rounds = 31;
const appendsARound = 10;
const events = 100;

/**
 * How fast is one append of many events? At the port the texts are ready on both sides. Through the codec, ours checks
 * the data and writes canonical JSON meanwhile, and the floor calls JSON.stringify.
 */
export const appendHundred: Bench = {
  name: `append of ${events} events`,
  async run(folder) {
    const codec = benchCodec();
    const log = SqliteEventLog.open(join(folder, 'ours.db'));
    const bare = new BareLog(join(folder, 'floor.db'));
    const stories = () => Array.from({ length: appendsARound }, () => organisationStory(randomUUID(), events - 1));
    const ready = () => Promise.all(stories().map(async (story) => ({ stream: story.stream, texts: await encoded(codec, story) })));
    const { port, portFloor, codecToo, codecFloor } = await alternated(rounds, {
      port: async () => {
        const appends = await ready();
        return perSecond(events * appendsARound, async () => {
          for (const { stream, texts } of appends) await log.append(stream, 'none', texts);
        });
      },
      portFloor: async () => {
        const appends = await ready();
        return perSecond(events * appendsARound, () => {
          for (const { stream, texts } of appends) bare.append(texts.map((text, revision) => ({ ...text, stream, revision })));
        });
      },
      codecToo: async () => {
        const appends = stories();
        return perSecond(events * appendsARound, async () => {
          for (const story of appends) await log.append(story.stream, 'none', await encoded(codec, story));
        });
      },
      codecFloor: async () => {
        const appends = stories();
        return perSecond(events * appendsARound, () => {
          for (const { stream, events: made } of appends) {
            const row = ({ event: { type, data }, metadata }: (typeof made)[number], revision: number) => ({
              id: randomUUID(),
              type,
              data: JSON.stringify(data),
              metadata: JSON.stringify(metadata),
              stream,
              revision,
            });
            bare.append(made.map(row));
          }
        });
      },
    });
    await log.close();
    bare.close();
    return [
      line(`append of ${events} events, texts ready`, port, portFloor, { atLeast: 0.95 }),
      line(`append of ${events} events, codec and JSON.stringify included`, codecToo, codecFloor),
    ];
  },
};
