import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CallType } from '#calls/call.types';
import type { RequestContext } from '#edge/request-context';
import { Views } from '#edge/views';
import type { Collection } from '#read-store/read-store';
import { appropriationAt, AppropriationType } from './appropriation.types.js';
import { appropriations, type AppropriationRow } from './appropriations.projection.js';

@Resolver(() => CallType)
export class AppropriationsResolver {
  private readonly rows: Collection<AppropriationRow>;

  constructor(@Inject(Views) views: Views) {
    this.rows = views.rows(appropriations);
  }

  @ResolveField(() => AppropriationType, { nullable: true, description: 'The money reserved for its grants.' })
  async appropriation(@Parent() { id, asOf }: CallType, @Context() context: RequestContext): Promise<AppropriationType | undefined> {
    const row = await context.load(this.rows, id);
    return row && appropriationAt(row, asOf);
  }
}
