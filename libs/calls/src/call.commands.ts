import { IsEmail } from 'class-validator';
import { InputType } from '@nestjs/graphql';
import { Command } from '#kernel/decider';
import { languages, type Language, type LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';
import {
  BooleanField,
  CentsField,
  ChoiceField,
  ChoicesField,
  CommandInput,
  CountField,
  DayField,
  InstantOrDayField,
  KeyField,
  MatchingField,
  ObjectField,
  ObjectsField,
  ShareField,
  TextField,
} from '#edge/fields';
import { graphqlEnum } from '#edge/graphql-enum';
import { DaysInput, LanguageEnum, LocalizedField, LocalizedFields } from '#edge/localized-text.type';
import { RegionCodeEnum } from '#edge/region.type';
import type { Problem } from '#edge/validation';
import { applicationsPer, callKinds, type CallKind, type CallTerms } from './call.events.js';
import type { OrganisationKind } from '#organisations/organisation.events';
import { OrganisationKindEnum } from '#organisations/organisation.types';

export const CallKindEnum = graphqlEnum('CallKind', callKinds, 'What a call is for.');
export const ApplicationsPerEnum = graphqlEnum(
  'ApplicationsPer',
  applicationsPer,
  'Whether there is one application per applicant or per region.',
);
const notAnEmail: Problem = 'not-an-email';

@InputType()
class CriterionInput {
  @KeyField()
  key!: string;

  @LocalizedField()
  text!: LocalizedText;
}

@InputType()
class DutyInput {
  @KeyField()
  key!: string;

  @LocalizedField()
  text!: LocalizedText;

  @BooleanField({ optional: true, description: 'A duty of those only who were pilots.' })
  onlyPilots?: boolean;
}

@InputType({ description: 'The terms of a call. A call can be planned with gaps; it can be published only without them.' })
class CallTermsInput implements CallTerms {
  @InstantOrDayField({ optional: true, description: 'A day means its first instant in Helsinki.' })
  opens?: string;

  @InstantOrDayField({ optional: true, description: 'The last instant that is in time; a day means its end in Helsinki.' })
  closes?: string;

  @ObjectField(() => DaysInput, { optional: true })
  planComments?: DaysInput;

  @ChoicesField(OrganisationKindEnum, { optional: true })
  eligibleApplicants?: OrganisationKind[];

  @ChoiceField(ApplicationsPerEnum, { optional: true })
  applicationsPer?: (typeof applicationsPer)[number];

  @ObjectField(() => DaysInput, { optional: true })
  periodOfUse?: DaysInput;

  @ObjectField(() => DaysInput, { optional: true })
  reporting?: DaysInput;

  @ShareField({ optional: true, description: 'The largest share of eligible costs in basis points: 7000 is 70 %.' })
  largestShare?: number;

  @BooleanField({ optional: true })
  vatEligible?: boolean;

  @BooleanField({ optional: true })
  transferAllowed?: boolean;

  @ObjectsField(() => CriterionInput, { optional: true })
  criteria?: CriterionInput[];

  @LocalizedField({ optional: true })
  legalBasis?: LocalizedText;

  @LocalizedField({ optional: true })
  appeal?: LocalizedText;

  @ChoicesField(LanguageEnum, { optional: true })
  languages?: (typeof languages)[number][];
}

@CommandInput('Plans a call for state grants. It is not public before it is published.')
export class PlanCall extends Command {
  @KeyField()
  call!: string;

  @ChoiceField(CallKindEnum)
  kind!: CallKind;

  @LocalizedField()
  names!: LocalizedText;

  @KeyField({ description: 'The organisation that grants; it must be registered.' })
  organiser!: string;

  @LocalizedFields()
  goals!: LocalizedText[];

  @ObjectsField(() => DutyInput)
  duties!: DutyInput[];

  @ObjectField(() => CallTermsInput)
  terms!: CallTermsInput;
}

@CommandInput('Publishes a planned call whose terms are complete.')
export class PublishCall extends Command {
  @KeyField()
  call!: string;
}

@CommandInput('Publishes a document of a call, or a new version of it under the same key.')
export class PublishCallMaterial extends Command {
  @KeyField()
  call!: string;

  @KeyField()
  material!: string;

  @TextField({ max: 300 })
  title!: string;

  @ChoiceField(LanguageEnum)
  language!: Language;

  @MatchingField(/^https:\/\/\S{1,2000}$/, 'not-an-address')
  address!: string;

  @MatchingField(/^[0-9a-f]{64}$/, 'not-a-hash', { description: 'SHA-256 of the document, in small hexadecimal digits.' })
  sha256!: string;
}

@CommandInput('Names whom to ask about a call, or changes what is known of them.')
export class NameCallContact extends Command {
  @KeyField()
  call!: string;

  @KeyField({ description: 'An id of the contact that says nothing about the person.' })
  contact!: string;

  @LocalizedField()
  office!: LocalizedText;

  @TextField({ max: 200, optional: true })
  name?: string;

  @IsEmail({}, { message: notAnEmail })
  @TextField({ max: 320, optional: true })
  email?: string;

  @TextField({ max: 50, optional: true })
  phone?: string;
}

@CommandInput('Puts new terms in the place of the present ones. Not after closing; the deadline of a published call never moves forward.')
export class AmendCallTerms extends Command {
  @KeyField()
  call!: string;

  @ObjectField(() => CallTermsInput, { description: 'All of the terms, as they are from now on.' })
  terms!: CallTermsInput;

  @TextField({ max: 2_000 })
  reason!: string;
}

@CommandInput('Moves the deadline of a published call to a later time, before the present one has passed.')
export class ExtendCallDeadline extends Command {
  @KeyField()
  call!: string;

  @InstantOrDayField()
  closes!: string;

  @TextField({ max: 2_000 })
  reason!: string;
}

@CommandInput('Records that a call has closed. What is in time is decided by the deadline, not by this.')
export class CloseCall extends Command {
  @KeyField()
  call!: string;
}

@CommandInput('Cancels a call that has not closed.')
export class CancelCall extends Command {
  @KeyField()
  call!: string;

  @TextField({ max: 2_000 })
  reason!: string;
}

@InputType()
class SelectedInput {
  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @KeyField({ optional: true })
  implementer?: string;
}

@CommandInput('Records whom a public source says to have been selected.')
export class RecordSelectionFromSource extends Command {
  @KeyField()
  call!: string;

  @ObjectsField(() => SelectedInput)
  selected!: SelectedInput[];

  @LocalizedField()
  statement!: LocalizedText;

  @CountField({ optional: true })
  inhabitantsApprox?: number;
}

@CommandInput('Records what a public source says about a call, and nothing more.')
export class RecordSourceStatement extends Command {
  @KeyField()
  call!: string;

  @KeyField()
  fact!: string;

  @LocalizedField()
  statement!: LocalizedText;

  @CountField({ optional: true })
  count?: number;

  @CentsField({ optional: true })
  approximateAmount?: number;

  @ChoicesField(RegionCodeEnum, { optional: true })
  regions?: RegionCode[];

  @DayField({ optional: true })
  from?: string;

  @DayField({ optional: true })
  until?: string;
}
