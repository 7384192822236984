import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomInt, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KeyStore } from '#keys/key-store';
import { SqliteWrappedKeys } from '#keys/sqlite-wrapped-keys';
import { wholeMetadata } from '#event-store/whole-metadata.testing';
import { StandInServer } from '#event-store/eventstoredb/stand-in-server.testing';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { ManualClock } from '#kernel/clock.testing';
import { pagesOf } from '#view-store/view-store';
import { processes, projections } from '#system/contexts';
import { DataFolder } from '#system/data-folder';
import type { System } from '#system/system';
import { plan } from './call-plan.testing.js';
import { endAll, killedWhen, output, ServerProcess } from './process.testing.js';
import { TestServer } from './server.testing.js';

const cli = 'apps/cli/src/main.js';

jest.setTimeout(300_000);

describe('an installation that was copied', () => {
  const target = mkdtempSync(join(tmpdir(), 'copied-'));
  const answers = new Map<string, object>();
  let original: TestServer;
  let copy: TestServer;

  const send = async (server: TestServer, [mutation, input, commandId]: readonly [string, object, string]) => {
    const { data, errors } = await server.command(mutation, input, await server.token('ministry-presenter'), { commandId });
    return errors.length > 0 ? { refused: errors.map(({ extensions }) => extensions) } : (data[mutation] as object);
  };
  const commands = (
    [
      ['planCall', plan('moved')],
      ['publishCall', { call: 'moved' }],
      ['nameCallContact', { call: 'moved', contact: 'contact-1', office: { fi: 'Neuvonta' }, name: 'Aino Kuvitteellinen' }],
      ['nameCallContact', { call: 'moved', contact: 'contact-2', office: { fi: 'Neuvonta' }, name: 'Eino Kuvitteellinen' }],
      ['registerOrganisation', { organisation: 'moved-company', kind: 'COMPANY', names: { fi: 'Kuvitteellinen yritys' } }],
      ['renameOrganisation', { organisation: 'moved-company', names: { fi: 'Kuvitteellinen yritys' } }],
      ['publishCall', { call: 'never-planned' }],
    ] as const
  ).map((command) => [...command, randomUUID()] as const);

  beforeAll(async () => {
    original = await TestServer.start({ clock: new ManualClock('2026-09-01T09:00:00Z') });
    for (const command of commands) answers.set(command[2], await send(original, command));
    await original.system.keys.forget('moved--contact-2', '2026-09-01T09:00:00.000Z');
    await original.stop({ keep: true });
    const { code, err } = await output(cli, ['log', 'copy', original.folder, target], {});
    expect([code, err]).toEqual([0, '']);
    copy = await TestServer.start({ folder: target, clock: new ManualClock('2026-09-01T09:00:00Z') });
  });
  afterAll(async () => {
    await copy.stop();
    rmSync(original.folder, { recursive: true });
  });

  it('had answers of every kind', () => {
    const kinds = [...answers.values()].map((answer) => ('refused' in answer ? 'refused' : (answer as { effect: string }).effect));
    expect(kinds).toEqual(['RECORDED', 'RECORDED', 'RECORDED', 'RECORDED', 'RECORDED', 'NONE', 'refused']);
  });

  it('answers every command again as it was answered before, but for the log and the position, and records nothing', async () => {
    const head = await copy.system.log.head();
    for (const command of commands) {
      const { log, position, ...rest } = answers.get(command[2]) as { log?: string; position?: string };
      const again = await send(copy, command);
      if (log !== undefined) expect(again).not.toMatchObject({ log });
      expect(again).toEqual({
        ...rest,
        ...(log !== undefined && { log: copy.system.log.id, position: expect.not.stringMatching(position as string) }),
      });
    }
    expect(await copy.system.log.head()).toBe(head);
  });

  it('shows row for row what it showed', async () => {
    const rowsOf = async ({ runner }: System) => {
      const views: [string, unknown[]][] = [];
      for (const projection of [...projections, ...processes]) {
        const rows: object[] = [];
        for await (const page of pagesOf(runner.rows<object>(projection)))
          // A position is of one log.
          rows.push(...page.map((row) => ({ ...row, position: undefined, changed: undefined })));
        views.push([projection.name, rows]);
      }
      return views;
    };
    const again = await TestServer.start({ folder: original.folder, clock: new ManualClock('2026-09-01T09:00:00Z') });
    const [before, after] = [await rowsOf(again.system), await rowsOf(copy.system)];
    await again.stop({ keep: true });
    expect(after).toEqual(before);
    expect(before.filter(([, rows]) => rows.length > 0).length).toBeGreaterThan(5);
  });

  it('opens the personal texts that it opened, and has forgotten who was forgotten', async () => {
    const { data } = await copy.ask('{ call(id: "moved") { contacts { name } } }');
    expect(data.call.contacts).toEqual([{ name: 'Aino Kuvitteellinen' }, { name: null }]);
  });

  it('knows what was known at a time', async () => {
    const known = await copy.ask(
      '{ then: call(id: "coordination-2019", knownAt: "2026-08-31") { id } now: call(id: "coordination-2019", knownAt: "2026-09-01") { id } }',
    );
    expect(known).toMatchObject({ errors: [], data: { then: null, now: { id: 'coordination-2019' } } });
  });
});

