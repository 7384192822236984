import { applyDecorators } from '@nestjs/common';
import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { ValidateBy } from 'class-validator';
import type { Problem } from './validation.js';
import { languages, type Language, type LocalizedText } from '#kernel/localized-text';
import { DayField, ObjectField, ObjectsField, TextField, type About } from './fields.js';
import { graphqlEnum } from './graphql-enum.js';
import { DayScalar } from './scalars.js';
import { GraphQLString } from 'graphql';

export const LanguageEnum = graphqlEnum('Language', languages, 'Finnish, Swedish or English.');

/** `text` and `language` are answered by the request's Accept-Language (see `transformed-schema.ts`). */
@ObjectType('LocalizedText', { description: 'A text in the languages in which it is known.' })
export class LocalizedTextType implements LocalizedText {
  @Field(() => GraphQLString, {
    description: 'In the first language of Accept-Language in which it is known, else in Finnish, Swedish or English.',
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
}

@InputType({ description: 'A text in one language at least.' })
export class LocalizedTextInput implements LocalizedText {
  @TextField({ optional: true })
  fi?: string;

  @TextField({ optional: true })
  sv?: string;

  @TextField({ optional: true })
  en?: string;
}

const missing: Problem = 'text-missing';
const isText = (text: unknown) => languages.some((language) => (text as LocalizedText | undefined)?.[language] !== undefined);
const hasText = (each: boolean): PropertyDecorator =>
  ValidateBy({ name: missing, validator: { validate: isText, defaultMessage: () => missing } }, { each });

/** A text in one language at least. */
export const LocalizedField = (about?: About): PropertyDecorator =>
  applyDecorators(
    ObjectField(() => LocalizedTextInput, about),
    hasText(false),
  );

/** Texts, each in one language at least. */
export const LocalizedFields = (about?: About): PropertyDecorator =>
  applyDecorators(
    ObjectsField(() => LocalizedTextInput, about),
    hasText(true),
  );

@ObjectType('Days', { description: 'Whole Helsinki days, both ends included.' })
export class DaysType {
  @Field(() => DayScalar)
  from!: string;

  @Field(() => DayScalar)
  to!: string;
}

@InputType({ description: 'Whole Helsinki days, both ends included.' })
export class DaysInput {
  @DayField()
  from!: string;

  @DayField()
  to!: string;
}
