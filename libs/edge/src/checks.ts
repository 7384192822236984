import { ValidateBy, type ValidationOptions } from 'class-validator';
import { languages, type LocalizedText } from '#kernel/localized-text';
import { precisionOf, when, type Precision } from '#kernel/when';
import type { Problem } from './validation.js';

/** Makes class-validator say a problem by its code; `validation.ts` has the texts. For a list, it checks each item. */
export type Says = (problem: Problem) => ValidationOptions & { message: Problem };

function check(problem: Problem, says: Says, isRight: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name: problem, validator: { validate: isRight, defaultMessage: () => problem } }, says(problem));
}

/** A text with something to read in it, no longer than `max` however characters are counted, and no half characters. */
export function IsTextOf(max: number, says: Says): PropertyDecorator {
  return check('text-length', says, (text) => typeof text === 'string' && text.trim() !== '' && text.length <= max && text.isWellFormed());
}

/** A time in its stored spelling, as exact as one of these. */
export function IsWhen(precisions: readonly Precision[], problem: Problem, says: Says): PropertyDecorator {
  return check(problem, says, (value) => {
    try {
      return typeof value === 'string' && when(value) === value && precisions.includes(precisionOf(value));
    } catch {
      return false;
    }
  });
}

/** A localized text that has a text in one language at least. */
export function HasText(says: Says): PropertyDecorator {
  return check('text-missing', says, (text) => languages.some((language) => (text as LocalizedText | undefined)?.[language] !== undefined));
}
