import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { accessFailures, fail as failAccess, type Tokens } from '#access/tokens';
import { ManualClock } from '#kernel/clock.testing';
import { ErrorMessages } from './errors.js';
import { fail, SubscriptionClient, subscriptionFailures } from './subscription-client.js';

/** A socket whose peer reads nothing: nothing that it is given ever leaves. */
class StuckSocket extends EventEmitter {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  readonly given: string[] = [];
  closed: { code: number; reason: string } | undefined;

  send(text: string): void {
    this.given.push(text);
    this.bufferedAmount += text.length;
  }

  ping(): void {}

  pong(data: Buffer): void {
    this.send(data.toString());
  }

  close(code: number, reason: string): void {
    this.readyState = WebSocket.CLOSING;
    this.closed = { code, reason };
  }
}

describe('a client that reads nothing', () => {
  let socket: StuckSocket;
  let client: SubscriptionClient;
  const tooSlow = { code: 1013, reason: expect.stringMatching(/^reader-too-slow: Tapahtumia luettiin/) };

  beforeEach(() => {
    socket = new StuckSocket();
    const request = { headers: { 'accept-language': 'fi' } } as IncomingMessage;
    const limits = { subscriptions: 20, waitingEvents: 3, waitingBytes: 100 };
    client = new SubscriptionClient(
      socket as unknown as WebSocket,
      request,
      '127.0.0.1',
      limits,
      new ErrorMessages(subscriptionFailures, String),
      new ManualClock('2026-09-01'),
    );
  });

  it('is ended when more events wait for it than may', () => {
    for (let n = 0; n < 3; n++) client.taken(1);
    expect(socket.closed).toBeUndefined();
    client.taken(1);
    expect(socket.closed).toEqual(tooSlow);
  });

  it('is ended when more bytes wait for it than may, those that the socket holds among them', () => {
    void client.send('x'.repeat(60));
    client.taken(40);
    expect(socket.closed).toBeUndefined();
    client.freed(40);
    client.taken(41);
    expect(socket.closed).toEqual(tooSlow);
  });

  it('is ended when it asks for answers and does not take them', () => {
    void client.send('x'.repeat(101));
    expect(socket.closed).toEqual(tooSlow);
    void client.send('more');
    expect(socket.given).toHaveLength(1);
  });

  it('is sent no pongs without end', () => {
    for (let n = 0; n < 1_000; n++) socket.emit('ping', Buffer.from('x'.repeat(10)));
    expect(socket.bufferedAmount).toBeLessThan(200);
  });

  it('keeps nobody waiting: its subscriptions say why they end, and then the connection is closed', async () => {
    client.begin('1');
    const stream = client.stream('events', async function* (signal) {
      yield 'an event';
      await new Promise((_, failed) => signal.addEventListener('abort', () => failed(signal.reason as Error)));
    });
    expect(await stream.next()).toEqual({ done: false, value: { events: 'an event' } });
    const sending = client.send('an event');
    const next = stream.next();
    client.end(fail('reader-too-slow'));
    await sending;
    await expect(next).rejects.toMatchObject({ code: 'reader-too-slow' });
    expect(socket.closed).toBeUndefined();
    client.finish('1');
    expect(socket.closed).toEqual(tooSlow);
  });

  it('begins nothing any more once it is ended', async () => {
    client.end(fail('server-restarting'));
    const stream = client.stream('events', async function* (signal) {
      signal.throwIfAborted();
      yield 'an event';
    });
    await expect(stream.next()).rejects.toMatchObject({ code: 'server-restarting' });
  });
});

describe('a client whose token was good when it came', () => {
  const signedIn = async (...answers: (() => Promise<undefined>)[]) => {
    const socket = new StuckSocket();
    const client = new SubscriptionClient(
      socket as unknown as WebSocket,
      { headers: {} } as IncomingMessage,
      '127.0.0.1',
      { subscriptions: 20, waitingEvents: 3, waitingBytes: 100 },
      new ErrorMessages({ ...subscriptionFailures, ...accessFailures }, String),
      new ManualClock('2026-09-01'),
    );
    const callerOf = async () => answers.shift()?.();
    await client.signIn({ authorization: 'Bearer x' }, { callerOf } as unknown as Tokens);
    client.beat();
    await new Promise(setImmediate);
    return socket.closed;
  };
  const failing = (error: Error) => () => Promise.reject(error);
  const good = async () => undefined;

  it('is ended when the token is not good any more: its key may have been withdrawn', async () => {
    expect(await signedIn(good, failing(failAccess('token-invalid', { reason: 'no key' })))).toMatchObject({ code: 4403 });
  });

  it('stays while the token is good, or nobody can say', async () => {
    expect(await signedIn(good, good)).toBeUndefined();
    expect(await signedIn(good, failing(failAccess('identity-provider-unavailable')))).toBeUndefined();
  });
});
