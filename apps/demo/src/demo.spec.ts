import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import type { DocumentHash } from '#kernel/decider';
import type { EventMetadata } from '#kernel/envelope';
import type { Draft } from '#documents/document-source';
import { standards } from '#documents/pdf-renderer';
import { faulty, withVeraPdf } from '#documents/verapdf.testing';
import { languages } from '#kernel/localized-text';
import { acts } from './acts.js';
import { parties, town } from './cast.js';
import { DemoServer } from './demo-server.js';
import { withAnswers } from './questions.js';

describe('the demonstration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  let demo: DemoServer;
  beforeAll(async () => {
    demo = await DemoServer.start(folder);
    for (const { act } of acts) await act(demo);
  }, 60_000);
  afterAll(async () => {
    await demo.stop();
    rmSync(folder, { recursive: true });
  });

  it('answers every question of docs/questions.md as it stands there', async () => {
    const page = readFileSync('docs/questions.md', 'utf8');
    expect(await withAnswers(page, demo)).toBe(page);
  });

  it('marks every event as a demonstration, or by the page of the public record that it was read from', async () => {
    const log = SqliteEventLog.open(join(folder, 'log.db'), { readOnly: true });
    const { events } = await log.readAll({ limit: 10_000 });
    await log.close();
    expect(events.length).toBeGreaterThan(900);
    expect([...new Set(events.map(({ metadata }) => (metadata as EventMetadata).source?.kind))].sort()).toEqual(['demo', 'public-record']);
  });

  it('makes the same documents each time, and notified those that it makes', async () => {
    const { documents } = demo.system;
    for (const { application } of parties) {
      const [event] = (await demo.system.log.readStream(`grant-${application}`)).filter(({ type }) => type === 'DecisionNotified');
      const notified = (event?.data as { documents?: readonly DocumentHash[] } | undefined)?.documents ?? [];
      const drafts = await documents.of(application);
      for (const { document, language, sha256 } of notified) {
        const draft = drafts.find((one) => one.document === document) as Draft;
        expect([application, await documents.sha256(draft, language, 'ua-1')]).toEqual([application, sha256]);
      }
    }
  });

  withVeraPdf(
    'makes documents that are PDF/UA-1 and PDF/A-2a, all of them',
    async () => {
      const { documents } = demo.system;
      for (const standard of standards) {
        const pdfs = new Map<string, Buffer>();
        for (const { application } of [...parties, town])
          for (const draft of await documents.of(application))
            for (const language of languages)
              pdfs.set(`${application}-${draft.document}-${language}`, await documents.pdf(draft, language, standard));
        expect(pdfs.size).toBeGreaterThan(100);
        expect(faulty(pdfs, standard)).toEqual([]);
      }
    },
    300_000,
  );
});
