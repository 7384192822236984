import { applyDecorators } from '@nestjs/common';
import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayUnique, IsArray, IsIn, IsOptional, IsString } from 'class-validator';
import { GraphQLString } from 'graphql';
import { languages, type Language, type LocalizedText } from '#kernel/localized-text';
import { LanguageCode, mostText } from '#kernel/schemas';
import { textChecks, whenChecks, type Says } from './checks.js';
import { enumOf } from './graphql-enum.js';
import { DayScalar } from './scalars.js';

export const LanguageEnum = enumOf(LanguageCode);

/** `text` and `language` are answered by the request's Accept-Language (see `transformed-schema.ts`). */
@ObjectType('LocalizedText', { description: 'A text in the languages in which it is known.' })
export class LocalizedTextType implements LocalizedText {
  @Field(() => GraphQLString, {
    description:
      'In the first language of Accept-Language in which it is known, else in that in which it was written, else in Finnish, Swedish or English.',
  })
  text!: string;

  @Field(() => LanguageEnum, { description: 'The language of `text`.' })
  language!: Language;

  @Field(() => GraphQLString, { nullable: true })
  fi?: string;

  @Field(() => GraphQLString, { nullable: true })
  sv?: string;

  @Field(() => GraphQLString, { nullable: true })
  en?: string;

  @Field(() => [LanguageEnum], {
    nullable: true,
    description: 'The languages in which it was written: the others are translations. Null where that is not known.',
  })
  original?: Language[];
}

const says: Says = (message) => ({ message });
const InOneLanguage = () =>
  applyDecorators(
    Field(() => GraphQLString, { nullable: true }),
    IsOptional(),
    IsString(says('not-a-text')),
    ...textChecks(mostText, says),
  );

@InputType({ description: 'A text in one language at least.' })
export class LocalizedTextInput implements LocalizedText {
  @InOneLanguage()
  fi?: string;

  @InOneLanguage()
  sv?: string;

  @InOneLanguage()
  en?: string;
}

@InputType({ description: 'A text in one language at least, and in which of them it was written.' })
export class TranslatedTextInput extends LocalizedTextInput {
  @Field(() => [LanguageEnum], { nullable: true, description: 'The languages in which it was written, where the others are translations.' })
  @IsOptional()
  @IsArray(says('not-a-list'))
  @ArrayUnique(says('not-a-choice'))
  @IsIn(languages, { ...says('not-a-choice'), each: true })
  original?: Language[];
}

const wholeDays = { description: 'Whole Helsinki days, both ends included.' };

@ObjectType('Days', wholeDays)
export class DaysType {
  @Field(() => DayScalar)
  from!: string;

  @Field(() => DayScalar)
  to!: string;
}

const Day = () =>
  applyDecorators(
    Field(() => DayScalar),
    ...whenChecks(['day'], 'not-a-day', says),
  );

@InputType(wholeDays)
export class DaysInput {
  @Day()
  from!: string;

  @Day()
  to!: string;
}
