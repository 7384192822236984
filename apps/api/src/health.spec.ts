import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { failProjection } from '#views/run/projection-runner.failures';
import { TestServer } from './server.testing.js';

describe('the health of a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => server.stop());

  const asked = async (path: string) => {
    const response = await fetch(`${server.url}${path}`);
    return { status: response.status, retryAfter: response.headers.get('retry-after'), told: await response.json() };
  };
  const states = (...changes: [string, 'paused' | 'rebuilding' | 'stopped' | 'catching-up'][]) => {
    const status = server.system.runner.status();
    jest
      .spyOn(server.system.runner, 'status')
      .mockReturnValue(status.map((one) => ({ ...one, state: new Map(changes).get(one.name) ?? one.state })));
  };

  it('is live while it answers, and ready while the log can be written and the views follow', async () => {
    expect(await asked('/health/live')).toEqual({ status: 200, retryAfter: null, told: { status: 'live' } });
    expect(await asked('/health/ready')).toEqual({
      status: 200,
      retryAfter: null,
      told: { status: 'ready', down: [], paused: [], rebuilding: [] },
    });
  });

  it('stays in service while only the log is down, or only the views, and says which', async () => {
    const broken = () => Promise.reject(failProjection('position-unknown', { position: 'secret' }));
    const log = jest.spyOn(server.system.log, 'probe').mockImplementation(broken);
    expect(await asked('/health/ready')).toEqual({
      status: 200,
      retryAfter: null,
      told: { status: 'degraded', down: ['log'], paused: [], rebuilding: [] },
    });
    log.mockRestore();
    expect(await asked('/health/ready')).toMatchObject({ told: { status: 'ready' } });
  });

  it('is not ready while neither commands nor questions can be answered, says when to ask again, and is ready once it is back', async () => {
    jest.spyOn(server.system.log, 'probe').mockRejectedValueOnce(failProjection('position-unknown', { position: 'secret' }));
    states(['calls', 'catching-up']);
    expect(await asked('/health/ready')).toEqual({
      status: 503,
      retryAfter: '5',
      told: { status: 'not-ready', down: ['log', 'view:calls'], paused: [], rebuilding: [] },
    });
    expect(await asked('/health/live')).toMatchObject({ status: 200 });
    jest.restoreAllMocks();
    expect(await asked('/health/ready')).toMatchObject({ status: 200 });
  });

  it('is not ready while a view catches up or has stopped, and names it', async () => {
    states(['calls', 'stopped'], ['organisations', 'catching-up']);
    expect(await asked('/health/ready')).toMatchObject({ status: 503, told: { down: ['view:organisations', 'view:calls'] } });
    jest.restoreAllMocks();
    expect(await asked('/health/ready')).toMatchObject({ status: 200 });
  });

  it('is ready, and says so, while a view is paused at an event or rebuilt: it serves what it has', async () => {
    states(['calls', 'paused'], ['plans', 'rebuilding']);
    expect(await asked('/health/ready')).toEqual({
      status: 200,
      retryAfter: null,
      told: { status: 'ready', down: [], paused: ['calls'], rebuilding: ['plans'] },
    });
  });

  it('has no metrics where the settings want none', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});

describe('a server whose log was closed', () => {
  it('is live, and answers what it can', async () => {
    const server = await TestServer.start();
    await server.system.log.close();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    const response = await fetch(`${server.url}/health/ready`);
    expect({ status: response.status, told: await response.json() }).toMatchObject({
      status: 200,
      told: { status: 'degraded', down: expect.arrayContaining(['log']) },
    });
    await server.stop();
  });
});
