import { describe, expect, it } from '@jest/globals';
import { Type } from 'typebox';
import { field, personal, v1, type Sealed } from '#kernel/event-schema';
import { Codec } from './codec.js';
import { KeysInMemory } from './handle.testing.js';

const text = { fi: 'f', sv: 's', en: 'e' };
const events = {
  Named: v1(text, { first: field(Type.String(), text), last: field(Type.String(), text) })
    .next({ whole: field(Type.String(), text) }, ({ first, last }) => ({ whole: `${first} ${last}` }))
    .next({ whole: field(Type.String(), text), length: field(Type.Integer(), text) }, ({ whole }) => ({ whole, length: whole.length })),
  Signed: v1(text, { person: field(Type.String(), text), name: personal('person', text) }),
};
const metadata = {
  schemaVersion: 1,
  commandId: '11111111-1111-4111-8111-111111111111',
  commandHash: 'a'.repeat(64),
  correlationId: 'c',
  causationId: 'c',
  actor: { id: 'p', role: 'r' },
  recordedAt: '2026-01-01T00:00:00.000Z',
  seen: {},
};
const logged = (data: object, change: object = {}, type = 'Named') => ({
  id: 'i',
  stream: 's-1',
  revision: 4,
  position: '0',
  type,
  data,
  metadata: { ...metadata, ...change },
});

describe('the codec', () => {
  const keys = new KeysInMemory();
  const codec = new Codec([events], keys);

  it('brings data of every older version to the latest', () => {
    expect(codec.decode(logged({ first: 'a', last: 'b' })).data).toEqual({ whole: 'a b', length: 3 });
    expect(codec.decode(logged({ whole: 'a b' }, { schemaVersion: 2 })).data).toEqual({ whole: 'a b', length: 3 });
    expect(codec.decode(logged({ whole: 'x', length: 1 }, { schemaVersion: 3 })).data).toEqual({ whole: 'x', length: 1 });
    expect(codec.versionOf('Named')).toBe(3);
  });

  it.each([
    ['data that does not fit', logged({ whole: 'x' }, { schemaVersion: 3 }), /Named, revision 4 of s-1: .*length/],
    ['a newer version', logged({}, { schemaVersion: 4 }), /version 4 is newer than 3/],
    ['metadata that does not fit', logged({}, { recordedAt: 'yesterday' }), /metadata/],
    ['an unknown type', logged({}, {}, 'Other'), /not known/],
    ['data that an upcaster cannot take', logged(null as never, {}), /cannot be brought/],
  ])('does not read %s, and names the event', (_, event, message) => {
    expect(() => codec.decode(event)).toThrow(message);
  });

  it('writes canonical JSON, and does not write what does not fit', async () => {
    expect((await codec.encode('Named', { whole: 'x', length: 1 })).text).toBe('{"length":1,"whole":"x"}');
    await expect(codec.encode('Named', { whole: 'x' })).rejects.toThrow(/length/);
    expect(() => codec.encodeMetadata({ ...metadata, commandId: 'none' })).toThrow(/metadata/);
  });

  it('seals a personal text anew each time, and opens what it sealed', async () => {
    const [one, two] = [
      await codec.encode('Signed', { person: 'p1', name: 'Åke' }),
      await codec.encode('Signed', { person: 'p1', name: 'Åke' }),
    ];
    expect(one.text).not.toBe(two.text);
    for (const { data } of [one, two]) expect(await codec.open((data as { name: Sealed }).name)).toBe('Åke');
  });

  it('does not open a text that was put under another person, or changed', async () => {
    await keys.keyFor('p2');
    const { name } = (await codec.encode('Signed', { person: 'p1', name: 'Åke' })).data as { name: Sealed };
    keys.keys.set('p2', keys.keys.get('p1') as Buffer);
    await expect(codec.open(name.replace('v1.p1.', 'v1.p2.') as Sealed)).rejects.toMatchObject({ code: 'text-damaged' });
    await expect(codec.open(`${name.slice(0, -4)}AAAA` as Sealed)).rejects.toMatchObject({ code: 'text-damaged' });
    expect(codec.unopened).toBe(2);
  });

  it('knows each event type once', () => {
    expect(() => new Codec([events, { Named: v1(text, {}) }], keys)).toThrow(/two definitions/);
    expect(() => new Codec([events, { Named: events.Named }], keys)).not.toThrow();
  });
});
