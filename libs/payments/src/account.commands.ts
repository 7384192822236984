import { commandOf } from '#edge/commands';
import { hinted, required } from '#kernel/event-schema';
import { pick } from '#kernel/keyed';
import { accountEvents } from './account.events.js';

const { PayeeAccountNamed, PayeeAccountConfirmed } = accountEvents;
const whose = pick(PayeeAccountNamed.fields, 'organisation');

export class NamePayeeAccount extends commandOf(
  'Names the account to which the organisation is paid, or another one in its place. Nothing is paid to it until the ministry has confirmed it.',
  { by: ['applicant-signatory'] },
  {
    ...whose,
    iban: hinted(required(PayeeAccountNamed.fields.iban), 'An IBAN; spaces do not count.'),
    holder: hinted(required(PayeeAccountNamed.fields.holder), 'The name of its holder, as the bank has it.'),
  },
) {}

export class ConfirmPayeeAccount extends commandOf(
  'Confirms the account that an organisation named last, once it was checked that it is theirs.',
  { by: ['ministry-registrar'] },
  { ...whose, ...PayeeAccountConfirmed.fields },
) {}
