import { InputType } from '@nestjs/graphql';
import { ChoiceField, CommandInput, CountField, DayField, KeyField, ObjectsField, TextField } from '#edge/fields';
import { LocalizedField } from '#edge/localized-text.type';
import { RegionCodeEnum } from '#edge/region.type';
import { Command } from '#kernel/decider';
import type { LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';

@InputType()
class OperatingModelSectionInput {
  @KeyField()
  key!: string;

  @LocalizedField()
  heading!: LocalizedText;

  @LocalizedField()
  text!: LocalizedText;
}

@CommandInput('Publishes an operating model, in Finnish and Swedish. It is its version 1.')
export class PublishOperatingModel extends Command {
  @KeyField()
  model!: string;

  @LocalizedField()
  names!: LocalizedText;

  @ObjectsField(() => OperatingModelSectionInput)
  sections!: OperatingModelSectionInput[];

  @DayField({ optional: true, description: 'The first day on which it is valid; now without it.' })
  validFrom?: string;
}

@CommandInput('Publishes a new version of an operating model. Earlier versions stay with their time.')
export class ReviseOperatingModel extends Command {
  @KeyField()
  model!: string;

  @ObjectsField(() => OperatingModelSectionInput, { description: 'All of the sections, as they are in the new version.' })
  sections!: OperatingModelSectionInput[];

  @TextField({ max: 2_000 })
  reason!: string;

  @DayField({ optional: true, description: 'The first day on which it is valid; now without it.' })
  validFrom?: string;
}

@CommandInput('Gives a region’s feedback on a version of an operating model. It is public: name no persons.')
export class GiveOperatingModelFeedback extends Command {
  @KeyField()
  model!: string;

  @CountField()
  version!: number;

  @KeyField({ optional: true, description: 'The section that it is about; the whole model without it.' })
  section?: string;

  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @LocalizedField()
  text!: LocalizedText;
}

@CommandInput(
  'Proposes, for the agency, an evaluation of the regional development and coordination role; again under the same key, it takes the place of the proposal before. It counts once the ministry confirms it.',
)
export class ProposeRegionalRoleEvaluation extends Command {
  @KeyField()
  model!: string;

  @KeyField()
  evaluation!: string;

  @CountField({ description: 'The version of the model that was followed.' })
  version!: number;

  @ChoiceField(RegionCodeEnum, { optional: true, description: 'The region; without it the role in the whole country.' })
  region?: RegionCode;

  @LocalizedField()
  findings!: LocalizedText;

  @LocalizedField()
  conclusions!: LocalizedText;
}

@CommandInput('Confirms, for the ministry, the evaluation that the agency proposed: it is then the evaluation of both.')
export class ConfirmRegionalRoleEvaluation extends Command {
  @KeyField()
  model!: string;

  @KeyField()
  evaluation!: string;

  @CountField({ description: 'The number of the proposal that was read.' })
  proposal!: number;
}
