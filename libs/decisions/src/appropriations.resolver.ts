import { ResolveField, Resolver } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import type { RequestContext } from '#edge/request-context';
import { appropriationAt, AppropriationType } from './appropriation.types.js';
import { appropriations } from './appropriations.projection.js';

@Resolver(() => CallType)
export class AppropriationsResolver {
  @ResolveField(() => AppropriationType, { nullable: true, description: 'The money reserved for its grants.' })
  async appropriation({ id, moment }: CallType, _args: unknown, context: RequestContext): Promise<AppropriationType | undefined> {
    const row = await context.load(moment.rows(appropriations), id);
    return row && appropriationAt(row, moment);
  }
}
