import { registerEnumType } from '@nestjs/graphql';
import type { Shape } from '#kernel/event-schema';

/** An enum of GraphQL from texts: `regional-council` is `REGIONAL_COUNCIL` there. */
export function graphqlEnum<const Values extends readonly string[]>(
  name: string,
  values: Values,
  description: string,
  descriptionOf?: Readonly<Record<Values[number], string>>,
): Record<string, Values[number]> {
  const entries = Object.fromEntries(values.map((value) => [enumName(value), value]));
  const described = (value: Values[number]) => [enumName(value), { description: descriptionOf?.[value] }];
  registerEnumType(entries, {
    name,
    description,
    ...(descriptionOf && { valuesMap: Object.fromEntries(values.map(described)) as object }),
  });
  return entries;
}

const enums = new Map<string, Record<string, string>>();

/** The enum of a choice, the same each time. */
export function enumOf({ form }: Shape): Record<string, string> {
  if (form?.kind !== 'choice') throw new TypeError('an enum is made of a choice');
  const { name, values, description } = form;
  const known = enums.get(name) ?? graphqlEnum(name, values, description);
  if (Object.values(known).join() !== values.join()) throw new TypeError(`two choices are called ${name}`);
  enums.set(name, known);
  return known;
}

function enumName(value: string): string {
  const name = value.toUpperCase().replaceAll('-', '_');
  return /^\d/.test(name) ? `R${name}` : name;
}
