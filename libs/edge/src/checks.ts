import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { languages, type LocalizedText } from '#kernel/localized-text';
import { isPlain, isReadable, spelled } from '#kernel/plain-text';
import { precisionOf, when, type Precision } from '#kernel/when';
import type { Problem } from './validation.js';

/** Makes class-validator say a problem by its code; `validation.ts` has the texts. For a list, it checks each item. */
export type Says = (problem: Problem) => ValidationOptions & { message: Problem };

function check(problem: Problem, says: Says, isRight: (value: unknown) => boolean, most?: number): PropertyDecorator {
  const told = most === undefined ? problem : (`${problem} ${most}` as Problem);
  return ValidateBy({ name: problem, validator: { validate: isRight, defaultMessage: () => told } }, says(told));
}

/** Every text that a command gives is brought to its one spelling before it is checked, compared and stored. */
function Spelled(): PropertyDecorator {
  const one = (value: unknown): unknown => (typeof value === 'string' ? spelled(value) : value);
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(one) : one(value)));
}

/** A text of one spelling with something to read in it, no longer than `max` however characters are counted, that shows as it is written. */
export function textChecks(max: number, says: Says): readonly PropertyDecorator[] {
  return [
    Spelled(),
    check('text-length', says, (text) => typeof text === 'string' && isReadable(text) && text.length <= max, max),
    check('text-characters', says, (text) => typeof text !== 'string' || isPlain(text)),
  ];
}

/** The years that a command may name: before and after them lie slips of the pen. */
const years = { from: '1900', to: '2200' };

/** A time in its stored spelling, as exact as one of these, in a year that can be meant. */
export function whenChecks(precisions: readonly Precision[], problem: Problem, says: Says): readonly PropertyDecorator[] {
  const isOfYears = (value: unknown) => typeof value !== 'string' || (value.slice(0, 4) >= years.from && value.slice(0, 4) <= years.to);
  return [
    isWhen(precisions, problem, says),
    check('year-out-of-range', says, (value) => isOfYears(value) || !/^\d{4}-/.test(String(value))),
  ];
}

function isWhen(precisions: readonly Precision[], problem: Problem, says: Says): PropertyDecorator {
  return check(problem, says, (value) => {
    try {
      return typeof value === 'string' && when(value) === value && precisions.includes(precisionOf(value));
    } catch {
      return false;
    }
  });
}

/** A list that has nothing in it twice. */
export function HasEachOnce(says: Says): PropertyDecorator {
  return check('listed-twice', says, (list) => !Array.isArray(list) || new Set(list).size === list.length);
}

/** A localized text that has a text in one language at least. */
export function HasText(says: Says): PropertyDecorator {
  return check('text-missing', says, (text) => languages.some((language) => (text as LocalizedText | undefined)?.[language] !== undefined));
}

/** A localized text that is no longer than that in any language. */
export function HasTextsUpTo(max: number, says: Says): PropertyDecorator {
  return check(
    'text-length',
    says,
    (text) => languages.every((language) => ((text as LocalizedText | undefined)?.[language]?.length ?? 0) <= max),
    max,
  );
}
