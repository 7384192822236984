import type { Description } from '#kernel/event-schema';
import { entry } from '#kernel/keyed';
import type { Language } from '#kernel/localized-text';
import type { LabelOf } from '#kernel/refused';
import { problemText } from './validation.js';

/** What GraphQL says in English of a document or its variables before anything is resolved, in the caller's language. */

type Said = Readonly<Record<Exclude<Language, 'en'>, string>>;

/** A message by its form: the groups of the pattern stand for `{1}`, `{2}`; what they name is told as the label of a field where it is one. */
type Form = readonly [pattern: RegExp, said: Said];

/** What a value of a scalar must be: the texts by which the checks of a command say it. */
const scalars = {
  Day: 'not-a-day',
  When: 'not-a-time',
  Instant: 'not-an-instant',
  AsOf: 'not-an-instant-or-day',
  Cents: 'not-cents',
  Key: 'not-a-key',
  Matter: 'not-a-matter',
} as const;

const otherScalars: Readonly<Record<string, Description>> = {
  UUID: {
    fi: 'odotettiin UUID-tunnusta (7b2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c01)',
    sv: 'ett UUID väntades (7b2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c01)',
    en: 'a UUID was expected (7b2f0c1e-6d0a-4c55-9a55-0d6f5a7a1c01)',
  },
  Revision: {
    fi: 'muutoksen järjestysnumero annetaan tekstinä, kokonaislukuna ("0"; "-1", jos mitään ei vielä ole)',
    sv: 'ändringens ordningsnummer anges som text, ett heltal ("0"; "-1" där inget finns ännu)',
    en: 'a revision is given as text, a whole number ("0"; "-1" where there is none yet)',
  },
  Position: {
    fi: 'paikka lokissa on kuittauksen antama teksti, 32 heksadesimaalinumeroa',
    sv: 'ett läge i loggen är texten i ett kvitto, 32 hexadecimala siffror',
    en: 'a position is the text that a receipt gives, 32 hexadecimal digits',
  },
};

