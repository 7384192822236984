import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { plan } from './call-plan.testing.js';
import { TestServer } from './server.testing.js';
import { Subscriber, type Told } from './subscriber.testing.js';

const follow = 'subscription ($call: Key, $matter: String, $after: Position) { events(call: $call, matter: $matter, after: $after) { type revision position data } }';
const eventOf = ({ payload }: Told) => payload.data.events as { type: string; revision: string; position: string; data: object };
const typesOf = (told: readonly Told[]) => told.map((one) => eventOf(one).type);

describe('the events of a call', () => {
  let server: TestServer;
  let presenter: string;
  const open = new Set<Subscriber>();
  const connect = async (...args: Parameters<typeof Subscriber.connect> extends [string, ...infer More] ? More : never) => {
    const subscriber = await Subscriber.connect(server.url, ...args);
    open.add(subscriber);
    return subscriber;
  };

  beforeAll(async () => {
    server = await TestServer.start();
    presenter = await server.token('ministry-presenter');
  });
  afterEach(() => {
    for (const subscriber of open) subscriber.cut();
    open.clear();
  });
  afterAll(() => server.stop());

  it('are told from the beginning', async () => {
    const subscriber = await connect();
    subscriber.subscribe(follow, { call: 'coordination-2019' });
    const told = await subscriber.take(3);
    expect(typesOf(told)).toEqual([]);
  });
});
