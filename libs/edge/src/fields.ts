import { Field, InputType, type ReturnTypeFunc } from '@nestjs/graphql';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
  IsString,
  Length,
} from 'class-validator';
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString } from 'graphql';
import { keyPattern, matterPattern } from '#kernel/schemas';
import { precisionOf, when, type Precision } from '#kernel/when';
import type { Problem } from './validation.js';
import { CentsScalar, DayScalar, KeyScalar, MatterScalar, WhenScalar } from './scalars.js';

/** A field of a command: for GraphQL and for class-validator in one line. */
export interface About {
  readonly description?: string;
  readonly optional?: true;
}

function inputField(type: ReturnTypeFunc, { description, optional }: About, ...checks: PropertyDecorator[]): PropertyDecorator {
  return applyDecorators(
    Field(type, { nullable: optional === true, ...(description !== undefined && { description }) }),
    ...(optional ? [IsOptional()] : []),
    ...checks,
  );
}

/** Makes class-validator say the problem by its code; the edge has its texts. */
const says = (message: Problem) => ({ message });

export const KeyField = (about: About = {}) =>
  inputField(() => KeyScalar, about, Matches(new RegExp(keyPattern), says('not-a-key')), Length(1, 64, says('not-a-key')));

export const MatterField = (about: About = {}) =>
  inputField(() => MatterScalar, about, Matches(new RegExp(matterPattern), says('not-a-matter')), Length(1, 130, says('not-a-matter')));

/** A list of matters. */
export const MattersField = (about: About = {}) =>
  inputField(
    () => [MatterScalar],
    about,
    IsArray(says('not-a-list')),
    ArrayMaxSize(100, says('list-length')),
    Matches(new RegExp(matterPattern), { each: true, ...says('not-a-matter') }),
    Length(1, 130, { each: true, ...says('not-a-matter') }),
  );

export const TextField = ({ max = 20_000, ...about }: About & { max?: number } = {}) =>
  inputField(() => GraphQLString, about, IsString(says('not-a-text')), IsTextOf(max));

/** A list of texts. */
export const TextsField = (about: About = {}) =>
  inputField(() => [GraphQLString], about, IsArray(says('not-a-list')), ArrayMaxSize(100, says('list-length')), IsTextOf(20_000, true));

export const MatchingField = (pattern: RegExp, problem: Problem, about: About = {}) =>
  inputField(() => GraphQLString, about, Matches(pattern, says(problem)));

export const CentsField = (about: About = {}) =>
  inputField(
    () => CentsScalar,
    about,
    IsInt(says('not-cents')),
    Min(0, says('not-cents')),
    Max(Number.MAX_SAFE_INTEGER, says('not-cents')),
  );

export const CountField = ({ max, ...about }: About & { max?: number } = {}) =>
  inputField(
    () => GraphQLInt,
    about,
    IsInt(says('not-a-count')),
    Min(0, says('not-a-count')),
    ...(max === undefined ? [] : [Max(max, says('count-too-large'))]),
  );

export const NumberField = (about: About = {}) => inputField(() => GraphQLFloat, about, IsNumber({}, says('not-a-number')));

export const VersionField = (about: About = {}) =>
  inputField(() => GraphQLInt, about, IsInt(says('not-a-version')), Min(1, says('not-a-version')));

export const YearField = (about: About = {}) =>
  inputField(() => GraphQLInt, about, IsInt(says('not-a-year')), Min(2_000, says('not-a-year')), Max(2_200, says('not-a-year')));

export const ShareField = (about: About = {}) =>
  inputField(() => GraphQLInt, about, IsInt(says('not-a-share')), Min(0, says('not-a-share')), Max(10_000, says('not-a-share')));

export const BooleanField = (about: About = {}) => inputField(() => GraphQLBoolean, about, IsBoolean(says('not-a-choice')));

export const WhenField = (about: About = {}) =>
  inputField(() => WhenScalar, about, IsWhen(['instant', 'day', 'month', 'season'], 'not-a-time'));

export const InstantOrDayField = (about: About = {}) =>
  inputField(() => WhenScalar, about, IsWhen(['instant', 'day'], 'not-an-instant-or-day'));

export const InstantField = (about: About = {}) => inputField(() => WhenScalar, about, IsWhen(['instant'], 'not-an-instant'));

export const DayField = (about: About = {}) => inputField(() => DayScalar, about, IsWhen(['day'], 'not-a-day'));

export const ChoiceField = <Value extends string>(choices: Record<string, Value>, about: About = {}) =>
  inputField(() => choices, about, IsIn(Object.values(choices), says('not-a-choice')));

export const ChoicesField = <Value extends string>(choices: Record<string, Value>, about: About = {}) =>
  inputField(
    () => [choices],
    about,
    IsArray(says('not-a-list')),
    ArrayMaxSize(100, says('list-length')),
    IsIn(Object.values(choices), { each: true, ...says('not-a-choice') }),
  );

export const ObjectField = (type: () => new () => object, about: About = {}) => inputField(type, about, ValidateNested(), Type(type));

export const ObjectsField = (type: () => new () => object, about: About = {}) =>
  inputField(
    () => [type()],
    about,
    IsArray(says('not-a-list')),
    ArrayMaxSize(100, says('list-length')),
    ValidateNested({ each: true }),
    Type(type),
  );

const description = 'command:description';
const edit = 'command:edit';

/** The input of a command: `PlanCall` is `PlanCallInput` in GraphQL. */
export const CommandInput =
  (text: string): ClassDecorator =>
  (target) => {
    Reflect.defineMetadata(description, text, target);
    InputType(`${target.name}Input`, { description: text })(target);
  };

/** The same of a command that edits what several people may edit at once: it says which revision was read. */
export const EditInput =
  (text: string): ClassDecorator =>
  (target) => {
    Reflect.defineMetadata(edit, true, target);
    CommandInput(text)(target);
  };

/** What `CommandInput` said of a command class. */
export function commandDescription(type: object): string {
  return Reflect.getMetadata(description, type) as string;
}

/** Whether the command must say which revision was read. */
export function isEdit(type: object): boolean {
  return Reflect.hasMetadata(edit, type);
}

/** A text with something to read in it, no longer than its schema allows however characters are counted, and no half characters. */
function IsTextOf(max: number, each = false): PropertyDecorator {
  const problem: Problem = 'text-length';
  const isText = (text: unknown) => typeof text === 'string' && text.trim() !== '' && text.length <= max && text.isWellFormed();
  return ValidateBy({ name: problem, validator: { validate: isText, defaultMessage: () => problem } }, { each });
}

/** A time in its stored spelling, as exact as one of these. */
function IsWhen(precisions: readonly Precision[], problem: Problem): PropertyDecorator {
  const isWhen = (value: unknown) => {
    try {
      return typeof value === 'string' && when(value) === value && precisions.includes(precisionOf(value));
    } catch {
      return false;
    }
  };
  return ValidateBy({ name: problem, validator: { validate: isWhen, defaultMessage: () => problem } });
}