const forms: readonly Form[] = [
  [
    /^Expected non-nullable type ".+" not to be null\.$/,
    { fi: 'arvo puuttuu, eikä se voi olla null', sv: 'värdet saknas och kan inte vara null' },
  ],
  [/^Expected a value of type "(.+)"\.$/, { fi: 'arvo puuttuu (tyyppi {1})', sv: 'värdet saknas (typen {1})' }],
  [
    /^Expected (?:value of )?type "(\w+)!?"(?: to be an object|, found .+)?\.?(?: .*)?$/s,
    { fi: 'odotettiin arvoa, jonka tyyppi on {1}', sv: 'ett värde av typen {1} väntades' },
  ],
  [/^Field "(?:\w+\.)?(.+)" of required type ".+" was not provided\.$/, { fi: 'kenttä {1} puuttuu', sv: 'fältet {1} saknas' }],
  [/^Field "(.+)" is not defined by type "(.+?)"\./, { fi: 'kenttää {1} ei ole (tyyppi {2})', sv: 'fältet {1} finns inte (typen {2})' }],
  [
    /^Value "(.+)" does not exist in "(\w+)" enum\./,
    { fi: 'arvoa {1} ei ole valikoimassa {2}', sv: 'värdet {1} finns inte bland dem i {2}' },
  ],
  [
    /^Enum "(\w+)" cannot represent non-\w+ value: (.+?)\.(?: Did you mean .*)?$/s,
    { fi: '{2} ei ole mikään valikoiman {1} arvoista', sv: '{2} är inget av värdena i {1}' },
  ],
  [/^Int cannot represent .*?: (.+)$/s, { fi: 'odotettiin kokonaislukua, ei {1}', sv: 'ett heltal väntades, inte {1}' }],
  [/^Float cannot represent .*?: (.+)$/s, { fi: 'odotettiin lukua, ei {1}', sv: 'ett tal väntades, inte {1}' }],
  [
    /^String cannot represent .*?: (.+)$/s,
    { fi: 'odotettiin tekstiä lainausmerkeissä, ei {1}', sv: 'en text inom citattecken väntades, inte {1}' },
  ],
  [/^ID cannot represent .*?: (.+)$/s, { fi: 'odotettiin tunnusta, ei {1}', sv: 'ett id väntades, inte {1}' }],
  [/^Boolean cannot represent .*?: (.+)$/s, { fi: 'odotettiin arvoa true tai false, ei {1}', sv: 'true eller false väntades, inte {1}' }],
  [/^Cannot query field "(.+)" on type "(.+?)"\./, { fi: 'tyypillä {2} ei ole kenttää {1}', sv: 'typen {2} har inget fält {1}' }],
  [
    /^Unknown argument "(.+)" on (?:field|directive) "(.+?)"\./,
    { fi: 'kentällä {2} ei ole argumenttia {1}', sv: 'fältet {2} har inget argument {1}' },
  ],
  [
    /^Field "(.+)" argument "(.+)" of type "(.+)" is required, but it was not provided\.$/,
    { fi: 'kentän {1} argumentti {2} (tyyppi {3}) puuttuu', sv: 'argumentet {2} (typen {3}) saknas för fältet {1}' },
  ],
  [
    /^Field "(.+)" of type "(.+)" must have a selection of subfields\./,
    { fi: 'valitse, mitä kentästä {1} kysytään (tyyppi {2})', sv: 'välj vad som frågas av fältet {1} (typen {2})' },
  ],
  [
    /^Field "(.+)" must not have a selection since type "(.+)" has no subfields\.$/,
    { fi: 'kentällä {1} ei ole alakenttiä (tyyppi {2})', sv: 'fältet {1} har inga underfält (typen {2})' },
  ],
  [/^Variable "(\$.+?)" is not defined/, { fi: 'muuttujaa {1} ei ole esitelty', sv: 'variabeln {1} är inte deklarerad' }],
  [/^Variable "(\$.+?)" is never used/, { fi: 'muuttujaa {1} ei käytetä', sv: 'variabeln {1} används inte' }],
  [
    /^Variable "(\$.+)" of type "(.+)" used in position expecting type "(.+)"\.$/,
    { fi: 'muuttujan {1} tyyppi on {2}, mutta tässä tarvitaan {3}', sv: 'variabeln {1} är av typen {2}, men här behövs {3}' },
  ],
  [
    /^Variable "(\$.+)" cannot be non-input type "(.+)"\.$/,
    { fi: 'muuttujan {1} tyyppi ei voi olla {2}', sv: 'variabeln {1} kan inte vara av typen {2}' },
  ],
  [/^There can be only one (.+?) named "(.+)"\.$/, { fi: 'nimi {2} on annettu kahdesti', sv: 'namnet {2} har angetts två gånger' }],
  [/^Unknown type "(.+?)"\./, { fi: 'tyyppiä {1} ei ole', sv: 'typen {1} finns inte' }],
  [/^Unknown directive "(.+?)"\./, { fi: 'direktiiviä {1} ei ole', sv: 'direktivet {1} finns inte' }],
  [/^Unknown fragment "(.+)"\.$/, { fi: 'osakyselyä (fragment) {1} ei ole', sv: 'fragmentet {1} finns inte' }],
  [/^Fragment "(.+)" is never used\.$/, { fi: 'osakyselyä (fragment) {1} ei käytetä', sv: 'fragmentet {1} används inte' }],
  [
    /^Fields "(.+)" conflict because /,
    {
      fi: 'kenttä {1} on kysytty kahdella tavalla: anna toiselle oma nimi (alias)',
      sv: 'fältet {1} frågas på två sätt: ge det ena ett eget namn (alias)',
    },
  ],
  [
    /^Syntax Error: (?:Expected .+?, found|Unexpected) (.+?)\.?$/s,
    { fi: 'dokumentti ei ole GraphQL-kielen mukainen: odottamaton {1}', sv: 'dokumentet följer inte GraphQL: oväntat {1}' },
  ],
  [/^Syntax Error: (.+)$/s, { fi: 'dokumentti ei ole GraphQL-kielen mukainen ({1})', sv: 'dokumentet följer inte GraphQL ({1})' }],
];
const others: Said = { fi: 'pyyntö ei ole GraphQL-kielen mukainen ({1})', sv: 'begäran följer inte GraphQL ({1})' };
const meant: Said = { fi: 'Tarkoititko: {1}?', sv: 'Menade du: {1}?' };

/** The message in the language; in English as GraphQL says it. */
export function requestProblemIn(language: Language, message: string, labelOf: LabelOf): string {
  if (language === 'en') return message;
  const [, scalar = ''] = /^Expected (?:value of )?type "(\w+)!?"/.exec(message) ?? [];
  const text = entry(otherScalars, scalar) ?? problemText(entry(scalars, scalar));
  if (text) return text[language];
  const suggestions = Array.from(/ Did you mean (.*)\?$/s.exec(message)?.[1]?.matchAll(/"([^"]+)"/g) ?? [], ([, one]) => one as string);
  for (const [pattern, said] of forms) {
    const found = pattern.exec(message);
    if (!found) continue;
    const told = said[language].replaceAll(/\{(\d)\}/g, (_, group: string) => {
      const name = found[Number(group)] ?? '';
      return labelOf(name) ?? name;
    });
    return suggestions.length === 0 ? told : `${told}. ${meant[language].replace('{1}', () => suggestions.join(', '))}`;
  }
  return others[language].replace('{1}', () => message);
}
