import { ResolveField, Resolver } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import type { RequestContext } from '#edge/request-context';
import { entryAt } from '#kernel/timeline';
import { SelectionComparisonType } from './selection.types.js';
import { selections, type SelectionRow } from './selections.projection.js';

@Resolver(() => CallType)
export class SelectionResolver {
  @ResolveField(() => SelectionComparisonType, {
    nullable: true,
    description: 'How the applications to be granted were compared as a whole.',
  })
  async comparison({ id, moment }: CallType, _args: unknown, context: RequestContext): Promise<SelectionComparisonType | undefined> {
    const row = await context.load(moment.rows<SelectionRow>(selections), id);
    const latest = row && entryAt(row.comparisons, moment.asOf);
    return latest && { ...latest.value, effectiveAt: latest.effectiveAt };
  }
}
