import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failLog } from '#event-store/event-log';
import { standInCertificate } from '#event-store/eventstoredb/stand-in-certificate.testing';
import { StandInServer } from '#event-store/eventstoredb/stand-in-server.testing';
import { openWhenReachable } from './opening.js';
import { CannotStart, readSettings } from './settings.js';

describe('a process whose log is on a server', () => {
  let folder: string;
  let server: StandInServer;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opening-'));
    server = await new StandInServer({ file: join(folder, 'server.db') }).start();
  });
  afterEach(() => {
    server.stop();
    rmSync(folder, { recursive: true });
  });

  const opened = async (serve: () => Promise<string>, url = server.url) => {
    const warned: string[] = [];
    const settings = readSettings({ EVENTSTORE_URL: url, DATA_DIR: join(folder, 'data'), PORT: '0' });
    const running = await openWhenReachable(
      { settings, reporter: { warn: (message) => warned.push(message) }, projections: [], processes: [] },
      serve,
      new AbortController().signal,
    );
    await running?.system.close();
    return { served: running?.served, warned };
  };

  it('waits for it also where it goes down between the opening and the serving, and then begins anew', async () => {
    let times = 0;
    const { served, warned } = await opened(async () => {
      if (times++ === 0) throw failLog('log-uncertain', { reason: 'no-answer' });
      return 'served';
    });
    expect([times, served]).toEqual([2, 'served']);
    expect(warned.filter((message) => message === 'an engine is down: waiting for it')).toHaveLength(1);
    expect(warned.filter((message) => message.startsWith('DIGITUKI_MASTER_KEY'))).toHaveLength(1);
  });

  it.each(['nobody:open-sesame@', ''])(
    'ends where the server does not let its user in, and names the setting, but no password: «%s»',
    async (user) => {
      const authority = join(folder, 'ca.pem');
      writeFileSync(authority, standInCertificate.certificate);
      const guarded = await new StandInServer({
        file: join(folder, 'guarded.db'),
        tls: standInCertificate,
        credentials: 'somebody:right',
      }).start();
      const ended = opened(
        async () => 'served',
        `esdb://${user}localhost:${guarded.port}?tls=true&tlsCAFile=${encodeURIComponent(authority)}`,
      ).finally(() => guarded.stop());
      await expect(ended).rejects.toThrow(/^EVENTSTORE_URL is refused by its server: (?!.*sesame).*\$admins\.$/);
      await expect(ended).rejects.toBeInstanceOf(CannotStart);
    },
  );

  it('ends where waiting would not help', async () => {
    await expect(opened(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
  });
});
