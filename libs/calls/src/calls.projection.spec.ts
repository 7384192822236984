import { describe, expect, it } from '@jest/globals';
import { momentAt } from '#edge/moment.testing';
import { rowsAfter } from '#kernel/projection.testing';
import { valueAt } from '#kernel/timeline';
import type { Stored } from '#kernel/projection';
import { callAt } from './call.types.js';
import { calls, type CallRow } from './calls.projection.js';

const planned = {
  type: 'CallPlanned',
  data: {
    kind: 'regional-coordination',
    names: { fi: 'Haku' },
    organiser: 'ministry',
    goals: [],
    duties: [],
    terms: { opens: '2019-08-20', closes: '2019-10-15T13:15:00.000Z' },
  },
  effectiveAt: '2019-06-01',
} as const;
const published = { type: 'CallPublished', data: {}, effectiveAt: '2019-08-20' } as const;
const rowAfter = (...events: Parameters<typeof rowsAfter<CallRow, typeof calls.events>>[2][number][]) =>
  rowsAfter(calls, 'call-c', events)['c'] as Stored<CallRow>;
const at = (row: Stored<CallRow>, asOf: string, seesDrafts = true) =>
  callAt({ ...row, _id: 'c', position: '0' }, momentAt(asOf), seesDrafts);

