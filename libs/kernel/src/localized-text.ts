export const languages = ['fi', 'sv', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text in the languages in which it is known; at least one. */
export type LocalizedText = { readonly [language in Language]?: string } & {
  /** In which of them it was written, where that is known: the others are translations. */
  readonly original?: readonly Language[];
};

/** What of the texts, by their names, is not there in Finnish or in Swedish, in which it must be published: `names.sv`. */
export function missingInFinnishOrSwedish(texts: Readonly<Record<string, LocalizedText>>): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    (['fi', 'sv'] as const).filter((language) => text[language] === undefined).map((language) => `${name}.${language}`),
  );
}

/** The text in the first of the wanted languages in which it is known, else in that in which it was written, else in Finnish, Swedish or English. */
export function inLanguage(text: LocalizedText, wanted: readonly Language[]): { text: string; language: Language } {
  for (const language of [...wanted, ...(text.original ?? []), ...languages]) {
    const found = text[language];
    if (found !== undefined) return { text: found, language };
  }
  throw new RangeError('a localized text without a text');
}
