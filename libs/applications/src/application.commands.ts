import { InputType } from '@nestjs/graphql';
import {
  CentsField,
  ChoiceField,
  CommandInput,
  EditInput,
  InstantField,
  KeyField,
  MatterField,
  ObjectField,
  ObjectsField,
  TextField,
  VersionField,
} from '#edge/fields';
import { graphqlEnum } from '#edge/graphql-enum';
import { RegionCodeEnum } from '#edge/region.type';
import { Command } from '#kernel/decider';
import type { RegionCode } from '#kernel/region';
import { otherChannels } from './application-content.events.js';

const OtherChannelEnum = graphqlEnum('OtherChannel', otherChannels, 'How something came that did not come through this system.');

@InputType({ description: 'How and when something came another way; the registrar gives it.' })
export class ArrivalInput {
  @ChoiceField(OtherChannelEnum)
  channel!: (typeof otherChannels)[number];

  @InstantField({ description: 'The instant of arrival decides whether it is in time.' })
  arrivedAt!: string;

  @TextField({ max: 2_000, description: 'What shows the instant: the header of an e-mail, the stamp on a paper.' })
  evidence!: string;
}

@InputType({ description: 'A line of the eligible costs.' })
class CostLineInput {
  @KeyField()
  line!: string;

  @TextField({ max: 500 })
  text!: string;

  @CentsField()
  amount!: number;
}

@InputType({ description: 'A part of the application in words.' })
class ApplicationPartInput {
  @KeyField()
  part!: string;

  @TextField()
  text!: string;

  @TextField({
    max: 2_000,
    optional: true,
    description: 'Marks the text as secret, and says why. What is not marked is public from the arrival on.',
  })
  secretBecause?: string;
}

@InputType({
  description: 'What is applied for, all of it. A draft may have gaps. Costs are amount + own funding + other funding + income.',
})
export class ApplicationContentInput {
  @VersionField({
    optional: true,
    description:
      'The version of the matter’s project plan. It becomes public with the application: what is secret belongs in a part that is marked so.',
  })
  planVersion?: number;

  @ObjectsField(() => CostLineInput, { optional: true })
  eligibleCosts?: CostLineInput[];

  @CentsField({ optional: true })
  income?: number;

  @CentsField({ optional: true, description: 'Income is never own funding.' })
  ownFunding?: number;

  @CentsField({ optional: true })
  otherFunding?: number;

  @CentsField({ optional: true, description: 'The amount applied for.' })
  amount?: number;

  @ObjectsField(() => ApplicationPartInput, { optional: true })
  parts?: ApplicationPartInput[];
}

@CommandInput('Records that a public source says a region to have applied.')
export class RecordApplicationFromSource extends Command {
  @KeyField()
  call!: string;

  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @KeyField({ optional: true })
  applicant?: string;
}

@CommandInput('Starts the draft of an application. Only the region and the applicant see it.')
export class StartApplication extends Command {
  @MatterField()
  application!: string;

  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @KeyField({ description: 'The applicant.' })
  organisation!: string;
}

@EditInput('Puts a new content in the place of the draft’s present one.')
export class ReviseApplication extends Command {
  @MatterField()
  application!: string;

  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @ObjectField(() => ApplicationContentInput)
  content!: ApplicationContentInput;
}

@EditInput('Submits the draft as it stands. It arrives at the instant of this command; after the deadline it is recorded as late.')
export class SubmitApplication extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'The applicant.' })
  organisation!: string;

  @TextField({ max: 200, description: 'The name of who signs.' })
  signatoryName!: string;
}

@CommandInput('Registers an application under a case number: one that was submitted here, or, with its arrival, one that came another way.')
export class ReceiveApplication extends Command {
  @MatterField()
  application!: string;

  @TextField({ max: 100 })
  caseNumber!: string;

  @KeyField({ optional: true, description: 'The applicant; needed for what came another way.' })
  organisation?: string;

  @ChoiceField(RegionCodeEnum, { optional: true, description: 'Needed for what came another way.' })
  region?: RegionCode;

  @ObjectField(() => ArrivalInput, { optional: true })
  arrival?: ArrivalInput;

  @ObjectField(() => ApplicationContentInput, {
    optional: true,
    description: 'What it says. Left out where it breaks a rule or cannot be read; then ask for a supplement.',
  })
  content?: ApplicationContentInput;

  @TextField({ max: 200, optional: true })
  signatoryName?: string;
}

@EditInput('Puts a new content in the place of a submitted application’s present one, where it arrives before the deadline.')
export class AmendApplication extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'The applicant.' })
  organisation!: string;

  @ObjectField(() => ApplicationContentInput)
  content!: ApplicationContentInput;

  @ObjectField(() => ArrivalInput, { optional: true })
  arrival?: ArrivalInput;

  @TextField({ max: 200, optional: true, description: 'The name of who signs.' })
  signatoryName?: string;
}

@CommandInput('Withdraws a submitted application, for good. While a decision is proposed, only after the proposal is withdrawn.')
export class WithdrawApplication extends Command {
  @MatterField()
  application!: string;

  @KeyField({ description: 'The applicant.' })
  organisation!: string;

  @TextField({ max: 2_000 })
  reason!: string;

  @ObjectField(() => ArrivalInput, { optional: true })
  arrival?: ArrivalInput;
}
