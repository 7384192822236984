import { IsEmail } from 'class-validator';
import { ChoiceField, ChoicesField, CommandInput, KeyField, TextField } from '#edge/fields';
import { LanguageEnum } from '#edge/localized-text.type';
import { RegionCodeEnum } from '#edge/region.type';
import type { Problem } from '#edge/validation';
import { Command } from '#kernel/decider';
import type { Language } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';

const notAnEmail: Problem = 'not-an-email';

@CommandInput('Names the address to which the notifications of a region or an organisation are sent, or another one in its place.')
export class NameMailbox extends Command {
  @ChoiceField(RegionCodeEnum, { optional: true, description: 'Either a region or an organisation.' })
  region?: RegionCode;

  @KeyField({ optional: true })
  organisation?: string;

  @IsEmail({}, { message: notAnEmail })
  @TextField({ max: 320, description: 'An address of the office rather than of a person.' })
  address!: string;

  @ChoicesField(LanguageEnum, {
    optional: true,
    description: 'The languages that messages are written in, one after the other; Finnish and Swedish without it.',
  })
  languages?: Language[];
}

@CommandInput(
  'Removes the mailbox of a region or an organisation: its notifications wait until another is named, or their time has passed.',
)
export class RemoveMailbox extends Command {
  @ChoiceField(RegionCodeEnum, { optional: true, description: 'Either a region or an organisation.' })
  region?: RegionCode;

  @KeyField({ optional: true })
  organisation?: string;
}
