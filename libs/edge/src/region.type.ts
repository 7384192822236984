import { Field, ObjectType } from '@nestjs/graphql';
import type { LocalizedText } from '#kernel/localized-text';
import { regionCodes, regions, type RegionCode } from '#kernel/region';
import { graphqlEnum } from './graphql-enum.js';
import { LocalizedTextType } from './localized-text.type.js';

export const RegionCodeEnum = graphqlEnum(
  'RegionCode',
  regionCodes,
  'A region by its code in the classification of regions: R01 is Uusimaa.',
);

@ObjectType('Region', { description: 'A region (maakunta) by Statistics Finland’s classification of 2019 and 2020.' })
export class RegionType {
  @Field(() => RegionCodeEnum)
  code!: RegionCode;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;
}

const all = Object.fromEntries(regionCodes.map((code) => [code, { code, name: regions[code] }])) as Record<RegionCode, RegionType>;

export function regionOf(code: RegionCode): RegionType {
  return all[code];
}
