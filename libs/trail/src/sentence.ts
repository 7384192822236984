import { roleNames } from '#access/role-names';
import type { Actor } from '#kernel/envelope';
import type { Description, Field, Fields } from '#kernel/event-schema';
import { helsinkiClock } from '#kernel/helsinki-time';
import { entry } from '#kernel/keyed';
import { inLanguage, languages, type Language, type LocalizedText } from '#kernel/localized-text';
import { filledText, type ErrorText } from '#kernel/refused';
import { regions } from '#kernel/region';

/** A sentence names so many of an event's fields at most. */
const mostFields = 4;
const longestValue = 80;

const words = {
  yes: { fi: 'kyllä', sv: 'ja', en: 'yes' },
  no: { fi: 'ei', sv: 'nej', en: 'no' },
  nobody: { fi: 'joku ilman siihen oikeuttavaa roolia', sv: 'någon utan en roll som tillåter det', en: 'somebody without a role for it' },
} satisfies Record<string, Description>;

/** What a sentence is made of. */
export interface Told {
  /** What the event's definition says that happened. */
  readonly description: Description;
  readonly fields: Fields;
  /** As far as the reader sees it. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** Why a rule refused a command: its text with what it names. */
  readonly because?: { readonly text: ErrorText; readonly details: Parameters<typeof filledText>[1] };
}

/**
 * What happened, in a sentence in each language: who did it, what the event's definition says, and its first fields by their
 * descriptions. So every event has one, and nothing is said twice.
 */
export function sentenceOf(told: Told): LocalizedText {
  return Object.fromEntries(languages.map((language) => [language, sentenceIn(language, told)]));
}

function sentenceIn(language: Language, { description, fields, data, actor, because }: Told): string {
  const named = Object.entries(fields)
    .flatMap(([name, field]) => {
      const value = isNamed(field, entry(data, name), actor.id) ? valueText(field, entry(data, name), language) : undefined;
      return value === undefined ? [] : [`${field.description[language]}: ${value}`];
    })
    .slice(0, mostFields);
  const who = [roleName(actor.role)[language], actor.organisation].filter((part) => part !== undefined).join(', ');
  const why = because && filledText(because.text[language], because.details, language, because.text.terms);
  return [`${capital(who)}: ${description[language]}`, ...(named.length > 0 ? [named.join('; ')] : []), ...(why ? [why] : [])]
    .map((part) => (part.endsWith('.') ? part : `${part}.`))
    .join(' ');
}

function roleName(role: string): Description {
  return role === 'none' ? words.nobody : (entry(roleNames, role) ?? { fi: role, sv: role, en: role });
}

/** A sentence names no person, and the actor by their role. */
function isNamed({ personalOf }: Field, value: unknown, actor: string): boolean {
  return personalOf === undefined && value !== actor;
}

/** The value as people write it; undefined where there is none, or it is no single one. */
function valueText({ form, items }: Field, value: unknown, language: Language): string | undefined {
  if (value === undefined || value === null || items || form?.kind === 'hash') return undefined;
  const text = typeof value === 'string' ? value : typeof value === 'object' ? '' : JSON.stringify(value);
  switch (form?.kind) {
    case 'cents':
      return filledText('{value:euros} €', { value: text }, language);
    case 'share':
      return `${Number(value) / 100} %`;
    case 'boolean':
      return (value === true ? words.yes : words.no)[language];
    case 'instant':
    case 'instant-or-day':
    case 'when':
      return text.includes('T') ? helsinkiClock(text) : filledText('{value}', { value: text }, language);
    case 'region':
      return entry(regions, text)?.[language] ?? text;
    case 'localized':
      return shortened(inLanguage(value, [language]).text);
    default:
      return text === '' ? undefined : shortened(filledText('{value}', { value: text }, language));
  }
}

/** At most so long, and without the full stop of a sentence of its own. */
function shortened(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text.replace(/\.$/, '');
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fi') + text.slice(1);
}
