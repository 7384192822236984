import { inLanguage, type Language, type LocalizedText } from '#kernel/localized-text';

/** An organisation as a list by name has it. */
interface ByName {
  readonly id: string;
  readonly name: LocalizedText;
}

/** The order of names in a language: å, ä and ö end the alphabet in Finnish and in Swedish, and not in English. */
export const collations: Readonly<Record<Language, (one: string, other: string) => number>> = {
  fi: new Intl.Collator('fi').compare,
  sv: new Intl.Collator('sv').compare,
  en: new Intl.Collator('en').compare,
};

/** The key of an organisation in a list by name: its name in the first of the languages that it has one in. */
export function nameKey({ id, name }: ByName, languages: readonly Language[]): { readonly value: string; readonly id: string } {
  return { value: inLanguage(name, languages).text, id };
}

/** The organisations by their names, in the collation of the first language; those of one name by their ids. */
export function inOrderOfNames<Organisation extends ByName>(
  all: readonly Organisation[],
  languages: readonly [Language, ...Language[]],
): readonly Organisation[] {
  const compare = collations[languages[0]];
  return all
    .map((organisation) => ({ organisation, ...nameKey(organisation, languages) }))
    .sort((one, other) => compare(one.value, other.value) || (one.id < other.id ? -1 : 1))
    .map(({ organisation }) => organisation);
}
