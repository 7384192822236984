import type { Description, Fields } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';

/** What is within a value of a form that is no record. */
const within: Readonly<Record<string, Description>> = {
  from: { fi: 'alku', sv: 'början', en: 'beginning' },
  to: { fi: 'loppu', sv: 'slutet', en: 'end' },
  fi: { fi: 'suomeksi', sv: 'på finska', en: 'in Finnish' },
  sv: { fi: 'ruotsiksi', sv: 'på svenska', en: 'in Swedish' },
  en: { fi: 'englanniksi', sv: 'på engelska', en: 'in English' },
};

const fieldsAsked = new WeakMap<object, Fields>();
const inputs = new Map<string, Fields>();

/** The error is about an input with these fields: what it names of them is told by what they are called. */
export function aboutFields(error: unknown, fields: Fields): void {
  if (typeof error === 'object' && error !== null) fieldsAsked.set(error, fields);
}

/** The fields of the input that the error is about; undefined where it is about none. */
export function fieldsOf(error: object): Fields | undefined {
  return fieldsAsked.get(error);
}

/** The input type of that name has these fields. */
export function nameInput(type: string, fields: Fields): void {
  inputs.set(type, fields);
}

/** The fields of the input type of that name. */
export function fieldsOfInput(type: string): Fields | undefined {
  return inputs.get(type);
}

/** What the field at the path is called, `«Ehdot: Haku päättyy»`; undefined where there is none. A name alone may be one of a record within. */
export function labelIn(fields: Fields, path: string, language: Language): string | undefined {
  const parts = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const found = labelsIn(fields, parts, language) ?? (parts.length === 1 ? withinRecords(fields, parts, language) : undefined);
  return found && `«${found.join(': ')}»`;
}

function labelsIn(fields: Fields, [name, ...rest]: readonly string[], language: Language): readonly string[] | undefined {
  const field = name === undefined ? undefined : entry(fields, name);
  if (!field) return undefined;
  const label = field.description[language];
  // An item of a list is told by its place, the first as 1.
  const [place] = field.items ? rest : [];
  const isPlace = place !== undefined && /^\d+$/.test(place);
  const here = isPlace ? `${label} ${Number(place) + 1}` : label;
  const below = isPlace ? rest.slice(1) : rest;
  const [next] = below;
  if (next === undefined) return [here];
  const known = field.fields ?? field.items?.fields;
  const deeper = known ? labelsIn(known, below, language) : [entry(within, next)?.[language] ?? next];
  return [here, ...(deeper ?? below)];
}

function withinRecords(fields: Fields, path: readonly string[], language: Language): readonly string[] | undefined {
  for (const field of Object.values(fields)) {
    const found = field.fields && labelsIn(field.fields, path, language);
    if (found) return found;
  }
  return undefined;
}
