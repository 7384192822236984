import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { filled, templateOn, type Content, type Template } from './content.js';
import { days, money, perCent } from './formats.js';
import { printable } from './glyphs.js';
import { htmlPage } from './html-page.js';
import { PdfRenderer } from './pdf-renderer.js';

const at = '2026-12-01T09:00:00.000Z';
const hostile = ['#read("x")', '*a* _b_ `c` $x^2$ @ref <label> // \\u{41}', '= Otsikko', '#set text(99pt)', '«Ähtäri» – Čáhcesuolu, ŋ'];
/** Headings are a template’s, and never empty. */
const content = (text: string, heading = text.trim() || 'x'): Content => ({
  language: 'fi',
  title: heading,
  issuer: text,
  notices: [text],
  blocks: [
    { kind: 'heading', text: heading },
    { kind: 'paragraph', said: { text, language: 'sv' } },
    { kind: 'facts', rows: [{ label: text, said: { text, language: 'fi' } }] },
    { kind: 'list', items: [{ text, language: 'fi' }] },
    { kind: 'table', columns: [text, text], rows: [[text, text].map((one) => ({ text: one, language: 'fi' as const }))] },
  ],
  footer: text,
});
const hash = (pdf: Buffer) => createHash('sha256').update(pdf).digest('hex');

describe('a document as a PDF', () => {
  const renderer = new PdfRenderer();

  it('has the same bytes each time, for the same content, layout and instant', () => {
    const once = hash(renderer.render(content('x'), 1, at, 'ua-1'));
    expect(hash(new PdfRenderer().render(content('x'), 1, at, 'ua-1'))).toBe(once);
    expect(hash(renderer.render(content('y'), 1, at, 'ua-1'))).not.toBe(once);
    expect(hash(renderer.render(content('x'), 1, '2026-12-01T09:00:01.000Z', 'ua-1'))).not.toBe(once);
  });

  it('is rendered whatever a text says, also where it looks like markup or has signs that no font has', () => {
    for (const text of [...hostile, '漢字 😀 \u0007 \ue000 \u202etxt.exe \u200b\u00ad', 'x'.repeat(5_000), '', ' '])
      for (const standard of ['ua-1', 'a-2a'] as const)
        expect(renderer.render(content(text), 1, at, standard).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('a sign', () => {
  it('that cannot be shown, or would turn or hide what stands beside it, is shown by its number', () => {
    const has = (code: number) => code < 0x2100;
    expect(printable('a\u202eb\u0007c漢d\u00ade', has)).toBe('a[U+202E]b[U+0007]c[U+6F22]d[U+00AD]e');
    for (const text of hostile) expect(printable(text, has)).toBe(text);
  });
});

describe('a document as HTML', () => {
  it('shows texts as they are', () => {
    const page = htmlPage(content('<script>alert(1)</script> & "x" #read'));
    expect(page).not.toContain('<script>');
    expect(page).toContain('<p lang="sv">&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; #read</p>');
  });
});

describe('a template', () => {
  const texts = (text: string) => ({ fi: text, sv: text, en: text });
  const template: Template = {
    version: 1,
    from: '2020-01-01',
    layout: 1,
    title: texts('Title'),
    footer: texts('{case}'),
    blocks: [
      { when: 'given', heading: texts('Given') },
      { when: 'missing', heading: texts('Missing') },
      {
        facts: [
          [texts('Case'), 'case'],
          [texts('Missing'), 'missing'],
        ],
      },
      { paragraph: texts('{amount} and {case}') },
      { said: 'given' },
    ],
  };

  it('is the one in force on the day', () => {
    const next = { ...template, version: 2, from: '2026-12-01' };
    expect(templateOn([template, next], '2026-11-30').version).toBe(1);
    expect(templateOn([template, next], '2026-12-01').version).toBe(2);
    expect(() => templateOn([template], '2019-12-31')).toThrow('no template');
  });

  it('leaves out what is missing, and takes values for what they are', () => {
    const values = { case: '{amount}', amount: '1', given: { text: 'one\n\ntwo', language: 'sv' } } as const;
    expect(filled(template, values, { language: 'fi', issuer: 'i', notices: [] })).toEqual({
      language: 'fi',
      title: 'Title',
      issuer: 'i',
      notices: [],
      footer: '{amount}',
      blocks: [
        { kind: 'heading', text: 'Given' },
        { kind: 'facts', rows: [{ label: 'Case', said: { text: '{amount}', language: 'fi' } }] },
        { kind: 'paragraph', said: { text: '1 and {amount}', language: 'fi' } },
        { kind: 'paragraph', said: { text: 'one', language: 'sv' } },
        { kind: 'paragraph', said: { text: 'two', language: 'sv' } },
      ],
    });
  });
});

describe('a number in a document', () => {
  it('is written as the language writes it', () => {
    expect(money(123_456_789, 'fi')).toBe('1\u00a0234\u00a0567,89\u00a0euroa');
    expect(money(5, 'sv')).toBe('0,05\u00a0euro');
    expect(money(100_000, 'en')).toBe('1,000.00\u00a0euros');
    expect(perCent(6_250, 'fi')).toBe('62,5\u00a0%');
    expect(days({ from: '2027-01-01', to: '2027-12-31' }, 'en')).toBe('1\u00a0January 2027 to 31\u00a0December 2027');
  });
});
