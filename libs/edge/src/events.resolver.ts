import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { Claims } from '#access/policy';
import { ViewChanges } from '#views/run/view-changes';
import { EventPageArgs, EventPageType, EventsArgs, EventType, ViewChangeType } from './event.types.js';
import { Events } from './events.js';
import type { RequestContext } from './request-context.js';
import { PositionScalar } from './scalars.js';
import type { SubscriptionContext } from './subscription-client.js';

@Resolver()
export class EventsResolver {
  constructor(
    @Inject(Events) private readonly history: Events,
    @Inject(ViewChanges) private readonly changes: ViewChanges,
  ) {}

  @Query(() => EventPageType, { description: 'What has happened in a call, a matter or a region, as far as you may see it.' })
  events(@Args() args: EventPageArgs, @Context() { caller }: RequestContext): Promise<EventPageType> {
    return this.history.page(args, caller);
  }

  @Subscription(() => EventType, {
    name: 'events',
    description:
      'What happens in a call, a matter or a region, as far as you may see it: everything after the position, each once and in order, and then as it is recorded.',
  })
  follow(@Args() args: EventsArgs, @Context() { caller, client }: SubscriptionContext) {
    return client.stream('events', (signal) => this.history.follow(args, caller, client, signal));
  }

  @Subscription(() => ViewChangeType, {
    description: 'That a view has changed, and up to where. Changes that follow quickly on each other are told as one.',
  })
  viewChanged(
    @Args('projection', { type: () => String, description: 'The name of the view: calls, organisations …' }) projection: string,
    @Context() { caller, client }: SubscriptionContext,
    @Args('after', {
      type: () => PositionScalar,
      nullable: true,
      description: 'What you have seen: a view that has gone on since is told at once.',
    })
    after?: string | null,
  ) {
    return client.stream('viewChanged', (signal) => this.changesOf(projection, after ?? undefined, caller, signal));
  }

  /** A change of which the reader may know nothing is not told: it shows them what it showed before. */
  private async *changesOf(
    projection: string,
    after: string | undefined,
    reader: Claims | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ViewChangeType> {
    const types = this.changes.typesOf(projection);
    let looked = after ?? this.changes.latest([projection]);
    // Where nothing is folded yet there is no position to go on from.
    for await (const position of this.changes.follow([projection], looked || undefined, signal)) {
      const seen = await this.history.changeSeen(types, looked, position, reader, signal);
      looked = position;
      if (seen !== undefined) yield { projection, position: seen };
    }
  }
}
