import type { Day } from '#kernel/helsinki-time';
import type { Language } from '#kernel/localized-text';
import type { BasisPoints, Cents } from '#kernel/money';

/**
 * How documents write numbers and days. Written out here, and not taken from the locales of the Node that runs: what a
 * document said once it says for ever.
 */

const months = ['January', 'February', 'March', 'April', 'May', 'June'].concat([
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]);
const euros: Readonly<Record<Language, string>> = { fi: 'euroa', sv: 'euro', en: 'euros' };
const noBreak = '\u00a0';

/** `1 234 567,89 euroa`, `1,234,567.89 euros`. */
export function money(amount: Cents, language: Language): string {
  const [thousands, point] = language === 'en' ? [',', '.'] : [noBreak, ','];
  const whole = String(Math.trunc(amount / 100)).replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${whole}${point}${String(amount % 100).padStart(2, '0')}${noBreak}${euros[language]}`;
}

/** `70 %`, `62,5 %`; without a space in English. */
export function perCent(share: BasisPoints, language: Language): string {
  const number = String(share / 100);
  return language === 'en' ? `${number}%` : `${number.replace('.', ',')}${noBreak}%`;
}

/** `1.12.2026`, `1 December 2026`. */
export function day(date: Day, language: Language): string {
  const [year, month, ofMonth] = date.split('-').map(Number) as [number, number, number];
  return language === 'en' ? `${ofMonth}${noBreak}${months[month - 1]} ${year}` : `${ofMonth}.${month}.${year}`;
}

/** `1.1.2027–31.12.2027`, `1 January 2027 to 31 December 2027`. */
export function days({ from, to }: { readonly from: Day; readonly to: Day }, language: Language): string {
  return [day(from, language), day(to, language)].join(language === 'en' ? ' to ' : '–');
}
