import { commandOf } from '#edge/commands';
import { hinted, optionally, required } from '#kernel/event-schema';
import { pick } from '#kernel/keyed';
import { mailboxEvents } from './mailbox.events.js';

const { fields } = mailboxEvents.MailboxNamed;
const by = ['ministry-registrar', 'regional-coordinator', 'applicant-signatory'] as const;
const whoseMailbox = { region: hinted(fields.region, 'Either a region or an organisation.'), ...pick(fields, 'organisation') };

export class NameMailbox extends commandOf(
  'Names the address to which the notifications of a region or an organisation are sent, or another one in its place.',
  { by },
  {
    ...whoseMailbox,
    address: hinted(required(fields.address), 'An address of the office rather than of a person.'),
    languages: hinted(
      optionally(fields.languages),
      'The languages that messages are written in, one after the other; Finnish and Swedish without it.',
    ),
  },
) {}

export class RemoveMailbox extends commandOf(
  'Removes the mailbox of a region or an organisation: its notifications wait until another is named, or their time has passed.',
  { by },
  whoseMailbox,
) {}
