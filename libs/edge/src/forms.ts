import {
  IsArray,
  ArrayMaxSize,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import type { ReturnTypeFunc } from '@nestjs/graphql';
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString } from 'graphql';
import type { Form, Shape } from '#kernel/event-schema';
import { regionCodes } from '#kernel/region';
import { ClockTime, keyPattern, matterPattern, mostText, MunicipalityText, Share, Year } from '#kernel/schemas';
import { HasEachOnce, HasText, HasTextsUpTo, textChecks, whenChecks, type Says } from './checks.js';
import { enumOf } from './graphql-enum.js';
import { DaysInput, DaysType, LocalizedTextInput, LocalizedTextType, TranslatedTextInput } from './localized-text.type.js';
import { RegionCodeEnum, RegionType } from './region.type.js';
import { CentsScalar, DayScalar, InstantScalar, KeyScalar, MatterScalar, WhenScalar } from './scalars.js';
import type { Problem } from './validation.js';

/** How values of a form are checked and what they are in GraphQL: as an input, and where they are answered. */
interface FormOfApi {
  readonly input: ReturnTypeFunc;
  readonly output: ReturnTypeFunc;
  readonly checks: (says: Says) => readonly PropertyDecorator[];
}

type Plain = Exclude<Form['kind'], 'list' | 'record' | 'choice' | 'text' | 'localized' | 'count'>;

const plain: Readonly<Record<Plain, FormOfApi>> = {
  key: scalar(KeyScalar, (says) => [Matches(new RegExp(keyPattern), says('not-a-key')), Length(1, 64, says('not-a-key'))]),
  matter: scalar(MatterScalar, (says) => [Matches(new RegExp(matterPattern), says('not-a-matter')), Length(1, 130, says('not-a-matter'))]),
  region: {
    input: () => RegionCodeEnum,
    output: () => RegionType,
    checks: (says) => [IsIn(regionCodes, says('not-a-choice'))],
  },
  municipality: scalar(GraphQLString, (says) => [Matches(patternOf(MunicipalityText), says('not-a-municipality'))]),
  'clock-time': scalar(GraphQLString, (says) => [Matches(patternOf(ClockTime), says('not-a-clock-time'))]),
  day: scalar(DayScalar, (says) => whenChecks(['day'], 'not-a-day', says)),
  days: nested(DaysInput, DaysType, () => []),
  instant: { ...scalar(WhenScalar, (says) => whenChecks(['instant'], 'not-an-instant', says)), output: () => InstantScalar },
  'instant-or-day': scalar(WhenScalar, (says) => whenChecks(['instant', 'day'], 'not-an-instant-or-day', says)),
  when: scalar(WhenScalar, (says) => whenChecks(['instant', 'day', 'month', 'season'], 'not-a-time', says)),
  cents: scalar(CentsScalar, (says) => wholeNumber('not-cents', says, 0, Number.MAX_SAFE_INTEGER)),
  share: scalar(GraphQLInt, (says) => wholeNumber('not-a-share', says, ...boundsOf(Share))),
  year: scalar(GraphQLInt, (says) => wholeNumber('not-a-year', says, ...boundsOf(Year))),
  version: scalar(GraphQLInt, (says) => wholeNumber('not-a-version', says, 1)),
  number: scalar(GraphQLFloat, (says) => [IsNumber({}, says('not-a-number'))]),
  boolean: scalar(GraphQLBoolean, (says) => [IsBoolean(says('not-a-choice'))]),
  email: scalar(GraphQLString, (says) => [...isText(320)(says), IsEmail({}, says('not-an-email'))]),
  address: scalar(GraphQLString, (says) => [...isText(2_008)(says), Matches(/^https:\/\/\S{1,2000}$/, says('not-an-address'))]),
  hash: scalar(GraphQLString, (says) => [Matches(/^[0-9a-f]{64}$/, says('not-a-hash'))]),
};

/** What a record is in GraphQL, as an input and where it is answered: `records.ts` makes both. */
export interface RecordsOfApi {
  readonly inputOf: (record: Shape) => new () => object;
  readonly objectOf: (record: Shape) => new () => object;
}

const mostItems = 100;
/** What is chosen or named: a list of such says nothing more by saying one of them again. */
const named: ReadonlySet<Form['kind'] | undefined> = new Set(['choice', 'key', 'region', 'municipality']);

/** The GraphQL types of a shape, and the checks of class-validator for it. @throws TypeError where the shape has no form */
export function formOfApi(shape: Shape, records: RecordsOfApi): FormOfApi {
  const { form, items } = shape;
  if (!form) throw new TypeError(`a field of the API needs a form: ${JSON.stringify(shape)}`);
  switch (form.kind) {
    case 'list': {
      const { input, output, checks } = formOfApi(items as Shape, records);
      return {
        input: () => [input()] as never,
        output: () => [output()] as never,
        checks: (says) => [
          IsArray(says('not-a-list')),
          ArrayMaxSize(mostItems, says('list-length')),
          ...(named.has(items?.form?.kind) ? [HasEachOnce(says)] : []),
          ...checks((problem) => ({ ...says(problem), each: true })),
        ],
      };
    }
    case 'record':
      return nestedBy(
        () => records.inputOf(shape),
        () => records.objectOf(shape),
        () => [],
      );
    case 'choice':
      return scalar(enumOf(shape), (says) => [IsIn(form.values, says('not-a-choice'))]);
    case 'localized':
      return nested(form.isTranslated ? TranslatedTextInput : LocalizedTextInput, LocalizedTextType, (says) => [
        HasText(says),
        ...(form.max < mostText ? [HasTextsUpTo(form.max, says)] : []),
      ]);
    case 'text':
      return scalar(GraphQLString, isText(form.max));
    case 'count':
      return scalar(GraphQLInt, (says) => [
        ...wholeNumber('not-a-count', says, 0),
        ...(form.max === undefined ? [] : [Max(form.max, says(`count-too-large ${form.max}` as Problem))]),
      ]);
    default:
      return plain[form.kind];
  }
}

function scalar(type: object, checks: FormOfApi['checks']): FormOfApi {
  return { input: () => type as never, output: () => type as never, checks };
}

function nested(input: new () => object, output: new () => object, checks: FormOfApi['checks']): FormOfApi {
  return nestedBy(
    () => input,
    () => output,
    checks,
  );
}

function nestedBy(input: () => new () => object, output: () => new () => object, checks: FormOfApi['checks']): FormOfApi {
  // The message is told only of what is no object: the fields inside have their own.
  return { input, output, checks: (says) => [ValidateNested({ each: says('not-a-list').each === true }), Type(input), ...checks(says)] };
}

function isText(max: number): FormOfApi['checks'] {
  return (says) => [IsString(says('not-a-text')), ...textChecks(max, says)];
}

function wholeNumber(problem: Problem, says: Says, least: number, most?: number): readonly PropertyDecorator[] {
  return [IsInt(says(problem)), Min(least, says(problem)), ...(most === undefined ? [] : [Max(most, says(problem))])];
}

function boundsOf({ schema }: Shape): readonly [number, number] {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  return [minimum ?? 0, maximum ?? Number.MAX_SAFE_INTEGER];
}

function patternOf({ schema }: Shape): RegExp {
  return new RegExp((schema as { pattern?: string }).pattern ?? '');
}
