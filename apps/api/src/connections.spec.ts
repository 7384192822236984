import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Limits } from '#edge/limits';
import { limitConnections } from './connections.js';

const most = 4;

describe('connections of one address', () => {
  let server: Server;
  let letGo: () => void;
  let answered = 0;
  const sockets: Socket[] = [];
  const opened = async (): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined).resume();
    await once(socket, 'connect');
    return socket;
  };
  const ask = (socket: Socket) => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');

  beforeEach(async () => {
    answered = 0;
    server = createServer((_request, response) => {
      answered += 1;
      response.end('there');
    });
    letGo = limitConnections(server, new Limits({ requestsPerSecond: 0, costPerSecond: 0, proxies: [] }), most);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    server.close();
  });

  it('are so many, and what is more is neither read from nor let go at once with others', async () => {
    const first = [];
    for (let n = 0; n < most; n++) first.push(await opened());
    const ends: number[] = [];
    const more = [];
    for (let n = 0; n < 20; n++) {
      const socket = await opened();
      ask(socket);
      more.push(once(socket, 'close').then(() => ends.push(performance.now())));
    }
    await Promise.all(more);
    expect(answered).toBe(0);
    // Two at a time, every 20 ms.
    expect((ends.at(-1) as number) - (ends[0] as number)).toBeGreaterThan(100);
    ask(first[0] as Socket);
    const [answer] = (await once(first[0] as Socket, 'data')) as [Buffer];
    expect(answer.toString()).toContain('there');
  });

  it('may come again once one of them is gone', async () => {
    const first = [];
    for (let n = 0; n < most; n++) first.push(await opened());
    await once(await opened(), 'close');
    first[0]?.destroy();
    // The server hears of it before, or soon after, the next one comes.
    while (answered === 0) {
      const socket = await opened();
      ask(socket);
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    }
  });

  it('that wait are let go at once where the server stops', async () => {
    for (let n = 0; n < most; n++) await opened();
    const more = [];
    for (let n = 0; n < 20; n++) more.push(once(await opened(), 'close'));
    letGo();
    for (const socket of sockets.slice(0, most)) socket.destroy();
    const closed = once(server.close(), 'close');
    await Promise.all([...more, closed]);
  });
});
