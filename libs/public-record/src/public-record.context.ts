import type { Context } from '#edge/context';

/** What the record was read from. What it says is recorded by the contexts that its facts belong to. */
export const publicRecordContext: Context = {
  name: 'publicRecord',
  decides: [],
  projections: [],
};
