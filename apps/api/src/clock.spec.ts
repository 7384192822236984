import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/clock.testing';
import { TestServer } from './server.testing.js';

describe('a server whose clock is set back by three hours', () => {
  const clock = new ManualClock('2026-10-01T09:00:00.000Z');
  let server: TestServer;
  let presenter: string;
  beforeAll(async () => {
    server = await TestServer.start({ clock });
    presenter = await server.token('ministry-presenter', {}, '1y');
  });
  afterAll(() => server.stop());

  const register = async (organisation: string): Promise<string> => {
    const input = { organisation, kind: 'ASSOCIATION', names: { fi: organisation } };
    const { data, errors } = await server.command('registerOrganisation', input, presenter);
    expect(errors).toEqual([]);
    return (data as { registerOrganisation: { position: string } }).registerOrganisation.position;
  };
  const isShown = async (organisation: string, after: string) => {
    const { data } = await server.ask(`{ organisation(id: "${organisation}", after: "${after}") { id } }`);
    return data.organisation?.id === organisation;
  };

  it('records no earlier time than before, shows what it acknowledged at once, and tells of it; so does the next that is started', async () => {
    await register('ensimmainen');
    clock.set('2026-10-01T06:00:00.000Z');
    expect(await isShown('toinen', await register('toinen'))).toBe(true);
    const { folder } = server;
    await server.stop({ keep: true });
    server = await TestServer.start({ clock, folder });
    expect(await isShown('kolmas', await register('kolmas'))).toBe(true);

    const { events } = await server.system.log.readAll({ categories: ['organisation'] });
    const times = events.map(({ metadata }) => (metadata as { recordedAt: string }).recordedAt);
    expect(times).toEqual(times.toSorted());
    expect(times.at(-1)).toBe('2026-10-01T09:00:00.000Z');
    expect(server.warned).toContainEqual(expect.objectContaining({ seconds: 10_800, recordedAt: '2026-10-01T09:00:00.000Z' }));
    expect(server.system.clock.secondsBehind).toBe(10_800);

    clock.set('2026-10-01T09:00:01.000Z');
    expect(await isShown('neljas', await register('neljas'))).toBe(true);
    expect(server.system.clock.secondsBehind).toBe(0);
  });
});
