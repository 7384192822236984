/**
 * The key of a matter, which its plan, its application and its grant share: by the applicant where one is named, else by
 * the region. Two hyphens stand in no key, so that no two pairs make the same one.
 */
export function matterKey({
  call,
  region,
  applicant,
}: {
  readonly call: string;
  readonly region: string;
  readonly applicant?: string;
}): string {
  return `${call}--${applicant ?? region}`;
}

/** The call of a matter, with whose key its own begins. */
export function callOfMatter(matter: string): string {
  return matter.slice(0, matter.indexOf('--'));
}

/** The matter as it is stored: a region's code may be written as elsewhere, with R before it. */
export function spelledMatter(text: string): string {
  return text.replace(/--R(\d{2})$/i, '--$1');
}
