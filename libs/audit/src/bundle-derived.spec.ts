import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import fc from 'fast-check';
import { canonicalJson } from '#kernel/canonical-json';
import { field, personal, v1 } from '#kernel/event-schema';
import type { EventOf } from '#kernel/envelope';
import type { AnyProjection } from '#kernel/projection';
import { Codec } from '#event-store/codec';
import { SqliteEventLog } from '#event-store/sqlite/sqlite-event-log';
import { auditorOf, signer, specFolder } from './audit.testing.js';
import { bundleOf, type BundleParts } from './bundle.js';
import type { Files, Program, Selection } from './bundle-format.js';
import { verifyBundle } from './bundle-verify.js';
import { rotationStatement } from './checkpoint-keys.js';
import { newSigningKey, signerOf } from './signed-note.js';
import { unzipped, zipped } from './zip.js';

const said = { fi: 'f', sv: 's', en: 'e' };
const definitions = {
  ThingNamed: v1(said, { person: field(Type.String(), said), name: personal('person', said) }),
  ThingScored: v1(said, { score: field(Type.Integer(), said) }),
  PersonForgotten: v1(said, { person: field(Type.String(), said) }),
};
type Event<Name extends keyof typeof definitions> = EventOf<typeof definitions, Name>;
const { PersonForgotten: _, ...ofThings } = definitions;
const things = {
  name: 'things',
  version: 1,
  events: ofThings,
  key: ({ stream }: Event<'ThingNamed'>) => stream,
  starts: {
    ThingNamed: ({ data: { name } }: Event<'ThingNamed'>) => ({ name, scores: [] }),
  },
  on: {
    ThingScored: (row: { scores: object[] }, { data: { score }, metadata: { effectiveAt, recordedAt } }: Event<'ThingScored'>) => ({
      ...row,
      scores: [...row.scores, { effectiveAt, recordedAt, value: score }],
    }),
  },
} as unknown as AnyProjection;
const scored: AnyProjection = {
  name: 'scored',
  version: 1,
  events: { ThingScored: definitions.ThingScored },
  key: () => 'all',
  upserts: { ThingScored: (row: { count: number } | undefined) => ({ count: (row?.count ?? 0) + 1 }) },
};

const keys = new Map<string, Buffer>();
const codec = new Codec([definitions], {
  keyFor: async (person) => keys.get(person) ?? (keys.set(person, randomBytes(32)).get(person) as Buffer),
  existingKey: async (person) => keys.get(person),
});
const program: Program = { codec, projections: [things, scored], schemaOf: (type, version) => `{"title":"${type} ${version}"}\n` };

