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

/** A text in which nothing is hidden: neither control characters (tab and line end are none of these) nor marks that turn the direction of what follows. */
export function IsWithoutControls(says: Says): PropertyDecorator {
  return check('text-controls', says, (text) => typeof text !== 'string' || !controls.test(text));
}

/** Of Unicode the controls (Cc), the embeddings, overrides and isolates of direction, and what is no character. Marks of direction (U+200E, U+200F) turn nothing else and are none of these. */
const controls = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/u;

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
