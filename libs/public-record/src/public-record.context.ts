import type { Context } from '#edge/context';
import { SourcesResolver } from './sources.resolver.js';

/** What the record was read from. What it says is recorded by the contexts that its facts belong to. */
export const publicRecordContext: Context = {
  name: 'publicRecord',
  decides: [],
  projections: [],
  resolvers: [SourcesResolver],
};
