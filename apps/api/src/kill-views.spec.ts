import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll, killedWhen, output, ServerProcess } from './process.testing.js';

/** How often the server is killed; the full measure is 50. */
const kills = Number(process.env['KILLS'] ?? 6);
/** Of what the file has in the end, so much is there when the server is killed: first when it folds all, then when it goes on. */
const shares = [0.2, 0.5, 0.8];

describe(`a server that is killed ${kills} times while it folds its views into their file`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kill-views-'));
    const made = await output('apps/cli/src/main.js', ['synth', '--events', '4000', '--into', folder], {});
    expect([made.code, made.err]).toEqual([0, expect.anything()]);
  }, 120_000);
  afterAll(() => {
    endAll();
    rmSync(folder, { recursive: true });
  });

  const written = () =>
    ['', '-wal'].reduce((sum, end) => sum + (statSync(join(folder, `views.db${end}`), { throwIfNoEntry: false })?.size ?? 0), 0);

  it('goes on from what it has, and serves what the log says', async () => {
    const environment = { DATA_DIR: folder, PORT: '0' };
    expect(await (await ServerProcess.start(environment)).end('SIGTERM')).toBe(0);
    const whole = written();
    for (let kill = 0; kill < kills; kill++) {
      const share = shares[kill % shares.length] as number;
      if (share === shares[0]) for (const end of ['', '-wal']) rmSync(join(folder, `views.db${end}`), { force: true });
      expect(await killedWhen(() => written() >= share * whole, 'apps/api/src/main.js', [], environment)).toBe(true);
    }
    const server = await ServerProcess.start(environment);
    const verified = await output('apps/cli/src/main.js', ['projections', 'verify'], environment);
    const views = verified.out.trim().split('\n');
    expect([verified.code, views.filter((line) => !/(?:no difference|all can be opened)$/.test(line))]).toEqual([0, []]);
    expect(views.length).toBeGreaterThan(3);
    expect(await server.end('SIGTERM')).toBe(0);
  }, 300_000);
});
