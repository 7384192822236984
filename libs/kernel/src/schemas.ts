import { Type } from 'typebox';
import { shape } from './event-schema.js';
import { languages } from './localized-text.js';
import { regionCodes, type RegionCode } from './region.js';
import { whenPattern } from './when.js';

/** Shapes of values that the events of several contexts use. */

/** One of the given texts. In the API it is the enum of that name. */
export function choice<const Values extends readonly string[]>(name: string, values: Values, description: string) {
  return shape({ kind: 'choice', name, values, description }, oneOf(values));
}

/** One of the given texts, where the API has no enum of them. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  return Type.Unsafe<Values[number]>(Type.Union(values.map((value) => Type.Literal(value))));
}

/** The longest text of an event, in UTF-16 units. */
export const mostText = 20_000;

/** A text that a command gives in so many UTF-16 units at most. What is stored may be longer. */
export function textUpTo(max: number) {
  return shape({ kind: 'text', max }, Type.String({ minLength: 1, maxLength: mostText }));
}

/** A whole number from 0 up to that. */
export function countUpTo(max: number) {
  return shape({ kind: 'count', max }, Type.Integer({ minimum: 0, maximum: max }));
}

/** The key of a stream: words of small letters and digits, joined by single hyphens. A UUID is one. */
export const keyPattern = '^[a-z0-9]+(-[a-z0-9]+)*$';
export const KeyText = shape({ kind: 'key' }, Type.String({ pattern: keyPattern, maxLength: 64 }));
/** The key of a matter: those of the call and of who applies, with two hyphens between them. */
export const matterPattern = '^[a-z0-9]+(-[a-z0-9]+)*--[a-z0-9]+(-[a-z0-9]+)*$';
export const MatterText = shape({ kind: 'matter' }, Type.String({ pattern: matterPattern, maxLength: 130 }));
export const Region = shape({ kind: 'region' }, Type.Unsafe<RegionCode>(oneOf(regionCodes)));
/** Of the form only: whether there is such a municipality on a day is for `municipality.ts` to say. */
export const MunicipalityText = shape({ kind: 'municipality' }, Type.String({ pattern: '^\\d{3}$' }));
/** A time of day on a clock in Helsinki, from `00:00` to `24:00`, which is the end of the day. */
export const ClockTime = shape({ kind: 'clock-time' }, Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' }));
export const Text = textUpTo(mostText);
/** Why something was done, in a few sentences. */
export const ReasonText = textUpTo(2_000);
const inLanguages = { fi: Type.Optional(Text.schema), sv: Type.Optional(Text.schema), en: Type.Optional(Text.schema) };
/** A text in one language at least, of so many UTF-16 units at most in each. What is stored may be longer. */
function localizedUpTo(max: number) {
  return shape({ kind: 'localized', max }, Type.Object(inLanguages, { additionalProperties: false, minProperties: 1 }));
}
/** The same of a text that may be translated from another language: it can say in which languages it was written. */
function translatedUpTo(max: number) {
  return shape(
    { kind: 'localized', max, isTranslated: true },
    Type.Object(
      { ...inLanguages, original: Type.Optional(Type.Array(oneOf(languages))) },
      { additionalProperties: false, minProperties: 1 },
    ),
  );
}
export const Localized = localizedUpTo(mostText);
/** What something is called. */
export const LocalizedName = localizedUpTo(300);
export const Translated = translatedUpTo(mostText);
export const TranslatedName = translatedUpTo(300);
export const LanguageCode = choice('Language', languages, 'Finnish, Swedish or English.');
export const WhenText = shape({ kind: 'when' }, Type.String({ pattern: whenPattern }));
export const DayText = shape({ kind: 'day' }, Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }));
export const InstantText = shape({ kind: 'instant' }, Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }));
/** An instant, or a whole Helsinki day where the source says no hour. */
export const InstantOrDay = shape(
  { kind: 'instant-or-day' },
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)?$' }),
);
export const CentsNumber = shape({ kind: 'cents' }, Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));
export const Share = shape({ kind: 'share' }, Type.Integer({ minimum: 0, maximum: 10_000 }));
/** Both ends belong to it. */
export const Days = shape({ kind: 'days' }, Type.Object({ from: DayText.schema, to: DayText.schema }, { additionalProperties: false }));
export const Year = shape({ kind: 'year' }, Type.Integer({ minimum: 2_000, maximum: 2_200 }));
/** From 1. */
export const VersionNumber = shape({ kind: 'version' }, Type.Integer({ minimum: 1 }));
export const Count = shape({ kind: 'count' }, Type.Integer({ minimum: 0 }));
export const Quantity = shape({ kind: 'number' }, Type.Number());
export const YesNo = shape({ kind: 'boolean' }, Type.Boolean());
/** SHA-256 in small hexadecimal digits. */
export const Sha256 = shape({ kind: 'hash' }, Type.String({ pattern: '^[0-9a-f]{64}$' }));
export const EmailAddress = shape({ kind: 'email' }, Text.schema);
export const HttpsAddress = shape({ kind: 'address' }, Text.schema);
