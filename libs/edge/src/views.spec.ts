import { describe, expect, it } from '@jest/globals';
import { jarEvents } from '#event-store/handle.testing';
import type { Projection } from '#kernel/projection';
import { EmbeddedViewStore } from '#view-store/embedded/embedded-view-store';
import type { Moment } from './views.js';

interface JarRow {
  readonly cents: number;
}
declare const jars: Projection<JarRow, typeof jarEvents, 'JarOpened'>;

describe('the moment of a question', () => {
  const moment = { rows: ({ name }) => new EmbeddedViewStore().collection(name) } as Pick<Moment, 'rows'>;

  it('gives rows to read', async () => {
    expect(await moment.rows<JarRow>({ name: 'jars' }).get('a')).toBeUndefined();
  });

  it('gives rows that are not written to, as the compiler says', () => {
    const written = () =>
      // @ts-expect-error a question only reads
      moment.rows(jars).write([]);
    const tombstones = () =>
      // @ts-expect-error a question does not see what was removed
      moment.rows(jars).stored([]);
    expect([written, tombstones]).toHaveLength(2);
  });
});
