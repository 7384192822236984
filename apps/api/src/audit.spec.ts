import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openedCheckpoint, parsedProof, provenBy } from '#audit/checkpoint';
import { leafOf } from '#audit/leaf';
import { hashBytes, rootOf } from '#audit/merkle';
import { signerOf, type Verifier } from '#audit/signed-note';
import { hashesFrom, tilePath } from '#audit/tiles';
import { TestServer } from './server.testing.js';

const registerOrganisation = (key: string) =>
  `mutation { registerOrganisation(commandId: "${crypto.randomUUID()}", input: { organisation: "${key}", kind: ASSOCIATION, names: { fi: "Yhdistys" } }) { position } }`;

describe('what is served of the proof of the log', () => {
  let server: TestServer;
  let verifier: Verifier;
  const get = (path: string) => fetch(`${server.url}/audit/${path}`);

  beforeAll(async () => {
    server = await TestServer.start();
    await server.system.startAudit();
    ({ verifier } = signerOf(readFileSync(join(server.folder, 'development-audit-key'), 'utf8')));
  });
  afterAll(() => server.stop());

  it('is a checkpoint, and the tiles that its root is made of, without a token', async () => {
    await server.system.auditor?.checkpoint();
    const answer = await get('checkpoint');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const checkpoint = openedCheckpoint(await answer.text(), verifier);
    expect(checkpoint?.size).toBeGreaterThan(60);
    const size = checkpoint?.size ?? 0;
    const tiles = new Map<string, Buffer>();
    for (const level of [0, 1])
      for (let number = 0; number * 256 < Math.floor(size / 256 ** level); number++) {
        const width = Math.min(256, Math.floor(size / 256 ** level) - number * 256);
        const tile = await get(`tile/${tilePath({ level, number, width })}`);
        expect(tile.headers.get('cache-control')).toContain('immutable');
        tiles.set(`${level}/${number}`, Buffer.from(await tile.arrayBuffer()));
      }
    const hashAt = hashesFrom((level, number, width) => {
      const tile = tiles.get(`${level}/${number}`);
      return tile && tile.length >= width * hashBytes ? tile : undefined;
    });
    expect(rootOf(size, hashAt).equals(checkpoint?.root as Buffer)).toBe(true);
    for (const path of ['tile/0/001/x', 'tile/0/x001/000', 'tile/0/000.p/0', 'tile/9/000', 'tile/entries/000', 'tile/'])
      expect((await get(path)).status).toBe(404);
  });

  it('is a proof of each receipt, which anybody can have', async () => {
    const token = await server.token('ministry-presenter');
    const { data } = await server.ask(registerOrganisation('proven-1'), { token });
    const { position } = data.registerOrganisation;
    const question = `query ($position: Position!) { receiptProof(position: $position) { index stream revision leafHash proof } }`;
    const answer = await server.ask(question, { variables: { position } });
    const [event] = (await server.system.log.readTexts({ after: before(position), limit: 1 })).events;
    expect(answer.data.receiptProof).toMatchObject({ stream: 'organisation-proven-1', revision: '0' });
    const { proof, index } = answer.data.receiptProof;
    expect(provenBy(leafOf(event as NonNullable<typeof event>), proof, verifier)?.size).toBe(Number(index) + 1);
    expect(parsedProof(proof)?.index).toBe(Number(index));
    const unknown = await server.ask(question, { variables: { position: 'f'.repeat(32) } });
    expect(unknown.errors[0]?.extensions.code).toBe('audit-position-unknown');
  });
});

describe('how the proof stands', () => {
  it('is told to auditors, with the checks of the whole log', async () => {
    const server = await TestServer.start();
    await server.system.startAudit();
    await server.system.auditor?.cleared;
    await server.system.auditor?.checkpoint();
    const question = '{ audit { leaves verified checkpoint isRetired findings trouble witnesses { url } checks { name findings } } }';
    const { errors } = await server.ask(question, { token: await server.token('applicant-signatory', { organisation: 'x' }) });
    expect(errors[0]?.extensions.code).toBe('not-permitted');
    const { data } = await server.ask(question, { token: await server.token('ministry-auditor') });
    expect(data.audit).toMatchObject({ isRetired: false, findings: [], trouble: null, witnesses: [] });
    expect(data.audit.leaves).toBeGreaterThan(60);
    await server.stop();
  });
});

describe('a log that was altered', () => {
  it('is found before the first command is taken, where an old event is not what it was', async () => {
    const first = await TestServer.start();
    const { folder } = first;
    await first.system.startAudit();
    await first.system.auditor?.checkpoint();
    await first.stop({ keep: true });
    const db = new DatabaseSync(join(folder, 'log.db'));
    db.exec("UPDATE events SET metadata = replace(metadata, 'public-record-importer', 'public-record-imposter') WHERE position = 20");
    db.close();
    const server = await TestServer.start({ folder });
    await server.system.startAudit();
    const [answer] = await Promise.all([
      server.ask(registerOrganisation('never'), { token: await server.token('ministry-presenter') }),
      server.system.auditor?.cleared,
    ]);
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'log-altered' });
    expect(await server.system.isSound()).toBe(false);
    expect(server.system.auditor?.findings[0]).toMatch(/^leaf 17 was altered/);
    await server.stop();
  });

  it('is found at the start, told of, and not written to; questions are answered', async () => {
    const first = await TestServer.start();
    const { folder } = first;
    await first.system.startAudit();
    await first.system.auditor?.checkpoint();
    await first.stop({ keep: true });
    const db = new DatabaseSync(join(folder, 'log.db'));
    db.exec('DELETE FROM events WHERE position = (SELECT MAX(position) FROM events)');
    db.close();
    // Views that go further than the log end a start before its tree is looked at.
    rmSync(join(folder, 'views.db'));
    // The import records anew what is missing, in the place of what was recorded there.
    const server = await TestServer.start({ folder });
    await server.system.startAudit();
    const { errors } = await server.ask(registerOrganisation('never'), { token: await server.token('ministry-presenter') });
    expect(errors[0]?.extensions).toMatchObject({ code: 'log-altered' });
    expect(errors[0]?.message).toContain('leaf 85 was altered');
    expect((await server.ask('{ regions { code } }')).data.regions).toHaveLength(19);
    const ready = await (await fetch(`${server.url}/health/ready`)).json();
    expect(ready).toMatchObject({ status: 'degraded', down: ['log-altered'] });
    expect(server.warned).toContainEqual(expect.objectContaining({ message: 'the log is not the one that was proven' }));
    await server.stop();
  });
});

/** The position just before one of the log in a file. */
function before(position: string): string {
  const row = (BigInt(`0x${position.slice(0, 16)}`) - 1n).toString(16).padStart(16, '0');
  return row + row;
}
