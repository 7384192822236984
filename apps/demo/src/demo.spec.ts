import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verdictOf } from '#controls/decided-again';
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
import { withAnswers, withOutputs, withoutOwn } from './questions.js';
import { inAnyOrderOfProcesses } from './questions.testing.js';

describe('the demonstration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  let demo: DemoServer;
  beforeAll(async () => {
    demo = await DemoServer.start(folder);
    for (const { act } of acts) await act(demo);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['questions', (answer: string) => answer],
    ['for-auditors', withoutOwn],
  ])('answers every question of docs/%s.md as it stands there', async (name, told) => {
    const page = readFileSync(`docs/${name}.md`, 'utf8');
    expect(inAnyOrderOfProcesses(await withAnswers(page, demo, told))).toBe(inAnyOrderOfProcesses(page));
  });

  it('answers every question the same at any time between two seconds', async () => {
    const page = readFileSync('docs/questions.md', 'utf8');
    const pages: string[] = [];
    for (const within of ['001', '400', '998']) {
      await demo.at(`2027-04-21T10:00:00.${within}`);
      // Each is another request: none is given what was answered before.
      const anew = { ask: (...[query, by]: Parameters<DemoServer['ask']>) => demo.ask(query, by, { within }) };
      pages.push(inAnyOrderOfProcesses(await withAnswers(page, anew)));
    }
    expect(pages.map((one) => one === pages[0])).toEqual([true, true, true]);
  });

  it('breaks none of the rules that the control questions ask about', async () => {
    const asked = '{ controlQuestions { questions { found witnesses { type stream sentence { text } } } unreadable { event } } }';
    const { data } = await demo.ask(asked, { name: 'Tarkastaja', role: 'ministry-auditor' });
    const { questions, unreadable } = (data as never)['controlQuestions'] as {
      questions: { found: number; witnesses: object[] }[];
      unreadable: object[];
    };
    expect(questions).toHaveLength(14);
    expect([...questions.flatMap(({ witnesses }) => witnesses), ...unreadable]).toEqual([]);
  });

  it('comes to the same when each of its events is decided again on the facts as they stood', async () => {
    const { events } = await demo.system.log.readAll({ limit: 10_000 });
    for (const { stream, revision } of events.filter((event) => event.stream !== 'log')) {
      const { verdict, differences } = await demo.system.decisions
        .decidedAgain({ stream, revision })
        .then((found) => ({ verdict: verdictOf(found), ...found }));
      expect({ stream, revision, verdict, differences }).toEqual({ stream, revision, verdict: 'same', differences: [] });
    }
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
  it('prints what docs/for-auditors.md says that the tool prints, once it has ended', async () => {
    await demo.stop();
    const page = readFileSync('docs/for-auditors.md', 'utf8');
    expect(withOutputs(page, folder)).toBe(page);
  }, 300_000);
});
