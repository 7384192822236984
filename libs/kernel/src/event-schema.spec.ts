import { describe, expect, it } from '@jest/globals';
import { Type } from 'typebox';
import { compileVersion, field, listOf, optional, personal, record, storedJsonSchema, v1 } from './event-schema.js';

const text = { fi: 'f', sv: 's', en: 'e' };
const definition = v1(text, {
  title: field(Type.String({ minLength: 1 }), text),
  contact: field(Type.String(), text),
  name: personal('contact', text),
  partners: optional(listOf(record({ id: field(Type.String(), text), phone: personal('id', text, 'secret') })), text),
});
const version = compileVersion(definition.versions[0] as never);
const sealed = 'v1.p1.AAAA';

describe('an event schema', () => {
  it('takes what fits, before and after sealing', () => {
    expect(version.faultInPlain({ title: 't', contact: 'p1', name: 'Aino' })).toBeUndefined();
    expect(version.faultInStored({ title: 't', contact: 'p1', name: sealed })).toBeUndefined();
  });

  it('never takes a personal text for stored that is not sealed', () => {
    expect(version.faultInStored({ title: 't', contact: 'p1', name: 'Aino' })).toContain('name');
    expect(version.faultInStored({ title: 't', contact: 'p1', partners: [{ id: 'p2', phone: '050' }] })).toContain('partners.0.phone');
  });

  it.each([
    [{ contact: 'p1' }, 'title'],
    [{ title: '', contact: 'p1' }, 'title'],
    [{ title: 't', contact: 'p1', more: 1 }, 'more'],
  ])('names what does not fit in %j', (data, name) => {
    expect(version.faultInPlain(data)).toContain(name);
  });

  it('finds personal texts wherever they stand, each with whose it is', () => {
    const data = { title: 't', contact: 'p1', name: 'Aino', partners: [{ id: 'p2', phone: '050' }, { id: 'p3' }] };
    const found: string[] = [];
    const mapped = version.mapPersonal(data, (value, whose) => (found.push(`${whose}: ${value}`), 'x'));
    expect(found).toEqual(['p1: Aino', 'p2: 050']);
    expect(mapped).toEqual({ title: 't', contact: 'p1', name: 'x', partners: [{ id: 'p2', phone: 'x' }, { id: 'p3' }] });
    expect(data.name).toBe('Aino');
  });

  describe('shows a reader only what they may see', () => {
    const marked = compileVersion({
      fields: {
        title: field(Type.String(), text),
        grounds: field(Type.String(), text, 'internal'),
        contact: field(Type.String(), text, 'internal'),
        name: personal('contact', text, 'public'),
        secrets: optional(record({ all: field(Type.String(), text), plan: field(Type.String(), text, 'secret') }), text),
        partners: optional(listOf(record({ id: field(Type.String(), text), phone: personal('id', text) })), text),
        plain: optional(listOf(Type.String()), text),
      },
    });
    const data = {
      title: 't',
      grounds: 'g',
      contact: 'p1',
      name: 'sealed 1',
      secrets: { all: 'a', plan: 's' },
      partners: [{ id: 'p2', phone: 'sealed 2' }, { id: 'p3' }],
      plain: ['x'],
    };
    const seenAt = (level: 'public' | 'internal' | 'secret', personal = level) =>
      marked.visible(data, { fields: level, personal, ofAuthority: true }, (sealedText) =>
        sealedText === 'sealed 2' ? null : `opened ${sealedText}`,
      );

    it('in records and lists too, with personal texts opened, or null where they cannot be', () => {
      expect(seenAt('public')).toEqual({
        title: 't',
        name: 'opened sealed 1',
        secrets: { all: 'a' },
        partners: [{ id: 'p2' }, { id: 'p3' }],
        plain: ['x'],
      });
      expect(seenAt('internal')).toEqual({
        ...data,
        name: 'opened sealed 1',
        secrets: { all: 'a' },
        partners: [{ id: 'p2', phone: null }, { id: 'p3' }],
      });
      expect(seenAt('secret')).toEqual({ ...data, name: 'opened sealed 1', partners: [{ id: 'p2', phone: null }, { id: 'p3' }] });
    });

    it('with fewer texts about persons than of the rest, where they may see less of them', () => {
      expect(seenAt('internal', 'public')).toEqual({
        ...data,
        name: 'opened sealed 1',
        secrets: { all: 'a' },
        partners: [{ id: 'p2' }, { id: 'p3' }],
      });
    });

    it('and opens no text that stays hidden', () => {
      const opened: string[] = [];
      marked.visible(data, { fields: 'public', personal: 'public', ofAuthority: false }, (sealedText) => (opened.push(sealedText), 'x'));
      expect(opened).toEqual(['sealed 1']);
    });
  });

  it('is published as JSON Schema with its descriptions and marks', () => {
    expect(storedJsonSchema(definition.versions[0] as never)).toMatchObject({
      required: ['title', 'contact'],
      properties: {
        name: {
          type: 'string',
          'x-personal-of': 'contact',
          'x-publicity': 'internal',
          description: 'e',
          'x-description': { fi: 'f', sv: 's' },
        },
        partners: { items: { properties: { phone: { 'x-personal-of': 'id', 'x-publicity': 'secret' } } } },
      },
    });
  });
});
