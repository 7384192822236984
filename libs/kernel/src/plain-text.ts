/** The text in its one spelling: composed (NFC), lines that end with a line feed, spaces for tabs, no blanks around it. So it is compared and stored. */
export function spelled(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').replaceAll('\t', ' ').trim();
}

/** Whether there is something to read in it: invisible characters alone are none. */
export function isReadable(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/**
 * Whether it shows as it is written: without half characters and what is no character, control characters but line feeds, overrides of the direction
 * of writing, and marks of direction that are not closed in their line.
 */
export function isPlain(text: string): boolean {
  return (
    text.isWellFormed() &&
    !/(?!\n)\p{Cc}|[\u202D\u202E\uFFF9-\uFFFB]|\p{Noncharacter_Code_Point}/u.test(text) &&
    text.split('\n').every(areMarksPaired)
  );
}

/** By what each mark that opens a direction is closed. */
const closing: ReadonlyMap<string, string> = new Map([
  ...['\u202A', '\u202B'].map((embedding) => [embedding, '\u202C'] as const),
  ...['\u2066', '\u2067', '\u2068'].map((isolate) => [isolate, '\u2069'] as const),
]);

function areMarksPaired(line: string): boolean {
  const open: string[] = [];
  for (const [mark] of line.matchAll(/[\u202A-\u202C\u2066-\u2069]/gu)) {
    const closer = closing.get(mark);
    if (closer !== undefined) open.push(closer);
    else if (open.pop() !== mark) return false;
  }
  return open.length === 0;
}
