import { NodeCompiler, type PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Instant } from '#kernel/helsinki-time';
import type { Content } from './content.js';
import { printable, signsOf } from './glyphs.js';
import { layouts } from './layouts.js';

/** `ua-1`, for everyone to read, with a screen reader too; `a-2a`, for the archive. */
export const standards = ['ua-1', 'a-2a'] as const;
export type Standard = (typeof standards)[number];

const fonts = [
  import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
];
/** So many renderings what the compiler remembers of an earlier one stays. */
const keptRenderings = 20;

/**
 * Makes PDFs of contents with Typst. The same content, layout and instant make the same bytes, on any machine: the compiler and
 * the fonts are packages of exact versions, and its own fonts come before those of the machine.
 */
export class PdfRenderer {
  private readonly compiler: NodeCompiler;
  private readonly has: (codePoint: number) => boolean;

  constructor() {
    const fontBlobs = fonts.map((font) => readFileSync(fileURLToPath(font)));
    const coverages = fontBlobs.map(signsOf);
    this.has = (codePoint) => coverages.every((covers) => covers(codePoint));
    this.compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
  }

  /** @throws Error where the layout does not compile: a fault of the layout, whatever the content */
  render(content: Content, layout: number, at: Instant, standard: Standard): Buffer {
    const source = layouts[layout];
    if (source === undefined) throw new RangeError(`no layout ${layout}`);
    const data = JSON.stringify(content, (_, value: unknown) => (typeof value === 'string' ? printable(value, this.has) : value));
    const compiled = this.compiler.compile({ mainFileContent: source, inputs: { data } });
    const failed = compiled.takeError();
    if (failed || !compiled.result) throw new Error(`layout ${layout}: ${JSON.stringify(failed?.shortDiagnostics)}`);
    const pdf = this.compiler.pdf(compiled.result, {
      pdfStandard: standard satisfies `${PdfStandard}`,
      creationTimestamp: Math.floor(Date.parse(at) / 1_000),
    });
    this.compiler.evictCache(keptRenderings);
    return pdf;
  }
}
