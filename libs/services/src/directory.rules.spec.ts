import { describe, expect, it } from '@jest/globals';
import { rowsAfter } from '#kernel/projection.testing';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import { compareListed, foundIn, listedOf, type Sought } from './directory.rules.js';
import { directoryAt } from './directory.types.js';
import { providers } from './providers.projection.js';
import type { ServiceContent } from './service-content.events.js';

const content: ServiceContent = {
  names: { fi: 'Äänestä! Digitukipiste', sv: 'Stöd på nätet' },
  kind: 'peer-support',
  contents: ['devices'],
  languages: ['fi', 'se'],
  audiences: ['older-people'],
  municipalities: ['142'],
  hours: [{ weekday: 'monday', opens: '09:00', closes: '16:00' }],
  exceptions: [],
  accessibility: [],
};
const chat: ServiceContent = {
  ...content,
  names: { en: 'Chat in English' },
  kind: 'chat',
  municipalities: [],
  languages: ['en'],
  contents: ['services'],
  audiences: ['everyone'],
  hours: [],
};
const rows = rowsAfter(providers, 'organisation-club', [
  { type: 'OrganisationRegistered', data: { kind: 'association', names: { fi: 'Iitin Kerho ry' } }, effectiveAt: '2018-04-05' },
  { type: 'ProviderRegistered', data: {}, effectiveAt: '2020-01-01' },
  { type: 'ServiceOffered', data: { service: 'point', ...content }, effectiveAt: '2020-01-01' },
  { type: 'ServiceOffered', data: { service: 'chat', ...chat }, effectiveAt: '2020-06-01' },
  { type: 'ServiceRevised', data: { service: 'point', ...content, languages: ['sv'] }, effectiveAt: '2022-01-01' },
  { type: 'ServiceEnded', data: { service: 'point' }, effectiveAt: '2023-01-01' },
  { type: 'OrganisationRenamed', data: { names: { fi: 'Uusi nimi ry' } }, effectiveAt: '2023-01-01' },
]);
const listed = Object.values(rows).flatMap(listedOf).sort(compareListed);
const monday = '2020-11-02T08:00:00.000Z';
const found = (sought: Sought, asOf = monday) => foundIn(listed, sought, asOf).map(({ listed: { service } }) => service);

describe('the directory', () => {
  it('has what is on offer on the day asked for, as it is described then, by name', () => {
    expect(found({}, '2019-12-31T12:00:00.000Z')).toEqual([]);
    expect(found({}, '2020-02-01T12:00:00.000Z')).toEqual(['point']);
    expect(found({})).toEqual(['point', 'chat']);
    expect(found({ language: 'sv' })).toEqual([]);
    expect(found({ language: 'sv' }, '2022-02-01T12:00:00.000Z')).toEqual(['point']);
    expect(found({}, '2023-01-01T12:00:00.000Z')).toEqual(['chat']);
  });

  it.each<[string, readonly string[]]>([
    ['digituki', ['point']],
    ['ÄÄNESTÄ', ['point']],
    ['aanesta', ['point']],
    ['a\u0308a\u0308nesta\u0308', ['point']],
    ['nätet stöd', ['point']],
    ['natet stod', ['point']],
    ['english', ['chat']],
    ['iitti', ['point']],
    ['kerho', ['point', 'chat']],
    ['uusi nimi', ['point', 'chat']],
    ['kerho english', ['chat']],
    ['kerho ruotsiksi', []],
    ['  ?! ', ['point', 'chat']],
    ['.*', ['point', 'chat']],
  ])('finds by words whatever their case and accents: %s', (text, services) => {
    expect(found({ text })).toEqual(services);
  });

  it('finds by municipality and by region, with what is offered in the whole country', () => {
    expect(found({ municipality: '142' })).toEqual(['point', 'chat']);
    expect(found({ municipality: '091' })).toEqual(['chat']);
    expect(found({ region: '08' }, '2020-12-31T12:00:00.000Z')).toEqual(['point', 'chat']);
    expect(found({ region: '07' }, '2020-12-31T12:00:00.000Z')).toEqual(['chat']);
    expect(found({ region: '08' }, '2021-01-01T12:00:00.000Z')).toEqual(['chat']);
    expect(found({ region: '07' }, '2021-01-01T12:00:00.000Z')).toEqual(['point', 'chat']);
    expect(found({ region: '08', municipality: '142' })).toEqual(['point', 'chat']);
    expect(found({ region: '01', municipality: '142' })).toEqual(['chat']);
  });

  it('finds by form, kind, content, language and audience', () => {
    expect(found({ form: 'near' })).toEqual(['point']);
    expect(found({ form: 'training' })).toEqual([]);
    expect(found({ kind: 'chat' })).toEqual(['chat']);
    expect(found({ content: 'devices' })).toEqual(['point']);
    expect(found({ language: 'se' })).toEqual(['point']);
    expect(found({ audience: 'older-people' })).toEqual(['point', 'chat']);
    expect(found({ audience: 'immigrants' })).toEqual(['chat']);
    expect(found({ form: 'near', language: 'en' })).toEqual([]);
  });

  it('finds what is known to be open, or known to be closed', () => {
    expect(found({ isOpen: true })).toEqual(['point']);
    expect(found({ isOpen: false })).toEqual([]);
    expect(found({ isOpen: false }, '2020-11-02T14:00:00.000Z')).toEqual(['point']);
  });
});

describe('the directory that is kept', () => {
  const named = (name: string, changed: string) => ({
    ...(rows['club'] as (typeof rows)[string]),
    _id: name,
    position: changed,
    changed,
  });

  it('takes in what was changed since it was last asked, and reads nothing where nothing was', async () => {
    const { rows: stored } = await new EmbeddedViewStore().open<(typeof rows)[string]>(providers.name, providers.indexes);
    let asked = 0;
    const counted = { ...stored, find: (question: never) => (asked++, stored.find(question)) };
    let position: string | undefined = '0001';
    const directory = () => directoryAt({ asOf: monday, rows: () => counted as never, positionOf: () => position });
    await stored.write([named('a', '0001'), named('b', '0001')]);
    expect((await directory()).services).toHaveLength(4);
    await Promise.all([directory(), directory()]);
    expect(asked).toBe(1);
    // Written in part: the view is not there yet.
    await stored.write([{ ...named('b', '0003'), services: {} }]);
    expect((await directory()).services).toHaveLength(4);
    position = '0002';
    expect((await directory()).services).toHaveLength(2);
    await stored.write([named('c', '0003')]);
    position = '0003';
    expect((await directory()).providers.size).toBe(3);
    expect((await directory()).services).toHaveLength(4);
    // A question that was asked before.
    position = '0002';
    expect((await directory()).services).toHaveLength(4);
    position = undefined;
    expect((await directory()).services).toHaveLength(4);
  });
});
