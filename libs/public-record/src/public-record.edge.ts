import type { ContextEdge } from '#edge/context-edge';
import { SourcesResolver } from './sources.resolver.js';
import { publicRecordContext } from './public-record.context.js';

export const publicRecordEdge: ContextEdge = {
  context: publicRecordContext,
  commands: [],
  resolvers: [SourcesResolver],
};
