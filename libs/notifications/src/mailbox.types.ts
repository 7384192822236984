import { Field, ObjectType } from '@nestjs/graphql';
import { objectOf } from '#edge/records';
import { WhenScalar } from '#edge/scalars';
import { RevisionField, StreamRevision } from '#edge/stream-revision';
import { pick } from '#kernel/keyed';
import { mailboxEvents } from './mailbox.events.js';

@ObjectType('Mailbox', { description: 'Where the notifications of a region or an organisation are sent.' })
export class MailboxType extends objectOf(pick(mailboxEvents.MailboxNamed.fields, 'languages')) {
  @Field(() => String, { nullable: true, description: 'The e-mail address; null once it was forgotten.' })
  address!: string | null;

  @Field(() => WhenScalar, { description: 'Since when it is this one.' })
  since!: string;

  @RevisionField()
  revision!: StreamRevision;
}
