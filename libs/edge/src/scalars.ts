import { GraphQLScalarType, Kind } from 'graphql';
import { instant, type Instant } from '#kernel/helsinki-time';
import { spelledMatter } from '#kernel/matter';
import { keyPattern, matterPattern } from '#kernel/schemas';
import { precisionOf, when } from '#kernel/when';

/** Scalars that travel as text. Whole numbers past 2^31 (cents, revisions) and positions are never `Int`. */

const wholeNumber = /^(0|-?[1-9]\d*)$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const keyText = new RegExp(keyPattern);
const matterText = new RegExp(matterPattern);

function textScalar<Value>(
  name: string,
  description: string,
  read: (text: string) => Value,
  write: (value: unknown) => string = String,
): GraphQLScalarType<Value, string> {
  const parse = (value: unknown): Value => {
    if (typeof value !== 'string') throw new TypeError(`${name} is written as a text in quotes`);
    return read(value);
  };
  return new GraphQLScalarType<Value, string>({
    name,
    description,
    serialize: write,
    parseValue: parse,
    parseLiteral: (node) => {
      return parse(node.kind === Kind.STRING ? node.value : undefined);
    },
  });
}

function matching(pattern: RegExp, form: string, normal = (text: string) => text) {
  return (text: string) => {
    if (!pattern.test(text)) throw new RangeError(`«${text}» is not ${form}`);
    return normal(text);
  };
}

function integer(text: string): number {
  const value = Number(matching(wholeNumber, 'a whole number')(text));
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is out of bounds`);
  return value;
}

function amount(text: string): number {
  const cents = integer(text);
  if (cents < 0) throw new RangeError(`${text} is no amount: whole cents, zero or more`);
  return cents;
}

/** Without the milliseconds where there are none. */
export function instantText(at: Instant): string {
  return at.replace('.000Z', 'Z');
}

export const InstantScalar = textScalar('Instant', 'An instant in UTC: 2019-10-15T13:15:00Z. Any offset is accepted.', instant, (value) =>
  instantText(value as Instant),
);

export const WhenScalar = textScalar(
  'When',
  'A time as exact as its source: an instant (2019-10-15T13:15:00Z), a Helsinki day (2019-10-15), a month (2019-10) or a season (2018-autumn). A clock time without an offset (2019-10-15T16:15) is Helsinki’s.',
  when,
  (value) => instantText(value as string),
);

export const AsOfScalar = textScalar(
  'AsOf',
  'An instant, or a Helsinki day, which means its end.',
  (text) => {
    if (!['instant', 'day'].includes(precisionOf(text)))
      throw new RangeError(`«${text}» is neither an instant (2019-10-15T13:15:00Z) nor a day (2019-10-15)`);
    return when(text);
  },
  (value) => instantText(value as string),
);

export const DayScalar = textScalar('Day', 'A calendar day in Helsinki: 2019-10-15.', (text) => {
  if (precisionOf(text) !== 'day') throw new RangeError(`«${text}» is no day (2019-10-15)`);
  return when(text);
});

export const CentsScalar = textScalar('Cents', 'Euros in whole cents, as text: "240000000" is 2.4 million euros.', amount);
export const RevisionScalar = textScalar(
  'Revision',
  'The number of an event in its stream, from "0"; "-1" where there is none yet.',
  integer,
);
export const PositionScalar = textScalar(
  'Position',
  'A place in the log, as a receipt gives it: 32 hexadecimal digits.',
  matching(/^[0-9a-f]{32}$/, '32 hexadecimal digits'),
);
export const UuidScalar = textScalar(
  'UUID',
  'A UUID.',
  matching(uuid, 'a UUID', (text) => text.toLowerCase()),
);
export const KeyScalar = textScalar(
  'Key',
  'The id of a thing: words of small letters and digits, joined by hyphens. A UUID is one.',
  matching(keyText, 'a key: small letters and digits, joined by hyphens'),
);
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value; it is only answered.',
  serialize: (value) => value,
});
export const MatterScalar = textScalar(
  'Matter',
  'One applicant’s case in one call, which its plan, application and grant share: the call’s id, two hyphens, and the applicant’s id or, in a call with one application per region, the region’s code: coordination-2019--19.',
  (text) => matching(matterText, 'a matter: the call’s id, two hyphens, and the applicant’s id or the region’s code')(spelledMatter(text)),
);
