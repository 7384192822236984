import { join } from 'node:path';
import { defaultLimit } from '#event-store/event-log';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import type { AnyFold } from '#kernel/decider';
import { entry } from '#kernel/keyed';
import { callFacts } from '#calls/call.facts';
import { sealedCodec } from '#system/sealed-codec';
import { StateHistory } from '#trail/state-history';
import { TrailIndex } from '#trail/trail-index';
import { callStories, encoded, type Story } from './events.js';
import { alternated, line, perSecond, type Line } from './measure.js';

const rounds = 7;
const events = 10_000;
const codec = sealedCodec();
const fold: AnyFold = callFacts;
const folds = [fold];
/** A state in the middle that was folded before is found again within so many milliseconds. */
const wantedMs = 5;

/** What does it cost to see a long matter as it was, and to search the trail of a log? */
export async function timeTravel(folder: string, wholeLog: SqliteEventLog, logged: number): Promise<readonly Line[]> {
  const log = SqliteEventLog.open(join(folder, 'long.db'));
  const story = longStory();
  const { stream } = story;
  const texts = await encoded(codec, story);
  for (let from = 0; from < events; from += defaultLimit)
    await log.append(stream, from === 0 ? 'none' : from - 1, texts.slice(from, from + defaultLimit));
  const kept = new StateHistory(log, codec, folds);
  await kept.around(stream, events - 1);
  let revision = 0;
  const indexed = await perSecond(logged, () => new TrailIndex(wholeLog).reach());
  const { travelled, bare, again } = await alternated(rounds, {
    travelled: () => perSecond(events, () => new StateHistory(log, codec, folds).around(stream, events - 1)),
    bare: () => perSecond(events, () => replay(log, stream)),
    again: () => milliseconds(() => kept.around(stream, (revision = (revision + 4_321) % events))),
  });
  await log.close();
  const wanted = travelled.map(() => wantedMs);
  return [
    line(`a matter of ${events} events as it was, floor: a bare replay`, travelled, bare, { atLeast: 1 / 1.3 }),
    line('the same where states of it are kept, floor: what is wanted', again, wanted, { atMost: 1 }, 'ms'),
    line('the trail of a log indexed from its beginning, floor: a bare replay of the matter', [indexed], bare),
  ];
}

/** A call whose guide is published anew again and again. */
function longStory(): Story {
  const [call] = callStories('long');
  const {
    stream,
    events: [planned, ...others],
  } = call as Story;
  const published = others.find(({ event }) => event.type === 'CallMaterialPublished');
  return { stream, events: [planned, ...Array.from({ length: events - 1 }, () => published)] as Story['events'] };
}

async function replay(log: SqliteEventLog, stream: string): Promise<unknown> {
  let state = fold.initial;
  for (let from = 0; from < events; from += defaultLimit)
    for (const logged of await log.readStream(stream, { from })) {
      const event = codec.decode(logged);
      state = entry(fold.evolve, event.type)?.(state as never, event as never);
    }
  return state;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
