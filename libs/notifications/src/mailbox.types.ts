import { Field, ObjectType } from '@nestjs/graphql';
import { LanguageEnum } from '#edge/localized-text.type';
import { RevisionScalar, WhenScalar } from '#edge/scalars';
import type { Language } from '#kernel/localized-text';

@ObjectType('Mailbox', { description: 'Where the notifications of a region or an organisation are sent.' })
export class MailboxType {
  @Field(() => String, { nullable: true, description: 'The e-mail address; null once it was forgotten.' })
  address!: string | null;

  @Field(() => [LanguageEnum], { description: 'The languages that messages are written in.' })
  languages!: readonly Language[];

  @Field(() => WhenScalar, { description: 'Since when it is this one.' })
  since!: string;

  @Field(() => RevisionScalar)
  revision!: number;
}
