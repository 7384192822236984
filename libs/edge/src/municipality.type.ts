import { Field, ObjectType } from '@nestjs/graphql';
import { GraphQLInt, GraphQLString } from 'graphql';
import { dayOf, type Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import { municipalities, regionOfMunicipality, type MunicipalityCode } from '#kernel/municipality';
import { LocalizedTextType } from './localized-text.type.js';
import { regionOf, RegionType } from './region.type.js';

@ObjectType('Municipality', {
  description: 'A municipality (kunta) by Statistics Finland’s classification, as it was at the time asked for.',
})
export class MunicipalityType {
  @Field(() => GraphQLString, { description: 'Its code of three digits: 091 is Helsinki.' })
  code!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => RegionType, { nullable: true, description: 'Its region then; null where it was none, and before 2018.' })
  region?: RegionType;

  @Field(() => GraphQLInt, { nullable: true, description: 'The last year in which it was a municipality; null of one that still is.' })
  endedAfter?: number;
}

/** The municipality of that code, with its region at the instant; undefined of a code that none ever had. */
export function municipalityOf(code: MunicipalityCode, asOf: Instant): MunicipalityType | undefined {
  const found = municipalities.get(code);
  const region = regionOfMunicipality(code, dayOf(asOf));
  return (
    found && {
      code,
      name: found.names,
      ...(region && { region: regionOf(region) }),
      ...(found.endedAfter !== undefined && { endedAfter: found.endedAfter }),
    }
  );
}
