import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandInServer } from '#event-store/eventstoredb/stand-in-server.testing';
import type { Stored } from '#kernel/projection';
import { withMongoDb } from '#engines/mongodb.testing';
import { pagesOf } from '#view-store/view-store';
import { deciders, projections, processes } from '#system/contexts';
import { acts } from './acts.js';
import { DemoServer } from './demo-server.js';
import { withAnswers } from './questions.js';
import { inAnyOrderOfProcesses } from './questions.testing.js';

const sealed = /v1\.([^."]+)\.[\w-]+/g;
const position = /"[0-9a-f]{32}"/g;
/** Lists of what is recorded at the same time. */
const inAnyOrder = new Set(['requested', 'waiting', 'movements']);
const categoryOf = new Map(deciders.flatMap(({ decider }) => Object.keys(decider.events).map((type) => [type, decider.category])));
/** Views with rows of several streams. The revision of such a row is that of the event recorded last, and of some at the same time any is last. */
const ofSeveralStreams = new Set(
  [...projections, ...processes]
    .filter(({ events }) => new Set(Object.keys(events).map((type) => categoryOf.get(type))).size > 1)
    .map(({ name }) => name),
);

/** A demonstration that was played, with what each command was answered. */
async function played(folder: string, environment: Readonly<Record<string, string>> = {}) {
  const told: object[] = [];
  const demo = await DemoServer.start(folder, {
    environment,
    reporter: { warn: (message, details) => told.push({ message, ...details }) },
  });
  const sending = jest.spyOn(demo, 'send');
  for (const { act } of acts) await act(demo);
  await demo.ask('{ __typename }', undefined);
  const receipts = await Promise.all(sending.mock.results.map(({ value }) => value as Promise<{ stream: string; revision: string }>));
  return { demo, told, receipts: receipts.map(({ stream, revision }) => ({ stream, revision })) };
}

/**
 * All rows of a view. Each log has positions of its own; texts are sealed with another nonce each time; deliveries are
 * commands of random ids; and what is requested at the same time is recorded in any order.
 */
async function rowsOf({ system }: DemoServer, name: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const page of pagesOf<object>(system.runner.rows({ name })))
    for (const row of page) rows.push(comparable(ofSeveralStreams.has(name) ? { ...row, revision: 0 } : row));
  return rows;
}

function comparable(row: Stored<object>): string {
  const sameEachTime = (key: string, value: unknown) => {
    if (key === 'because') return 'an event';
    if (inAnyOrder.has(key) && Array.isArray(value)) return value.map((one) => JSON.stringify(one, sameEachTime)).sort();
    return isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
  };
  return JSON.stringify(row, sameEachTime).replaceAll(sealed, 'sealed for $1').replaceAll(position, '"position"');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

withMongoDb('the demonstration on servers', (mongoDb) => {
  describe('the demonstration, played on embedded engines and on servers', () => {
    const [here, there] = [mkdtempSync(join(tmpdir(), 'demo-embedded-')), mkdtempSync(join(tmpdir(), 'demo-servers-'))];
    let log: StandInServer;
    let embedded: Awaited<ReturnType<typeof played>>;
    let served: Awaited<ReturnType<typeof played>>;

    beforeAll(async () => {
      embedded = await played(here);
      // The same keys: whose a text is, and who sent a command, is then the same on both sides.
      for (const file of ['keys.db', 'development-master-key', 'development-issuer.json'])
        cpSync(join(here, file), join(there, file), { recursive: true });
      log = await new StandInServer({ file: join(there, 'stand-in.db') }).start();
      served = await played(there, { EVENTSTORE_URL: log.url, MONGODB_URL: mongoDb.database() });
    }, 300_000);
    afterAll(async () => {
      await embedded.demo.stop();
      await served.demo.stop();
      log.stop();
      await mongoDb.remove();
      for (const folder of [here, there]) rmSync(folder, { recursive: true });
    }, 300_000);

    it('answers every command with the same stream and revision', () => {
      expect(served.receipts.length).toBeGreaterThan(250);
      const inOrder = (receipts: typeof served.receipts) => receipts.map(({ stream, revision }) => `${stream} ${revision}`).sort();
      expect(inOrder(served.receipts)).toEqual(inOrder(embedded.receipts));
    });

    it.each([...projections, ...processes].map(({ name }) => name))('has the same rows in the view %s', async (name) => {
      const rows = await rowsOf(served.demo, name);
      expect(rows).toEqual(await rowsOf(embedded.demo, name));
    });

    it('answers every question of docs/questions.md as it stands there', async () => {
      const page = readFileSync('docs/questions.md', 'utf8');
      const answered = await withAnswers(page, served.demo);
      expect(served.told.filter(({ message }: { message?: string }) => message?.includes('not the caller'))).toEqual([]);
      expect(inAnyOrderOfProcesses(answered)).toBe(inAnyOrderOfProcesses(page));
    }, 300_000);
  });
});
