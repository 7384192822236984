import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';

/** A text in each of the languages of documents. */
export type Texts = Readonly<Record<Language, string>>;

/** A text as somebody wrote it, in the language in which it is: shown as it stands, never read as markup. */
export interface Said {
  readonly text: string;
  readonly language: Language;
}

/** What stands in a document, in its order. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly said: Said }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly said: Said }[] }
  | { readonly kind: 'list'; readonly items: readonly Said[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Said[])[] };

/** All that a document says, in one language. PDF and HTML show the same. */
export interface Content {
  readonly language: Language;
  readonly title: string;
  /** Who issues it. */
  readonly issuer: string;
  /** What is said before all else: that it is a translation, or fictional. */
  readonly notices: readonly string[];
  readonly blocks: readonly Block[];
  /** What every page says at its foot. */
  readonly footer: string;
}

/** What a template asks for by name: a text of the system’s, a written text, several of them, or rows. What is missing is left out. */
export type Values = Readonly<Record<string, string | Said | readonly Said[] | readonly (readonly (string | Said)[])[] | undefined>>;

/** What a template puts into a document; `when` names the value without which it is left out. `{name}` in a text is a value. */
export type TemplateBlock = { readonly when?: string } & (
  | { readonly heading: Texts }
  | { readonly paragraph: Texts }
  | { readonly said: string }
  | { readonly facts: readonly (readonly [label: Texts, value: string])[] }
  | { readonly list: string }
  | { readonly table: string; readonly columns: readonly Texts[] }
);

/** How documents of a kind are made. In force from its day until that of the next version; kept for ever, so that each can be made again. */
export interface Template {
  readonly version: number;
  /** The first day in Helsinki whose documents are made by it. */
  readonly from: string;
  /** The layout of the PDF, by its number. */
  readonly layout: number;
  readonly title: Texts;
  readonly footer: Texts;
  readonly blocks: readonly TemplateBlock[];
}

/** The version in force on the day. */
export function templateOn(versions: readonly Template[], day: string): Template {
  const found = versions.findLast(({ from }) => from <= day);
  if (!found) throw new RangeError(`no template is in force on ${day}`);
  return found;
}

/** What the template makes of the values in the language. */
export function filled(
  template: Template,
  values: Values,
  { language, issuer, notices }: Pick<Content, 'language' | 'issuer' | 'notices'>,
): Content {
  const own = (text: string): Said => ({ text, language });
  const said = (name: string): readonly Said[] => {
    const value = entry(values, name);
    if (value === undefined) return [];
    if (typeof value === 'string') return [own(value)];
    return 'text' in value ? [value] : (value as readonly Said[]);
  };
  const text = (texts: Texts) => texts[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => said(name)[0]?.text ?? '');
  const blockOf = (block: TemplateBlock): readonly Block[] => {
    if (block.when !== undefined && isEmpty(entry(values, block.when))) return [];
    if ('heading' in block) return [{ kind: 'heading', text: text(block.heading) }];
    if ('paragraph' in block) return [{ kind: 'paragraph', said: own(text(block.paragraph)) }];
    if ('said' in block)
      return said(block.said)
        .flatMap(paragraphsOf)
        .map((one) => ({ kind: 'paragraph', said: one }));
    if ('list' in block) return nonEmpty(said(block.list), (items) => ({ kind: 'list', items }));
    if ('facts' in block) {
      const rows = block.facts.flatMap(([label, name]) => said(name).map((one) => ({ label: text(label), said: one })));
      return nonEmpty(rows, (some) => ({ kind: 'facts', rows: some }));
    }
    const cells = (entry(values, block.table) ?? []) as readonly (readonly (string | Said)[])[];
    const rows = cells.map((row) => row.map((cell) => (typeof cell === 'string' ? own(cell) : cell)));
    return nonEmpty(rows, (some) => ({ kind: 'table', columns: block.columns.map(text), rows: some }));
  };
  return {
    language,
    title: text(template.title),
    issuer,
    notices,
    blocks: template.blocks.flatMap(blockOf),
    footer: text(template.footer),
  };
}

function paragraphsOf({ text, language }: Said): readonly Said[] {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ text: line, language }));
}

function isEmpty(value: Values[string]): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function nonEmpty<Item>(items: readonly Item[], block: (items: readonly Item[]) => Block): readonly Block[] {
  return items.length === 0 ? [] : [block(items)];
}
