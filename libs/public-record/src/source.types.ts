import { Field, ObjectType } from '@nestjs/graphql';
import { LanguageEnum } from '#edge/localized-text.type';
import { DayScalar } from '#edge/scalars';
import type { Language } from '#kernel/localized-text';

@ObjectType('SourcePage', { description: 'A page that the public record was read from.' })
export class SourcePageType {
  @Field(() => String, { description: 'As `source` names it beside what was read from it.' })
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => LanguageEnum, { description: 'The language of the page.' })
  language!: Language;

  @Field(() => DayScalar, { nullable: true, description: 'The day that the page bears; null where it bears none.' })
  published?: string;

  @Field(() => DayScalar, { nullable: true, description: 'The day on which it was read; null where that was not kept.' })
  readOn?: string;

  @Field(() => DayScalar, { nullable: true, description: 'A day before which it cannot have been read, by what it says.' })
  readAfter?: string;

  @Field(() => String, {
    description: 'What the page says. […] stands for what is left out: names, telephone numbers and addresses of officials.',
  })
  text!: string;

  publisherId!: string;
}
