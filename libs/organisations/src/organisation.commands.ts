import { Command } from '#kernel/decider';
import type { LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';
import { ChoiceField, CommandInput, KeyField, WhenField } from '#edge/fields';
import { LocalizedField } from '#edge/localized-text.type';
import { RegionCodeEnum } from '#edge/region.type';
import type { OrganisationKind } from './organisation.events.js';
import { OrganisationKindEnum } from './organisation.types.js';

@CommandInput('Puts an organisation into the register.')
export class RegisterOrganisation extends Command {
  @KeyField()
  organisation!: string;

  @ChoiceField(OrganisationKindEnum)
  kind!: OrganisationKind;

  @LocalizedField()
  names!: LocalizedText;

  @ChoiceField(RegionCodeEnum, { optional: true })
  region?: RegionCode;

  @WhenField({ optional: true, description: 'From when it has these names; now without it.' })
  effectiveAt?: string;
}

@CommandInput('Records that an organisation has new names. Its earlier names stay with their time.')
export class RenameOrganisation extends Command {
  @KeyField()
  organisation!: string;

  @LocalizedField()
  names!: LocalizedText;

  @WhenField({ optional: true, description: 'From when; now without it.' })
  effectiveAt?: string;
}

@CommandInput('Records that another organisation takes over what this one did.')
export class SucceedOrganisation extends Command {
  @KeyField()
  organisation!: string;

  @KeyField({ description: 'The successor; it must be registered.' })
  by!: string;

  @WhenField({ optional: true, description: 'From when; now without it.' })
  effectiveAt?: string;
}
