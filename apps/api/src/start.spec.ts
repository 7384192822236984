import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll, firstLines, output, runBuilt, ServerProcess } from './process.testing.js';

const api = 'apps/api/src/main.js';
const cli = 'apps/cli/src/main.js';

jest.setTimeout(300_000);

describe('starting', () => {
  let folder: string;
  let environment: Record<string, string>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    environment = { DATA_DIR: folder, PORT: '0' };
  });
  afterEach(() => {
    endAll();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the operator is shown: everything but the warnings of the log, which are lines of JSON. */
  const refused = async (program: string, args: readonly string[], more: Record<string, string> = {}) => {
    const { code, err } = await output(program, args, { ...environment, ...more });
    return {
      code,
      lines: err
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('{')),
    };
  };
  const oneLine = (text: RegExp) => ({ code: 1, lines: [expect.stringMatching(text)] });

  it('finds what it left when it is started again, and ends at SIGTERM', async () => {
    const first = await ServerProcess.start(environment);
    expect(await first.end('SIGTERM')).toBe(0);
    const { out } = await output(cli, ['events'], environment);
    expect((await output(cli, ['events', '--stream', 'log'], environment)).out).toMatch(/^\{.*LogCreated.*\n\{.*KeysBound.*\n$/);
    const second = await ServerProcess.start(environment);
    const answer = await fetch(`${second.url}/graphql?query={calls{totalCount}}`);
    expect(await answer.json()).toMatchObject({ data: { calls: { totalCount: 3 } } });
    expect(await second.end('SIGTERM')).toBe(0);
    expect((await output(cli, ['events'], environment)).out).toBe(out);
    expect(existsSync(join(folder, 'server.json'))).toBe(false);
  });

  it('sends its spans where OpenTelemetry is told to, the last of them before it ends', async () => {
    const received: { url: string | undefined; body: string }[] = [];
    const collector = createHttpServer((request, response) => {
      let body = '';
      request.setEncoding('latin1').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        received.push({ url: request.url, body });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as { port: number };
    const server = await ServerProcess.start({
      ...environment,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=spec',
    });
    await fetch(`${server.url}/graphql?query={regions{code}}`);
    expect(await server.end('SIGTERM')).toBe(0);
    collector.close();
    expect(new Set(received.map(({ url }) => url))).toEqual(new Set(['/v1/traces']));
    const spans = received.map(({ body }) => body).join('');
    for (const name of ['digituki', 'deployment.environment', 'fold page', 'GET /graphql']) expect(spans).toContain(name);
  });

  it('on a folder that another server holds is refused, and the other goes on', async () => {
    const server = await ServerProcess.start(environment);
    expect(await refused(api, [])).toEqual(
      oneLine(
        /^digituki: The data folder .* is in use by the server at http:\S+ \(process \d+\): stop it, or choose another folder with DATA_DIR\.$/,
      ),
    );
    expect((await output(cli, ['projections', 'status'], environment)).err).toContain(`by the server at ${server.url}`);
    expect(await server.end('SIGKILL')).toBeNull();
    const next = await ServerProcess.start(environment);
    await next.end('SIGTERM');
  });

  it('on a port that is in use is refused', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await refused(api, [], { PORT: String(port) })).toEqual(
      oneLine(new RegExp(`^digituki: The port ${port} of 127.0.0.1 is in use: .* PORT\\.$`)),
    );
    other.close();
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['DIGITUKI_MASTER_KEY', { NODE_ENV: 'production' }],
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'localhost:2113' }],
  ])('with a wrong setting is refused by its name: %s', async (name, more) => {
    expect(await refused(api, [], more as Record<string, string>)).toEqual(oneLine(new RegExp(`^digituki: ${name} `)));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('on a damaged log is refused, and leaves it as it is', async () => {
    await (await ServerProcess.start(environment)).end('SIGTERM');
    const log = join(folder, 'log.db');
    const damaged = Buffer.concat([Buffer.alloc(100, 'x'), readFileSync(log).subarray(100)]);
    writeFileSync(log, damaged);
    for (const [program, args] of [
      [api, []],
      [cli, ['events']],
    ] as const) {
      expect(await refused(program, args)).toEqual(
        oneLine(/^digituki: The event log .*log\.db is damaged \(.*\)\. Do not write to it: restore a backup\.$/),
      );
    }
    expect(readFileSync(log).equals(damaged)).toBe(true);
  });

  it('on a log that is damaged inside is refused, and leaves it as it is', async () => {
    await (await ServerProcess.start(environment)).end('SIGTERM');
    const log = join(folder, 'log.db');
    const damaged = readFileSync(log);
    for (let page = 1; page < damaged.length / 4096; page++) damaged.fill(0x7f, page * 4096, page * 4096 + 200);
    writeFileSync(log, damaged);
    expect(await refused(api, [])).toEqual(
      oneLine(/^digituki: The event log .*log\.db is damaged \(.*\)\. Do not write to it: restore a backup\.$/),
    );
    expect(readFileSync(log).equals(damaged)).toBe(true);
  });

  it('with another master key is refused, and nothing is lost', async () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    await (await ServerProcess.start({ ...environment, DIGITUKI_MASTER_KEY: key })).end('SIGTERM');
    expect(await refused(api, [], { DIGITUKI_MASTER_KEY: Buffer.alloc(32, 2).toString('base64') })).toEqual(
      oneLine(/^digituki: The master key does not open the key store .*keys\.db\./),
    );
    expect(await refused(cli, ['projections', 'status'])).toEqual({
      code: 1,
      lines: [
        expect.stringMatching(/^in this process/),
        expect.stringMatching(/^digituki: DIGITUKI_MASTER_KEY is not set: give the one that .*keys\.db was made with\.$/),
      ],
    });
    expect(readdirSync(folder)).not.toContain('development-master-key');
    await (await ServerProcess.start({ ...environment, DIGITUKI_MASTER_KEY: key })).end('SIGTERM');
  });

  it('in a folder, or on files, that it may not write is refused, and nothing is written', async () => {
    // Root may write everywhere: what cannot be written is then a folder below a file.
    if (process.getuid?.() === 0) {
      writeFileSync(join(folder, 'file'), '');
      expect(await refused(api, [], { DATA_DIR: join(folder, 'file', 'data') })).toEqual(
        oneLine(/^digituki: The data folder .* cannot be used .* DATA_DIR\.$/),
      );
      return;
    }
    await (await ServerProcess.start(environment)).end('SIGTERM');
    const log = readFileSync(join(folder, 'log.db'));
    chmodSync(join(folder, 'log.db'), 0o400);
    expect(await refused(api, [])).toEqual(oneLine(/^digituki: The data folder .* cannot be used .*log\.db.* DATA_DIR\.$/));
    chmodSync(join(folder, 'log.db'), 0o600);
    chmodSync(folder, 0o500);
    expect(await refused(api, [])).toEqual(oneLine(/^digituki: The data folder .* cannot be used .* DATA_DIR\.$/));
    chmodSync(folder, 0o700);
    expect(readFileSync(join(folder, 'log.db')).equals(log)).toBe(true);
  });

  it('leaves what it keeps to be read by its owner only', async () => {
    const data = join(folder, 'data');
    await (await ServerProcess.start({ ...environment, DATA_DIR: data })).end('SIGTERM');
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const readable = () =>
      readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile() && statSync(join(one.parentPath, one.name)).mode & 0o077)
        .map(({ name }) => name);
    expect([existsSync(join(data, 'log.db')), readable()]).toEqual([true, []]);
    // Where an earlier version made them, or the folder was made by somebody else.
    for (const name of ['log.db', 'keys.db']) chmodSync(join(data, name), 0o644);
    const server = await ServerProcess.start({ ...environment, DATA_DIR: data });
    expect(readable()).toEqual([]);
    await server.end('SIGTERM');
  });

  it('leaves tools whose output nobody reads to the end without a word', async () => {
    await (await ServerProcess.start(environment)).end('SIGTERM');
    const child = runBuilt(cli, ['events'], environment);
    child.stdout?.destroy();
    let err = '';
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    expect([...(await once(child, 'close')), err]).toEqual([0, null, '']);
  });

  it('makes up rounds in the folder that it is given, whatever servers the environment names', async () => {
    const into = join(folder, 'synthetic');
    const servers = {
      EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false',
      MONGODB_URL: 'mongodb://127.0.0.1:1/register',
      KEYS_URL: 'mongodb://127.0.0.1:1/keys',
      PROJECTIONS: 'off',
    };
    expect(await output(cli, ['synth', '--events', '1', '--into', into], { ...environment, ...servers })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ events in .*synthetic\n$/),
    });
    expect(readdirSync(into)).toEqual(expect.arrayContaining(['keys.db', 'log.db']));
  });

  it('prints a line for a token that works as it stands, whatever the folder is called', async () => {
    const data = join(folder, "the register's data");
    const server = await ServerProcess.start({ ...environment, DATA_DIR: data });
    const [, line = ''] = /get a token: {2}(.+)\n/.exec(server.welcome) ?? [];
    // As a shell has it: without what npm tells the programs that it runs.
    const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^DATA_DIR$/.test(name)));
    const token = execSync(line, { encoding: 'utf8', env: plain }).trim();
    const asked = { headers: { authorization: `Bearer ${token}` } };
    const answer = await fetch(`${server.url}/graphql?query={waitingForMe{kind}}`, asked);
    expect(await answer.json()).toMatchObject({ data: { waitingForMe: [] } });
  });

  it('makes no token in production', async () => {
    const refusedIn = (mode: string) => refused(cli, ['token', '--role', 'ministry-auditor'], { NODE_ENV: mode });
    expect(await refusedIn('production')).toEqual(oneLine(/^digituki: Development tokens are not made in production/));
    expect(await refusedIn('Production')).toEqual(oneLine(/^digituki: NODE_ENV is «Production»: give production/));
  });

  it('tells who watches a call what happens in it, or why not', async () => {
    expect(await refused(cli, ['watch', '--call', 'pilot-2018'])).toEqual(
      oneLine(/^digituki: No server runs on the data folder: start it/),
    );
    await ServerProcess.start(environment);
    const lines = await firstLines(3, cli, ['watch', '--call', 'pilot-2018'], environment);
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(['CallPlanned', 'CallPublished', 'CallClosed']);
    for (const missing of [
      ['--call', 'none'],
      ['--matter', 'none--R19'],
    ])
      expect(await refused(cli, ['watch', ...missing])).toEqual(
        oneLine(/^digituki: There is no call none, or it is not for everybody to see/),
      );
    expect(await refused(cli, ['watch'])).toEqual(oneLine(/^digituki: http:\S+: Give one of these: call/));
    expect(await refused(cli, ['watch', '--call', 'pilot-2018', '--token', 'nonsense'])).toEqual(
      oneLine(/^digituki: http:\S+: The token is not valid/),
    );
  });

  it('tells who writes a command of the tools wrong how it is written', async () => {
    expect(await refused(cli, ['token', '--role', 'king'])).toMatchObject({
      code: 2,
      lines: [expect.stringContaining('Allowed choices are ministry-registrar'), expect.any(String)],
    });
    expect(await refused(cli, ['events'])).toEqual(oneLine(/^digituki: There is no log at .*log\.db: start the server once/));
    expect(await refused(cli, ['token', '--role', 'regional-coordinator'])).toEqual(oneLine(/^digituki: --region is missing/));
    expect(await refused(cli, ['token', '--role', 'provider'])).toEqual(oneLine(/^digituki: --organisation is missing/));
    expect(await refused(cli, ['token', '--role', 'regional-coordinator', '--region', 'R99'])).toMatchObject({ code: 2 });
    for (const region of ['19', 'R19']) {
      const { out } = await output(cli, ['token', '--role', 'regional-coordinator', '--region', region], environment);
      expect(JSON.parse(Buffer.from(out.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ region: '19' });
    }
    expect(await refused(cli, ['events', '--limit', 'all'])).toEqual(oneLine(/^digituki: --limit is no number/));
    await (await ServerProcess.start(environment)).end('SIGTERM');
    expect(await refused(cli, ['events', '--stream', 'application-coordination-2019--R19'])).toEqual(
      oneLine(/^digituki: There is no stream application-coordination-2019--R19/),
    );
  });
});
