import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID, webcrypto } from 'node:crypto';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, fill, signer, specFolder } from './audit.testing.js';
import { bundleOf, type BundleParts } from './bundle.js';
import { sha256, type Files, type Selection } from './bundle-format.js';
import { verifyBundle } from './bundle-verify.js';
import { bundlePage, verifyInPage, type PageContent } from './bundle-page.js';
import { newSigningKey, signerOf } from './signed-note.js';
import { unzipped, zipped } from './zip.js';

describe('a bundle', () => {
  const folder = specFolder();
  let bundles: Record<Selection['kind'], Files>;
  const pdf = '%PDF made up';
  const sent = [
    { document: 'decision', language: 'fi', sha256: sha256(pdf) },
    { document: 'otherwise', language: 'sv', sha256: sha256('sv') },
    { document: 'unmade', language: 'en', sha256: sha256('en') },
  ];

  beforeAll(async () => {
    const log = SqliteEventLog.open(folder.at('log.db'));
    await fill(log, 300);
    const about = (metadata: object) => ({
      id: randomUUID(),
      type: 'T',
      data: '{"text":"</script> ä"}',
      metadata: canonicalJson(metadata),
    });
    for (const region of ['12', '13'])
      await log.append(`application-c--${region}`, 'none', [
        about({ call: 'c', matter: `c--${region}` }),
        about({ call: 'c', matter: `c--${region}` }),
      ]);
    await log.append('grant-c--12', 'none', [{ ...about({ call: 'c', matter: 'c--12' }), data: canonicalJson({ documents: sent }) }]);
    await log.append('decision-c', 'none', [about({ call: 'c', seen: { 'application-c--12': 0, 'decision-c': -1 } })]);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const checkpoint = (await auditor.checkpoint()) as string;
    const documentOf: BundleParts['documentOf'] = async (_, { document }) =>
      document === 'unmade' ? undefined : Buffer.from(document === 'otherwise' ? 'others' : pdf);
    const parts = { log, tree, checkpoint, verifier: signer.verifier, documentOf };
    bundles = {
      matter: await bundleOf({ kind: 'matter', key: 'c--12' }, parts),
      call: await bundleOf({ kind: 'call', key: 'c' }, parts),
      decision: await bundleOf({ kind: 'decision', key: 'decision-c' }, parts),
      all: await bundleOf({ kind: 'all', key: '' }, parts),
    };
    await expect(bundleOf({ kind: 'matter', key: 'none' }, parts)).rejects.toThrow(/no event of the matter/);
    tree.close();
    await log.close();
  });
  afterAll(() => folder.remove());

  const linesOf = (files: Files) => (files.get('events.jsonl') as Buffer).toString().trimEnd().split('\n');

  const partsOf = (files: Files): PageContent =>
    JSON.parse(/id="bundle">(.*?)<\/script>/s.exec((files.get('index.html') as Buffer).toString())?.[1] as string);

  it('has the events that are selected, and proves them with the key that is believed', () => {
    const counts = Object.fromEntries(Object.entries(bundles).map(([kind, files]) => [kind, linesOf(files).length]));
    expect(counts).toEqual({ matter: 3, call: 6, decision: 2, all: 306 });
    for (const files of Object.values(bundles)) {
      expect(verifyBundle(files, signer.verifier).faults).toEqual([]);
      const stranger = signerOf(newSigningKey(signer.name)).verifier;
      expect(verifyBundle(files, stranger).faults).toContainEqual(expect.stringContaining('is not signed by'));
      expect(verifyBundle(files).unproven).toContainEqual(expect.stringContaining("that the key is the register's"));
    }
    expect(verifyBundle(bundles.all).proven).toContainEqual(expect.stringContaining('the whole log'));
  });

  it('is found to be altered where any byte of it was changed, also on the way through its ZIP file', () => {
    for (const kind of ['decision', 'call', 'all'] as const) {
      const files = [...bundles[kind]];
      fc.assert(
        fc.property(fc.nat({ max: files.length - 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, place, by) => {
          const [name, content] = files[which] as [string, Buffer];
          const altered = Buffer.from(content);
          altered[place % altered.length] = ((altered[place % altered.length] as number) + by) % 256;
          const report = verifyBundle(unzipped(zipped(new Map(bundles[kind]).set(name, altered))), signer.verifier);
          expect(report.faults).not.toEqual([]);
        }),
        { numRuns: kind === 'all' ? 150 : 450 },
      );
    }
  });

  it('is found to be altered where a file is missing, or one was put in', () => {
    for (const files of Object.values(bundles)) {
      for (const name of files.keys()) {
        const less = new Map(files);
        less.delete(name);
        expect(verifyBundle(less).faults).not.toEqual([]);
      }
      expect(verifyBundle(new Map(files).set('proofs/999999.tlog-proof', Buffer.from(''))).faults).not.toEqual([]);
      expect(verifyBundle(new Map(files).set('read-me.txt', Buffer.from(''))).faults).not.toEqual([]);
    }
  });

  it('has a page that proves the same with nothing but WebCrypto, and finds what was altered', async () => {
    // As it stands in the page, without what this module has.
    const inPage = runInThisContext(`(${verifyInPage.toString()})`) as typeof verifyInPage;
    for (const files of Object.values(bundles)) {
      const parts = partsOf(files);
      const documents = new Map(Object.entries(parts.documents).map(([hash, base64]) => [hash, Buffer.from(base64, 'base64')]));
      expect(bundlePage({ ...parts, documents })).toBe((files.get('index.html') as Buffer).toString());
      const report = await inPage(parts, webcrypto.subtle);
      expect([report.isSigned, report.size, report.proven.every(Boolean)]).toEqual([true, 306, true]);
      const events = parts.events.with(1, (parts.events[1] as string).replace('"id":"', '"id":"0'));
      expect((await inPage({ ...parts, events }, webcrypto.subtle)).proven.every(Boolean)).toBe(false);
      const checkpoint = parts.checkpoint.replace('306', '307');
      expect((await inPage({ ...parts, checkpoint }, webcrypto.subtle)).isSigned).toBe(false);
      const { key } = signerOf(newSigningKey(signer.name)).verifier;
      expect((await inPage({ ...parts, key }, webcrypto.subtle)).isSigned).toBe(false);
    }
  });

  it('has the documents that its events name by their hashes, and says of others why it has them not', async () => {
    const { proven, unproven } = verifyBundle(bundles.matter, signer.verifier);
    const name = `documents/${sha256(pdf)}.pdf`;
    expect(bundles.matter.get(name)?.toString()).toBe(pdf);
    expect(proven).toContainEqual(`the documents that went out are here, byte for byte as the events name them: decision in fi (${name})`);
    expect(unproven).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^what otherwise in sv said, whose hash is \w{64}: made again it has other bytes/),
        expect.stringMatching(/^what unmade in en said, whose hash is \w{64}: the document could not be made again/),
      ]),
    );
    expect([...bundles.decision.keys()].filter((one) => one.startsWith('documents/'))).toEqual([]);
    const others = new Map(bundles.matter).set(`documents/${sha256('other')}.pdf`, Buffer.from('other'));
    expect(verifyBundle(others).faults).toContainEqual(expect.stringContaining('is no document that an event names'));
    const page = partsOf(bundles.matter);
    expect((await verifyInPage(page, webcrypto.subtle)).documents).toEqual({ [sha256(pdf)]: true });
    const swapped = { [sha256(pdf)]: Buffer.from('other').toString('base64'), [sha256('other')]: Buffer.from('other').toString('base64') };
    expect((await verifyInPage({ ...page, documents: swapped }, webcrypto.subtle)).documents).toEqual({
      [sha256(pdf)]: false,
      [sha256('other')]: false,
    });
  });

  it('comes through a ZIP file as it went in, and a damaged one is refused', () => {
    const zip = zipped(bundles.call);
    expect(unzipped(zip)).toEqual(bundles.call);
    expect(() => unzipped(Buffer.from('no zip'))).toThrow(RangeError);
    const damaged = Buffer.from(zip);
    damaged[100] = (damaged[100] as number) ^ 1;
    expect(() => unzipped(damaged)).toThrow(RangeError);
  });
});
