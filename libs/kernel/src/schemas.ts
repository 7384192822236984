import { Type } from 'typebox';
import { languages } from './localized-text.js';
import { regionCodes, type RegionCode } from './region.js';
import { whenPattern } from './when.js';

/** Forms of values that the events of several contexts use. */

/** One of the given texts. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  return Type.Unsafe<Values[number]>(Type.Union(values.map((value) => Type.Literal(value))));
}

/** The key of a stream: words of small letters and digits, joined by single hyphens. A UUID is one. */
export const keyPattern = '^[a-z0-9]+(-[a-z0-9]+)*$';
export const KeyText = Type.String({ pattern: keyPattern, maxLength: 64 });
/** The key of a matter: those of the call and of who applies, with two hyphens between them. */
export const matterPattern = '^[a-z0-9]+(-[a-z0-9]+)*--[a-z0-9]+(-[a-z0-9]+)*$';
export const MatterText = Type.String({ pattern: matterPattern, maxLength: 130 });
export const Region = Type.Unsafe<RegionCode>(oneOf(regionCodes));
export const Text = Type.String({ minLength: 1, maxLength: 20_000 });
export const Localized = Type.Object(
  { fi: Type.Optional(Text), sv: Type.Optional(Text), en: Type.Optional(Text) },
  { additionalProperties: false, minProperties: 1 },
);
export const LanguageCode = oneOf(languages);
export const WhenText = Type.String({ pattern: whenPattern });
export const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const InstantText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
/** An instant, or a whole Helsinki day where the source says no hour. */
export const InstantOrDay = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)?$' });
export const CentsNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const Share = Type.Integer({ minimum: 0, maximum: 10_000 });
/** Both ends belong to it. */
export const Days = Type.Object({ from: DayText, to: DayText }, { additionalProperties: false });
