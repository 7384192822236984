import { expect, it, jest } from '@jest/globals';
import { connectivityState } from '@grpc/grpc-js';
import { Subchannel } from '@grpc/grpc-js/build/src/subchannel.js';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { streamRequest } from './messages.js';
import { Client } from './client.js';

interface Hidden {
  handleBackoffTimer: (this: Subchannel) => void;
}

it('makes no connection any more for a call that failed while the server was down', async () => {
  const { promise: paused, resolve: afterPause } = Promise.withResolvers<Subchannel>();
  const goOn = (Subchannel.prototype as unknown as Hidden).handleBackoffTimer;
  jest.spyOn(Subchannel.prototype as unknown as Hidden, 'handleBackoffTimer').mockImplementation(function (this: Subchannel) {
    goOn.call(this);
    afterPause(this);
  });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const client = new Client(`esdb://127.0.0.1:${port}?tls=false`, 1_000);

  const call = await client.read(streamRequest({ stream: 'jar-a', count: 1 }));
  await expect(once(call, 'end')).rejects.toThrow('UNAVAILABLE');
  expect((await paused).getConnectivityState()).toBe(connectivityState.IDLE);
  await client.dispose();
});
