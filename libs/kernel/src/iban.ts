/** An IBAN in its one spelling: capitals, without spaces. */
export function spelledIban(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** Whether it has the form of an IBAN and its check digits are right (ISO 13616: modulo 97). A Finnish one has eighteen characters, all but the country digits. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  if (text.startsWith('FI') && !/^FI\d{16}$/.test(text)) return false;
  const digits = Number(text.slice(2, 4));
  return digits >= 2 && digits <= 98 && rest(`${text.slice(4)}${text.slice(0, 4)}`) === 1;
}

/** The IBAN of an account in a country, with the check digits that it must have. */
export function ibanOf(country: string, account: string): string {
  return `${country}${String(98 - rest(`${account}${country}00`)).padStart(2, '0')}${account}`;
}

/** The remainder by 97, with A as 10 and Z as 35. */
function rest(text: string): number {
  return [...text].reduce(
    (sum, sign) => [...parseInt(sign, 36).toString()].reduce((some, digit) => (some * 10 + Number(digit)) % 97, sum),
    0,
  );
}
