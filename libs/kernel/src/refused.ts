import { entry } from './keyed.js';
import { languages, type Language } from './localized-text.js';

/** What an error says beside its code, in the caller's terms: amounts, instants, ids; never personal data. */
export type Details = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What codes among the details are called: by the detail's name and the code. */
export type Terms = Readonly<Record<string, Readonly<Record<string, Readonly<Record<Language, string>>>>>>;

/**
 * A text of an error in the three languages; `{name}` stands for the detail of that name, `{name:euros}` for one in cents,
 * and `{name:label}` for what the field of that name is called.
 */
export interface ErrorText extends Readonly<Record<Language, string>> {
  readonly terms?: Terms;
}

export type ErrorTexts<Code extends string = string> = Readonly<Record<Code, ErrorText>>;

/** An error that a user can meet: a stable code, and details that its text names. */
export abstract class CodedError extends Error {
  constructor(
    readonly code: string,
    readonly details: Details = {},
    options?: ErrorOptions,
  ) {
    super(Object.keys(details).length === 0 ? code : `${code} ${JSON.stringify(details)}`, options);
  }
}

/** A rule refused the command. It is recorded, and the same command id is answered the same again. */
export class Refused extends CodedError {
  override readonly name = 'Refused';
}

/** The command or question could not be answered now or as it was put. Nothing is recorded; it may be tried again. */
export class Failed extends CodedError {
  override readonly name = 'Failed';
}

/**
 * The refusals of a context: their texts by code, and `refuse`, which takes only these codes.
 *
 *     export const { texts: callRefusals, refuse } = refusals({ 'call-unknown': { fi: …, sv: …, en: … } });
 *     throw refuse('call-unknown');
 */
export function refusals<const Texts extends ErrorTexts>(texts: Texts) {
  return {
    texts,
    refuse: (code: keyof Texts & string, details?: Details): Refused => new Refused(code, details),
  };
}

/** The failures of a part of the plumbing, as `refusals` are those of a context. */
export function failures<const Texts extends ErrorTexts>(texts: Texts) {
  return {
    texts,
    fail: (code: keyof Texts & string, details?: Details, options?: ErrorOptions): Failed => new Failed(code, details, options),
  };
}

/** Details that name fields, by their paths. */
const fieldsAmong: readonly string[] = ['missing', 'field'];

/** What a field of what was asked is called, by its path; undefined where that is not known. */
export type LabelOf = (path: string) => string | undefined;

/**
 * The text with its details put in, as people write them: codes by their terms, fields by what they are called, days as
 * 27.10.2019. What a term says may name details, too. A detail that is missing stays visible as `{name}`; of a list in
 * brackets that has nothing in it nothing is written.
 */
export function filledText(
  template: string,
  details: Details,
  language: Language,
  terms: Terms = {},
  labelOf: LabelOf = () => undefined,
): string {
  const fill = (text: string): string =>
    text.replace(/\{([\w.]+)(:euros|:label)?\}/g, (whole, name: string, form?: string) => {
      if (form === ':label') return labelOf(name) ?? name;
      const value = entry(details, name);
      if (value === undefined) return whole;
      const written = (one: unknown) => {
        if (form === ':euros') return euros(String(one), language);
        const term = entry(entry(terms, name) ?? {}, String(one))?.[language];
        return term === undefined ? (fieldLabel(name, String(one)) ?? dayText(String(one))) : fill(term);
      };
      return Array.isArray(value) ? value.map(written).join(', ') : written(value);
    });
  const fieldLabel = (name: string, path: string) => (fieldsAmong.includes(name) ? labelOf(path) : undefined);
  const isEmpty = (name: string) => Array.isArray(entry(details, name)) && (entry(details, name) as readonly unknown[]).length === 0;
  return fill(template.replace(/ \(\{(\w+)\}\)/g, (whole, name: string) => (isEmpty(name) ? '' : whole)));
}

/** The details as they are told: amounts as texts, each of them, as everywhere in the API. */
export function toldDetails(details: Details, { en }: ErrorText): Details {
  const amounts = Array.from(en.matchAll(/\{(\w+):euros\}/g), ([, name]) => name as string);
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, amounts.includes(name) ? String(value) : value]));
}

/** The text with its details put in, in each language. */
export function filledTexts(text: ErrorText, details: Details): Readonly<Record<Language, string>> {
  const said = languages.map((language) => [language, filledText(text[language], details, language, text.terms)]);
  return Object.fromEntries(said) as Record<Language, string>;
}

function euros(cents: string, language: Language): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(`${cents}E-2` as `${number}`);
}

function dayText(text: string): string {
  return text.replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$3.$2.$1');
}
