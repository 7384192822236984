import { Inject } from '@nestjs/common';
import { Field, ObjectType, ResolveField, Resolver } from '@nestjs/graphql';
import { proposalsView, proposedAt } from '#applications/application.types';
import { ReceiptType } from '#edge/command-mutations';
import { LocalizedTextType } from '#edge/localized-text.type';
import type { RequestContext } from '#edge/request-context';
import { Views } from '#edge/views';
import { streamCategory, streamKey } from '#kernel/envelope';
import type { LocalizedText } from '#kernel/localized-text';
import { callOfMatter } from '#kernel/matter';
import { shortageOf } from './appropriation.rules.js';
import { appropriationAt } from './appropriation.types.js';
import { appropriations } from './appropriations.projection.js';

@ObjectType('CommandWarning', { description: 'What stands in the way of what is to follow, though the command was recorded.' })
class CommandWarningType {
  @Field(() => String, { description: 'The code with which that would be refused now.' })
  code!: string;

  @Field(() => LocalizedTextType)
  message!: LocalizedText;
}

@Resolver(() => ReceiptType)
export class AppropriationWarningsResolver {
  constructor(@Inject(Views) private readonly views: Views) {}

  @ResolveField(() => [CommandWarningType], {
    nullable: true,
    description: 'That a decision was proposed for which the appropriation has not enough left. Null where that cannot be told just now.',
  })
  async warnings({ stream, position }: ReceiptType, _args: unknown, context: RequestContext): Promise<readonly CommandWarningType[]> {
    if (streamCategory(stream) !== 'application') return [];
    const application = streamKey(stream);
    const moment = await this.views.moment({ after: position }, context, proposalsView, appropriations);
    const amount = await proposedAt(position, application, moment, context);
    const row = amount && (await context.load(moment.rows(appropriations), callOfMatter(application)));
    const left = row && appropriationAt(row, moment)?.left;
    const shortage = amount === undefined || left === undefined ? undefined : shortageOf(amount, left);
    return shortage ? [shortage] : [];
  }
}
