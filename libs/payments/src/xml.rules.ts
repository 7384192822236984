import { SaxesParser } from 'saxes';

/** An element to be written, with its text or what is within it. What is undefined is left out. */
export type Written = readonly [
  name: string,
  content: string | readonly (Written | undefined)[],
  attributes?: Readonly<Record<string, string>>,
];

/** A document of XML 1.0. Every text comes in as data: what would be markup is written as the characters that it is. */
export function xmlOf(root: Written): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, '')}`;
}

function element([name, content, attributes = {}]: Written, indent: string): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${said.join('')}>`;
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>\n`;
  const within = content.flatMap((one) => (one === undefined ? [] : [element(one, `${indent}  `)]));
  return `${open}\n${within.join('')}${indent}</${name}>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `${entities[sign as '&']}`);
}

/** A text of one line that XML 1.0 can hold, of so many characters at most: half characters and controls have no place in it. */
export function lineOf(text: string, most: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Noncharacter_Code_Point}\uFFFD]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...line].slice(0, most).join('').trim();
}

/** An element that was read: by its local name, whatever the prefix. */
export interface Read {
  readonly name: string;
  readonly namespace: string;
  readonly text: string;
  readonly within: readonly Read[];
}

/** The root of a document. @throws SyntaxError where it is not well-formed, or declares a document type: nothing from elsewhere is read into it */
export function readXml(document: string): Read {
  const parser = new SaxesParser({ xmlns: true });
  const above: { name: string; namespace: string; text: string; within: Read[] }[] = [];
  let root: Read | undefined;
  parser.on('doctype', () => {
    throw new SyntaxError('a document type is declared');
  });
  parser.on('error', (error) => {
    throw new SyntaxError(error.message);
  });
  parser.on('opentag', ({ local, uri }) => above.push({ name: local, namespace: uri, text: '', within: [] }));
  const said = (text: string) => {
    const now = above.at(-1);
    if (now) now.text += text;
  };
  parser.on('text', said);
  parser.on('cdata', said);
  parser.on('closetag', () => {
    const closed = above.pop() as Read;
    const parent = above.at(-1);
    if (parent) parent.within.push(closed);
    else root = closed;
  });
  parser.write(document.replace(/^\uFEFF/, '')).close();
  return root as Read;
}

/** The first element at the end of the path; undefined where there is none. */
export function at(element: Read | undefined, ...path: readonly string[]): Read | undefined {
  return path.reduce<Read | undefined>((one, name) => one?.within.find((child) => child.name === name), element);
}

/** All elements of that name right within it. */
export function all(element: Read | undefined, name: string): readonly Read[] {
  return element?.within.filter((child) => child.name === name) ?? [];
}

/** The text of the element at the end of the path, without the blanks around it; undefined where there is none. */
export function textAt(element: Read | undefined, ...path: readonly string[]): string | undefined {
  const text = at(element, ...path)?.text.trim();
  return text === '' ? undefined : text;
}