describe('the view of calls', () => {
  it('shows a call under the key of its stream, at its revision, and from when it is public', () => {
    expect(rowAfter(planned)).toMatchObject({
      kind: 'regional-coordination',
      publicSince: null,
      since: '2019-05-31T21:00:00.000Z',
      revision: 0,
      opens: '2019-08-19T21:00:00.000Z',
    });
    expect(rowAfter(planned, published)).toMatchObject({ publicSince: '2019-08-19T21:00:00.000Z', revision: 1 });
  });

  it('answers the stage and the terms of the day asked for', () => {
    const row = rowAfter(
      planned,
      published,
      { type: 'CallDeadlineExtended', data: { closes: '2019-10-29', reason: 'r' }, effectiveAt: '2019-10-10' },
      { type: 'CallClosed', data: {}, effectiveAt: '2019-10-29' },
    );
    expect(at(row, '2019-05-31T20:59:59.999Z')).toBeUndefined();
    expect(at(row, '2019-07-01T00:00:00.000Z')).toMatchObject({ stage: 'planned', isOpen: false });
    expect(at(row, '2019-09-01T00:00:00.000Z')).toMatchObject({
      stage: 'published',
      isOpen: true,
      terms: { closesAt: '2019-10-15T13:15:00.000Z' },
      amendments: [],
    });
    expect(at(row, '2019-10-20T00:00:00.000Z')).toMatchObject({
      stage: 'published',
      isOpen: true,
      terms: { closes: '2019-10-29', closesAt: '2019-10-29T21:59:59.999Z' },
      amendments: [{ reason: 'r' }],
    });
    expect(at(row, '2019-11-01T00:00:00.000Z')).toMatchObject({ stage: 'closed', isOpen: false });
  });

  it('says that one cannot apply once the deadline has passed, though nobody has recorded the closing', () => {
    const row = rowAfter(planned, published);
    expect(at(row, '2019-10-15T13:15:00.000Z')).toMatchObject({ stage: 'published', isOpen: true });
    expect(at(row, '2019-10-15T13:15:00.001Z')).toMatchObject({ stage: 'published', isOpen: false });
  });

  it('is in time and open at the closing instant itself, and closed after it, whether asked before or after the closing is recorded', () => {
    const row = rowAfter(planned, published, { type: 'CallClosed', data: {}, effectiveAt: '2019-10-15T13:15:00.000Z' });
    expect(at(row, '2019-10-15T13:15:00.000Z')).toMatchObject({ stage: 'published', isOpen: true });
    expect(at(row, '2019-10-15T13:15:00.001Z')).toMatchObject({
      stage: 'closed',
      stageSince: '2019-10-15T13:15:00.000Z',
      isOpen: false,
    });
  });

  it('shows nothing of a draft to those who may not see drafts, also once it is published', () => {
    const amended = {
      type: 'CallTermsAmended',
      data: { terms: { largestShare: 7_000 }, reason: 'vain ministeriölle' },
      effectiveAt: '2019-07-01',
    } as const;
    const row = rowAfter(planned, amended, published);
    expect(at(row, '2019-07-02T00:00:00.000Z', true)).toMatchObject({ stage: 'planned' });
    expect(at(row, '2019-07-02T00:00:00.000Z', false)).toBeUndefined();
    expect(at(row, '2019-09-01T00:00:00.000Z', true)?.amendments).toHaveLength(1);
    expect(at(row, '2019-09-01T00:00:00.000Z', false)).toMatchObject({
      stage: 'published',
      terms: { largestShare: 7_000 },
      amendments: [],
    });
    expect(at(rowAfter(planned, amended), '2030-01-01T00:00:00.000Z', false)).toBeUndefined();
  });

  it('shows a call as closed after its deadline, and not before on the same day', () => {
    const oneDay = {
      ...planned,
      data: { ...planned.data, terms: { opens: '2018-04-05', closes: '2018-05-08' } },
      effectiveAt: '2018-04-05',
    };
    const row = rowAfter(
      oneDay,
      { ...published, effectiveAt: '2018-04-05' },
      { type: 'CallClosed', data: {}, effectiveAt: '2018-05-08T20:59:59.999Z' },
    );
    expect(at(row, '2018-05-08T12:00:00.000Z')).toMatchObject({ stage: 'published', isOpen: true });
    expect(at(row, '2018-05-08T20:59:59.999Z')).toMatchObject({ stage: 'published', isOpen: true });
    expect(at(row, '2018-05-08T21:00:00.000Z')).toMatchObject({ stage: 'closed', isOpen: false });
  });

  it('keeps what is said of each contact last, and nothing of the future', () => {
    const named = (contact: string, fi: string, effectiveAt: string) =>
      ({ type: 'CallContactNamed', data: { contact, person: `c--${contact}`, office: { fi } }, effectiveAt }) as const;
    const row = rowAfter(planned, named('a', 'vanha', '2019-07-01'), named('b', 'toinen', '2019-07-01'), named('a', 'uusi', '2019-09-01'));
    expect(at(row, '2019-08-01T00:00:00.000Z')?.sealedContacts).toMatchObject([
      { contact: 'a', office: { fi: 'vanha' } },
      { contact: 'b', office: { fi: 'toinen' } },
    ]);
    expect(at(row, '2019-10-01T00:00:00.000Z')?.sealedContacts).toMatchObject([
      { contact: 'a', office: { fi: 'uusi' } },
      { contact: 'b', office: { fi: 'toinen' } },
    ]);
  });

  it('keeps amended terms, materials, the cancelling, and what sources say', () => {
    const row = rowAfter(
      planned,
      published,
      {
        type: 'CallTermsAmended',
        data: { terms: { opens: '2019-08-21', largestShare: 7_000 }, reason: 'korjaus' },
        effectiveAt: '2019-08-21',
      },
      {
        type: 'CallMaterialPublished',
        data: { material: 'm', title: 't', language: 'fi', address: 'https://x.example', sha256: 'a'.repeat(64) },
        effectiveAt: '2019-08-22',
      },
      { type: 'SourceStatementRecorded', data: { fact: 'f', statement: { en: 's' }, count: 14 }, effectiveAt: '2019-10' },
      {
        type: 'SelectionRecordedFromSource',
        data: { selected: [{ region: '19', implementer: 'h' }], statement: { en: 's' } },
        effectiveAt: '2019-12',
      },
      { type: 'CallCancelled', data: { reason: 'r' }, effectiveAt: '2020-01-01' },
    );
    expect(valueAt(row.terms, '2019-09-01T00:00:00.000Z')).toEqual({ opens: '2019-08-21', largestShare: 7_000 });
    expect(row).toMatchObject({ opens: '2019-08-20T21:00:00.000Z', revision: 6 });
    expect(at(row, '2020-02-01T00:00:00.000Z')).toMatchObject({
      stage: 'cancelled',
      materials: [{ material: 'm', published: '2019-08-22' }],
      written: { statements: [{ fact: 'f', count: 14, effectiveAt: '2019-10' }] },
      selection: { selected: [{ region: { code: '19' }, implementer: 'h' }], effectiveAt: '2019-12' },
    });
    expect(at(row, '2019-11-30T00:00:00.000Z')?.selection).toBeUndefined();
  });
});
