import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedEvent } from '#event-store/event-log';
import { endAll, output, ServerProcess } from './process.testing.js';

/** How often the server is killed; the full measure is 50. */
const kills = Number(process.env['KILLS'] ?? 5);
const clients = 16;

interface Sent {
  readonly commandId: string;
  readonly organisation: string;
  /** The receipt, as text; undefined where the server was killed before it answered. */
  receipt?: string;
}

describe(`a server that is killed ${kills} times under load`, () => {
  let folder: string;
  let environment: Record<string, string>;
  let token: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kill-'));
    environment = { DATA_DIR: folder, PORT: '0' };
    token = (await output('apps/cli/src/main.js', ['token', '--role', 'ministry-presenter'], environment)).out.trim();
  });
  afterAll(() => {
    endAll();
    rmSync(folder, { recursive: true });
  });

  const send = async (url: string, { commandId, organisation }: Sent): Promise<string> => {
    const query = `mutation { registerOrganisation(commandId: "${commandId}", input: { organisation: "${organisation}", kind: COMPANY, names: { fi: "Kuvitteellinen" } }) { commandId log stream revision position eventIds } }`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { data?: { registerOrganisation: object }; errors?: unknown };
    if (!answer.data) throw new Error(JSON.stringify(answer.errors));
    return JSON.stringify(answer.data.registerOrganisation);
  };

  it('has every acknowledged command once, answers each again with its receipt, and serves what the log says', async () => {
    const sent: Sent[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const server = await ServerProcess.start(environment);
      const before = sent.length;
      for (const old of sent.slice(-20)) {
        const receipt = await send(server.url, old);
        if (old.receipt) expect(receipt).toBe(old.receipt);
        old.receipt = receipt;
      }
      const enough = before + randomInt(1, 150);
      let isKilled = false;
      const client = async () => {
        while (!isKilled) {
          const next: Sent = { commandId: randomUUID(), organisation: `o-${randomUUID()}` };
          sent.push(next);
          try {
            next.receipt = await send(server.url, next);
          } catch (error) {
            if (isKilled) return;
            isKilled = true;
            throw error;
          }
          if (sent.length > enough && !isKilled) {
            isKilled = true;
            await server.end('SIGKILL');
          }
        }
      };
      await Promise.all(Array.from({ length: clients }, client));
    }

    const server = await ServerProcess.start(environment);
    for (const one of sent) {
      const receipt = await send(server.url, one);
      if (one.receipt) expect(receipt).toBe(one.receipt);
    }
    const verified = await output('apps/cli/src/main.js', ['projections', 'verify'], environment);
    const views = verified.out.trim().split('\n');
    expect([verified.code, views.filter((line) => !/(?:no difference|all can be opened)$/.test(line))]).toEqual([0, []]);
    expect(views.length).toBeGreaterThan(3);
    expect(await server.end('SIGTERM')).toBe(0);

    const { out } = await output('apps/cli/src/main.js', ['events', '--type', 'OrganisationRegistered'], environment);
    const stored = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LoggedEvent & { metadata: { commandId: string } });
    const byCommand = new Map(sent.map(({ commandId, organisation }) => [commandId, `organisation-${organisation}`]));
    const ours = stored.filter(({ metadata }) => byCommand.has(metadata.commandId));
    expect(ours).toHaveLength(sent.length);
    for (const { stream, revision, metadata } of ours) expect([stream, revision]).toEqual([byCommand.get(metadata.commandId), 0]);
  }, 600_000);
});
