import { Inject } from '@nestjs/common';
import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { callOf, CallType } from '#calls/call.types';
import { Cacheable } from '#edge/cacheable';
import type { RequestContext } from '#edge/request-context';
import { AtArgs, Views } from '#edge/views';
import { appropriationUse, type AppropriationUseRow } from './appropriation-use.projection.js';
import { CallUseType, usedByYear, YearOfUseType } from './appropriation-use.types.js';

/** More calls than these there never are. */
const most = 1_000;

@Resolver()
export class AppropriationUseResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @Cacheable()
  @Query(() => [CallUseType], { description: 'How the appropriations of all calls are used, year by year.' })
  async appropriationUse(@Args() at: AtArgs, @Context() context: RequestContext): Promise<readonly CallUseType[]> {
    const moment = await this.views.moment(at, context, appropriationUse);
    const rows = await moment.rows<AppropriationUseRow>(appropriationUse).find({ where: {}, limit: most });
    const found = await Promise.all(
      rows.map(async (row): Promise<readonly CallUseType[]> => {
        const [call, years] = [await callOf(row._id, moment, context), usedByYear(row, moment.asOf)];
        return call && years.length > 0 ? [{ call, years }] : [];
      }),
    );
    return found.flat();
  }
}

@Resolver(() => CallType)
export class CallYearsOfUseResolver {
  @ResolveField(() => [YearOfUseType], { description: 'How its appropriation is used, year by year.' })
  async yearsOfUse({ id, moment }: CallType, _args: unknown, context: RequestContext): Promise<readonly YearOfUseType[]> {
    const row = await context.load(moment.rows<AppropriationUseRow>(appropriationUse), id);
    return row ? usedByYear(row, moment.asOf) : [];
  }
}