describe('what a bundle says beside its events', () => {
  const folder = specFolder();
  let log: SqliteEventLog;
  let parts: BundleParts;
  const forgotten = new Map<string, string>();

  const metadata = (matter: string, day: string) =>
    canonicalJson({
      schemaVersion: 1,
      commandId: randomUUID(),
      commandHash: 'a'.repeat(64),
      correlationId: 'c',
      causationId: 'c',
      actor: { id: 'a', role: 'ministry-presenter' },
      recordedAt: `2026-01-${day}T00:00:00.000Z`,
      effectiveAt: `2026-01-${day}T00:00:00.000Z`,
      seen: {},
      ...(matter !== '' && { matter }),
    });
  const event = async (type: string, data: object, matter: string, day: string) => ({
    id: randomUUID(),
    type,
    data: (await codec.encode(type, data)).text,
    metadata: metadata(matter, day),
  });

  beforeAll(async () => {
    log = SqliteEventLog.open(folder.at('log.db'));
    for (const one of ['a', 'b']) {
      await log.append(`thing-${one}`, 'none', [
        await event('ThingNamed', { person: `person-${one}`, name: 'Aino Esimerkki' }, one, '01'),
        await event('ThingScored', { score: 77 }, one, '02'),
      ]);
      await log.append(`thing-${one}`, 1, [await event('ThingScored', { score: 97 }, one, '03')]);
    }
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'));
    const checkpoint = (await auditor.checkpoint()) as string;
    parts = { log, tree, checkpoint, verifier: signer.verifier, program, forgottenAt: async (person) => forgotten.get(person) };
  });
  afterAll(async () => {
    (parts.tree as unknown as { close(): void }).close();
    await log.close();
    folder.remove();
  });

  const matter: Selection = { kind: 'matter', key: 'a' };
  const textOf = (files: Files, name: string) => files.get(name)?.toString();
  const rowsOf = (files: Files, name: string) =>
    textOf(files, `views/${name}.jsonl`)
      ?.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { scores: { value: number }[] });

  it('are the schemas and titles of its events, and the rows of views that they are in', async () => {
    const files = await bundleOf(matter, parts);
    expect([...files.keys()].filter((name) => name.includes('.') && !name.startsWith('proofs/')).sort()).toEqual([
      'bundle.json',
      'events.jsonl',
      'index.html',
      'key.txt',
      'schemas/ThingNamed.v1.json',
      'schemas/ThingScored.v1.json',
      'texts.json',
      'views/scored.jsonl',
      'views/things.jsonl',
    ]);
    expect(JSON.parse(textOf(files, 'texts.json') as string)).toEqual({ ThingNamed: said, ThingScored: said });
    expect(rowsOf(files, 'things')).toMatchObject([{ _id: 'thing-a', revision: 2, scores: [{ value: 77 }, { value: 97 }] }]);
    expect(rowsOf(files, 'scored')).toEqual([{ _id: 'all', revision: 2, count: 4 }]);
    const { proven, unproven, faults } = verifyBundle(files, signer.verifier, program);
    expect(faults).toEqual([]);
    expect(proven).toContainEqual('1 rows of views are what this version of the program makes of the events');
    expect(proven).toContainEqual(expect.stringMatching(/^schemas\/ThingNamed.v1.json, .*texts.json are those of this version/));
    // It counts what the bundle does not have.
    expect(unproven).toContainEqual(expect.stringMatching(/^1 of 1 rows of views\/scored.jsonl/));
    expect(verifyBundle(files, signer.verifier)).toMatchObject({
      faults: [],
      unproven: expect.arrayContaining([expect.stringMatching(/views\/things/)]),
    });
    const whole = await bundleOf({ kind: 'all', key: '' }, parts);
    expect(verifyBundle(whole, signer.verifier, program)).toMatchObject({
      faults: [],
      proven: expect.arrayContaining(['3 rows of views are what this version of the program makes of the events']),
    });
  });

  it('are rows as they were known, and as they held, at a time', async () => {
    const knownAt = await bundleOf(matter, { ...parts, time: { knownAt: '2026-01-02T12:00:00.000Z' } });
    expect(rowsOf(knownAt, 'things')?.[0]?.scores).toMatchObject([{ value: 77 }]);
    const asOf = await bundleOf(matter, { ...parts, time: { asOf: '2026-01-02' } });
    expect(rowsOf(asOf, 'things')?.[0]?.scores).toMatchObject([{ value: 77 }]);
    expect(textOf(asOf, 'bundle.json')).toContain('"views":{"asOf":"2026-01-02","leaves":6}');
    for (const files of [knownAt, asOf])
      expect(verifyBundle(files, signer.verifier, program)).toMatchObject({
        faults: [],
        proven: expect.arrayContaining([expect.stringMatching(/rows of views are what this version of the program makes/)]),
      });
  });

  it('tell of a row that was changed, with the hash of its file, that it is none of these events', async () => {
    const files = await bundleOf(matter, parts);
    const text = (textOf(files, 'views/things.jsonl') as string).replace('77', '97');
    const altered = new Map(files).set('views/things.jsonl', Buffer.from(text));
    expect(verifyBundle(altered, signer.verifier, program).faults).toContainEqual(
      'views/things.jsonl is not the file that bundle.json tells of',
    );
    const about = JSON.parse(textOf(files, 'bundle.json') as string) as { files: Record<string, string> };
    const { createHash } = await import('node:crypto');
    about.files['views/things.jsonl'] = createHash('sha256').update(text).digest('hex');
    altered.set('bundle.json', Buffer.from(`${canonicalJson(about)}\n`));
    const report = verifyBundle(altered, signer.verifier, program);
    expect(report.unproven).toContainEqual(expect.stringMatching(/^1 of 1 rows of views\/things.jsonl/));
  });

  it('is found where any byte of it was changed', async () => {
    forgotten.set('person-b', '2026-01-05T00:00:00.000Z');
    const rotations = [rotationStatement(signerOf(newSigningKey(signer.name)), signer)];
    for (const selection of [matter, { kind: 'all', key: '' } as const]) {
      const bundle = await bundleOf(selection, { ...parts, rotations });
      const files = [...bundle];
      fc.assert(
        fc.property(fc.nat({ max: files.length - 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, place, by) => {
          const [name, content] = files[which] as [string, Buffer];
          const altered = Buffer.from(content);
          altered[place % altered.length] = ((altered[place % altered.length] as number) + by) % 256;
          const report = verifyBundle(unzipped(zipped(new Map(bundle).set(name, altered))), signer.verifier, program);
          expect(report.faults).not.toEqual([]);
        }),
        { numRuns: 500 },
      );
      for (const name of bundle.keys()) {
        const less = new Map(bundle);
        less.delete(name);
        expect(verifyBundle(less, signer.verifier, program).faults).not.toEqual([]);
      }
    }
    forgotten.clear();
  });

  it('lead from a key that is believed to the one that signs, where both have signed that', async () => {
    const before = signerOf(newSigningKey(signer.name));
    const files = await bundleOf(matter, { ...parts, rotations: [rotationStatement(before, signer)] });
    for (const believed of [before.verifier, signer.verifier]) expect(verifyBundle(files, believed).faults).toEqual([]);
    expect(verifyBundle(files, before.verifier).proven).toContainEqual(
      `that key took the place of ${before.verifier.key}, as both have signed`,
    );
    expect(verifyBundle(files, signerOf(newSigningKey(signer.name)).verifier).faults).not.toEqual([]);
  });

  it('are still proven after a person was forgotten, whose text is told to be, with when and by which event', async () => {
    const b: Selection = { kind: 'matter', key: 'b' };
    const before = await bundleOf(b, parts);
    const opened = async () => {
      const [logged] = await log.readStream('thing-b', { limit: 1 });
      const found = codec.decode(logged as NonNullable<typeof logged>);
      return codec.visibleData(found, { fields: 'secret', personal: 'secret', ofAuthority: true });
    };
    expect(await opened()).toEqual({ person: 'person-b', name: 'Aino Esimerkki' });

    const at = '2026-01-09T00:00:00.000Z';
    await log.append('person-person-b', 'none', [await event('PersonForgotten', { person: 'person-b' }, '', '09')]);
    keys.delete('person-b');
    forgotten.set('person-b', at);
    const { auditor, tree } = auditorOf(log, folder.at('tree.db'), {});
    const checkpoint = (await auditor.checkpoint()) as string;
    expect(auditor.findings).toEqual([]);
    const after = await bundleOf(b, { ...parts, tree, checkpoint });
    expect(await opened()).toEqual({ person: 'person-b', name: null });
    for (const files of [before, after]) expect(verifyBundle(files, signer.verifier, program).faults).toEqual([]);
    expect(textOf(after, 'events.jsonl')).toBe(textOf(before, 'events.jsonl'));
    expect(textOf(before, 'forgotten.json')).toBeUndefined();
    const [event_] = await log.readStream('person-person-b');
    expect(JSON.parse(textOf(after, 'forgotten.json') as string)).toEqual({ 'person-b': { at, leaf: 6, event: event_?.id } });
    expect(textOf(after, 'index.html')).toContain('forgotten.json');
    tree.close();
  });
});
