import { ChoiceField, CommandInput, KeyField } from '#edge/fields';
import { RegionCodeEnum } from '#edge/region.type';
import { Command } from '#kernel/decider';
import type { RegionCode } from '#kernel/region';

@CommandInput('Records that a public source says a region to have applied.')
export class RecordApplicationFromSource extends Command {
  @KeyField()
  call!: string;

  @ChoiceField(RegionCodeEnum)
  region!: RegionCode;

  @KeyField({ optional: true })
  applicant?: string;
}
