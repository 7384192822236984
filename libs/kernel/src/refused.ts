/** What an error says beside its code, in the caller's terms: amounts, instants, ids; never personal data. */
export type Details = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A text of an error in the three languages; `{name}` stands for the detail of that name. */
export interface ErrorText {
  readonly fi: string;
  readonly sv: string;
  readonly en: string;
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
    fail: (code: keyof Texts & string, details?: Details, options?: ErrorOptions): Failed =>
      new Failed(code, details, options),
  };
}

/** The text with its details put in; a detail that is missing stays visible as `{name}`. */
export function filledText(template: string, details: Details): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name];
    if (value === undefined) return whole;
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
}
