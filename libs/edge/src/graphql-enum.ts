import { registerEnumType } from '@nestjs/graphql';

/** An enum of GraphQL from texts: `regional-council` is `REGIONAL_COUNCIL` there. */
export function graphqlEnum<const Values extends readonly string[]>(
  name: string,
  values: Values,
  description: string,
): Record<string, Values[number]> {
  const entries = Object.fromEntries(values.map((value) => [enumName(value), value]));
  registerEnumType(entries, { name, description });
  return entries;
}

function enumName(value: string): string {
  const name = value.toUpperCase().replaceAll('-', '_');
  return /^\d/.test(name) ? `R${name}` : name;
}
