import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { position, type LoggedEvent } from '../event-log.js';
import type { ReadCall } from './client.js';
import { tail } from './tail.js';

describe('a tail', () => {
  it('does not take much that is left out for silence', async () => {
    const call = Object.assign(new EventEmitter(), { pause: () => {}, resume: () => {}, cancel: () => {} });
    const given = () =>
      call.emit(
        'data',
        new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(new streams.ReadResp.ReadEvent.RecordedEvent())),
      );
    const event: LoggedEvent = { id: 'e', stream: 'a-1', revision: 0, position: position(9), type: 'T', data: {}, metadata: {} };
    let silences = 0;
    let subscriptions = 0;
    const ending = new AbortController();
    const pages = tail(
      {
        head: async () => {
          silences += 1;
          given();
          return event.position;
        },
        check: async () => {},
        subscribe: async () => {
          subscriptions += 1;
          return call as unknown as ReadCall;
        },
        logged: () => (silences > 5 ? event : undefined),
      },
      position(1),
      ending.signal,
      { silenceMs: 1, report: () => {} },
    );
    for await (const page of pages) {
      expect(page.events).toEqual([event]);
      ending.abort();
    }
    expect([silences, subscriptions]).toEqual([6, 1]);
  });

  it('says that it has broken off until it goes on, and no longer than it is read', async () => {
    const said: boolean[] = [];
    let tries = 0;
    const ending = new AbortController();
    const subscribe = async () => {
      const call = Object.assign(new EventEmitter(), { pause: () => {}, resume: () => {}, cancel: () => {} });
      tries += 1;
      setImmediate(() => {
        if (tries === 1) call.emit('error', new Error('cut off'));
        else call.emit('data', new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
      });
      return call as unknown as ReadCall;
    };
    const log = { head: async () => position(1), check: async () => {}, subscribe, logged: () => undefined };
    const watch = { silenceMs: 10_000, report: () => {}, onBroken: (isBroken: boolean) => said.push(isBroken) };
    for await (const page of tail(log, position(1), ending.signal, watch)) {
      expect([page.end, said]).toEqual([true, [true, false]]);
      ending.abort();
    }
    expect(said.at(-1)).toBe(false);
  });
});
