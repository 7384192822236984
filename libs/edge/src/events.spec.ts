import { describe, expect, it } from '@jest/globals';
import type { Codec } from '#event-store/codec';
import type { Position, Recorded } from '#kernel/envelope';
import { Failed } from '#kernel/refused';
import { recorded } from '#kernel/decider.testing';
import type { History } from '#subscriptions/history';
import { Events } from './events.js';
import type { VisibleEvents } from './visible-events.js';

const room = { taken: () => undefined, freed: () => undefined };
const codec = { descriptionOf: () => ({ fi: 'x', sv: 'x', en: 'x' }) } as never as Codec;
const all = Array.from({ length: 6 }, (_, index) => recorded({ type: 'CoinAdded', data: {} }, index));
const positions = all.map(({ position }) => position);

/** A history that fails after so many events of each reading, each time in another way; whole once there are no failures left. */
function failing(failures: (readonly [after: number, code: string])[]) {
  const from: (Position | undefined)[] = [];
  const tell = async function* (after: Position | undefined): AsyncGenerator<Recorded> {
    from.push(after);
    const [count, code] = failures.shift() ?? [all.length];
    let told = 0;
    for (const event of all.filter(({ position }) => after === undefined || position > after)) {
      if (told++ === count) break;
      yield event;
    }
    if (code !== undefined) throw new Failed(code);
  };
  const history = {
    follow: (_about: object, after: Position | undefined) => tell(after),
    reached: () => Promise.resolve(),
  } as never as History;
  return { history, from };
}

/** Whoever reads sees every second event. */
const visible = {
  dataFor: (event: Recorded) => Promise.resolve(event.revision % 2 === 0 ? {} : undefined),
  revisionFor: (_: string, revision: number) => Promise.resolve(revision),
} as never as VisibleEvents;

async function followed(history: History, signal = new AbortController().signal) {
  const told: Position[] = [];
  for await (const { position } of new Events(history, visible, codec).follow({ call: 'c' }, undefined, room, signal)) told.push(position);
  return told;
}

describe('events that are followed', () => {
  it('go on where they were read up to when an engine goes down while they flow, each told once', async () => {
    const { history, from } = failing([
      [2, 'log-unavailable'],
      [0, 'log-unavailable'],
      [3, 'keys-unavailable'],
      [1, 'views-unavailable'],
    ]);
    expect(await followed(history)).toEqual(positions.filter((_, index) => index % 2 === 0));
    expect(from).toEqual([undefined, positions[1], positions[1], positions[4], positions[5]]);
  });

  it('end with what is no outage', async () => {
    const { history } = failing([[2, 'history-unreadable']]);
    await expect(followed(history)).rejects.toMatchObject({ code: 'history-unreadable' });
  });

  it('that are waited for end with their reason, and say up to where they were told', async () => {
    const leaving = new AbortController();
    const { history } = failing([[2, 'log-unavailable']]);
    const told: Position[] = [];
    const reading = (async () => {
      for await (const { position } of new Events(history, visible, codec).follow({ call: 'c' }, undefined, room, leaving.signal)) {
        told.push(position);
        // What follows is an outage, in which it waits.
        setImmediate(() => leaving.abort(new Failed('server-restarting')));
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'server-restarting', details: { position: positions[0] } });
    expect(told).toEqual(positions.slice(0, 1));
  });
});