describe('digituki log', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  /** A data folder with so many events, each in a stream of its own. */
  const filled = async (name: string, events: number) => {
    const data = new DataFolder(at(name));
    data.take();
    const masterKey = await data.developmentMasterKey();
    await (await KeyStore.open(SqliteWrappedKeys.open(data.keys), masterKey)).close();
    const log = SqliteEventLog.open(data.log);
    await Promise.all(
      Array.from({ length: events }, (_, n) =>
        log.append(`s-${n}`, 'none', [{ id: randomUUID(), type: 'T', data: '{}', metadata: wholeMetadata() }]),
      ),
    );
    await log.close();
    data.release();
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-copy-'));
  });
  afterEach(() => {
    endAll();
    rmSync(folder, { recursive: true });
  });

  it('copy that is killed again and again goes on each time, and is equal in the end', async () => {
    await filled('from', 1_000);
    const copied = () => {
      if (!existsSync(at('to/log.db'))) return 0;
      const db = new DatabaseSync(at('to/log.db'), { readOnly: true });
      try {
        return (db.prepare('SELECT MAX(position) AS last FROM events').get() as { last: number | null }).last ?? 0;
      } catch {
        // It is just being made.
        return 0;
      } finally {
        db.close();
      }
    };
    let kills = 0;
    for (let goal = randomInt(200); kills < 5; goal += randomInt(1, 250)) {
      if (!(await killedWhen(() => copied() > goal, cli, ['log', 'copy', at('from'), at('to')], {}))) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(2);
    expect(await output(cli, ['log', 'copy', at('from'), at('to')], {})).toMatchObject({ code: 0, err: '' });
    const { code, out } = await output(cli, ['log', 'compare', at('from'), at('to')], {});
    expect([code, out.trim().split('\n').at(-1)]).toEqual([0, 'equal']);
  });

  it('copy is refused while a server holds the folder, and the server goes on', async () => {
    const server = await ServerProcess.start({ DATA_DIR: at('from'), PORT: '0' });
    const { code, err } = await output(cli, ['log', 'copy', at('from'), at('to')], {});
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^digituki: The data folder .*from is in use by the server at http:\S+ \(process \d+\): stop it/),
    ]);
    expect(existsSync(at('to/log.db'))).toBe(false);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  it('says what is not there, and where keys should be', async () => {
    const told = async (...args: string[]) => {
      const { code, err } = await output(cli, ['log', ...args], {});
      return [code, err.trim()];
    };
    await filled('from', 1);
    expect(await told('copy', at('none'), at('to'))).toEqual([1, expect.stringMatching(/^digituki: There is no log at .*none\/log\.db/)]);
    expect(await told('compare', at('none'), at('to'))).toEqual([
      1,
      expect.stringMatching(/^digituki: There is no log at .*none\/log\.db/),
    ]);
    expect(await told('copy', at('from'), 'esdb://user:sesame@localhost:1')).toEqual([
      1,
      'digituki: Where shall the keys of esdb://localhost:1 be? Set KEYS_URL, or give --keys-to.',
    ]);
    expect(await told('copy', at('from'), at('from'))).toEqual([1, expect.stringMatching(/from is named twice/)]);
    expect(existsSync(at('none'))).toBe(false);
  });

  it('copy moves a log to a server, and back', async () => {
    await filled('from', 30);
    const server = await new StandInServer({ file: at('server.db') }).start();
    const environment = { EVENTSTORE_URL: server.url };
    const there = await output(cli, ['log', 'copy', at('from'), 'EVENTSTORE_URL', '--keys-to', at('keys.db')], environment);
    expect([there.code, there.err, there.out]).toEqual([
      0,
      '',
      expect.stringMatching(
        /^30 events copied\n(30 events, sha256 [0-9a-f]{64}), in .*from\n\1, in esdb:.*\n1 keys in .*keys\.db\n\nNext:\n- Set EVENTSTORE_URL and KEYS_URL/,
      ),
    ]);
    expect(statSync(at('keys.db')).mode & 0o077).toBe(0);
    const back = await output(cli, ['log', 'copy', 'EVENTSTORE_URL', at('back'), '--keys-from', at('keys.db')], environment);
    expect([back.code, back.err]).toEqual([0, '']);
    for (const places of [
      [at('from'), 'EVENTSTORE_URL'],
      [at('from'), at('back')],
    ])
      expect((await output(cli, ['log', 'compare', ...places], environment)).out).toMatch(/^equal$/m);
    server.stop();
    expect(readFileSync(at('back/keys.db')).equals(readFileSync(at('keys.db')))).toBe(true);
  });

  it('compare says where two logs differ first, and exits with 1', async () => {
    await filled('a', 10);
    await output(cli, ['log', 'copy', at('a'), at('b')], {});
    const db = new DatabaseSync(at('b/log.db'));
    db.exec("DELETE FROM events WHERE position = (SELECT MAX(position) FROM events WHERE stream <> 'log')");
    db.close();
    const { code, out } = await output(cli, ['log', 'compare', at('a'), at('b/log.db')], {});
    expect([code, out.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^not equal in 1 place; the first: event \d+ is only in .*a: \w+, revision \d+ of \S+ \(\S+\)$/),
    ]);
  });

  it('forgets again whom a restored backup of the keys knows, by the list of who was forgotten', async () => {
    await filled('data', 0);
    const open = async () =>
      KeyStore.open(SqliteWrappedKeys.open(at('data/keys.db')), await new DataFolder(at('data')).developmentMasterKey());
    const listed = async (...args: string[]) => output(cli, ['keys', 'forgotten', ...args], { DATA_DIR: at('data') });
    let keys = await open();
    for (const person of ['aino', 'eino', 'elli']) await keys.keyFor(person);
    await keys.close();
    copyFileSync(at('data/keys.db'), at('backup.db'));
    keys = await open();
    await keys.forget('aino', '2026-01-01T00:00:00.000Z');
    await keys.close();
    const { out } = await listed();
    expect(out).toBe('{"id":"person:aino","forgottenAt":"2026-01-01T00:00:00.000Z"}\n');

    copyFileSync(at('backup.db'), at('data/keys.db'));
    writeFileSync(at('list'), out);
    expect((await listed()).out).toBe('');
    expect(await listed('--replay', at('list'))).toEqual({ code: 0, out, err: '' });
    keys = await open();
    expect([await keys.existingKey('aino'), await keys.existingKey('eino')]).toEqual([undefined, expect.any(Buffer)]);
    await keys.close();

    for (const wrong of ['{"id":"system:command-hash","forgottenAt":"2026-01-01T00:00:00.000Z"}', 'elli']) {
      writeFileSync(at('list'), `{"id":"person:eino","forgottenAt":"2026-01-01T00:00:00.000Z"}\n${wrong}\n`);
      expect(await listed('--replay', at('list'))).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/^digituki: Line 2 of .*list names nobody: .* Nobody was forgotten\.$/m),
      });
    }
    expect((await listed()).out).toBe(out);
  });

  it('leaves the keys of a log bound to it: another installation’s keys do not open it', async () => {
    for (const name of ['a', 'b']) await (await ServerProcess.start({ DATA_DIR: at(name), PORT: '0' })).end('SIGTERM');
    for (const file of ['keys.db', 'development-master-key']) copyFileSync(at(`b/${file}`), at(`a/${file}`));
    const { code, err } = await output('apps/api/src/main.js', [], { DATA_DIR: at('a'), PORT: '0' });
    expect([code, err.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^digituki: The event log \S+ was written with other keys than these.* KEYS_URL or DATA_DIR/),
    ]);
    expect((await output(cli, ['events', '--type', 'KeysBound'], { DATA_DIR: at('a') })).out.trim().split('\n')).toHaveLength(1);
  });
});
