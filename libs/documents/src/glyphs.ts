/** What stands for what a font cannot show, and for signs that would turn or hide what stands beside them: `[U+202E]`. */
export function printable(text: string, has: (codePoint: number) => boolean): string {
  return Array.from(text.normalize('NFC'), (sign) => {
    const code = sign.codePointAt(0) as number;
    return has(code) && !unseen.test(sign) ? sign : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}

/** Controls and signs of format; a soft hyphen and the joiners among them. */
const unseen = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]$/u;

/** Which signs a TrueType font has, by its character map. */
export function signsOf(font: Buffer): (codePoint: number) => boolean {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index++) {
    const record = 12 + 16 * index;
    if (font.toString('latin1', record, record + 4) === 'cmap') return signsInMap(font.subarray(font.readUInt32BE(record + 8)));
  }
  throw new RangeError('a font without a character map');
}

/** Of the formats of character maps the one that covers all of Unicode: 12, by groups of signs. */
function signsInMap(map: Buffer): (codePoint: number) => boolean {
  const count = map.readUInt16BE(2);
  for (let index = 0; index < count; index++) {
    const table = map.subarray(map.readUInt32BE(4 + 8 * index + 4));
    if (table.readUInt16BE(0) !== 12) continue;
    const groups = Array.from({ length: table.readUInt32BE(12) }, (_, group) => ({
      first: table.readUInt32BE(16 + 12 * group),
      last: table.readUInt32BE(16 + 12 * group + 4),
    }));
    return (code) => groups.some(({ first, last }) => first <= code && code <= last);
  }
  throw new RangeError('a font without a character map of format 12');
}
