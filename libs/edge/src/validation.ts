import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { entry } from '#kernel/keyed';
import { failures, type ErrorText, type LabelOf } from '#kernel/refused';
import type { Language } from '#kernel/localized-text';
import { isAccepted } from './accepted.js';

export const { texts: validationFailures, fail } = failures({
  'invalid-input': {
    fi: 'Komentoa ei tallennettu: {problems}.',
    sv: 'Kommandot sparades inte: {problems}.',
    en: 'The command was not recorded: {problems}.',
  },
});

/** What can be wrong with a field. */
const problems = {
  'not-a-key': {
    fi: 'tunnuksessa saa olla vain pieniä kirjaimia (a–z) ja numeroita, välissä yhdysmerkkejä; enintään 64 merkkiä',
    sv: 'ett id får bara innehålla små bokstäver (a–z) och siffror, åtskilda av bindestreck; högst 64 tecken',
    en: 'an id is small letters and digits joined by hyphens, at most 64 characters',
  },
  'not-a-matter': {
    fi: 'asian tunnus on haun tunnus, kaksi yhdysmerkkiä ja hakijan tunnus tai maakunnan koodi (haku-2019--19), enintään 130 merkkiä',
    sv: 'ett ärendes id är utlysningens id, två bindestreck och sökandens id eller landskapets kod (utlysning-2019--19), högst 130 tecken',
    en: 'the id of a matter is the call’s id, two hyphens, and the applicant’s id or the region’s code (call-2019--19), at most 130 characters',
  },
  'not-a-municipality': {
    fi: 'kunta annetaan kuntanumerona, kolmella numerolla (091 on Helsinki)',
    sv: 'en kommun anges med sin kommunkod, tre siffror (091 är Helsingfors)',
    en: 'a municipality is given by its code of three digits (091 is Helsinki)',
  },
  'not-a-clock-time': {
    fi: 'kellonaika on muodossa 09:30, enintään 24:00',
    sv: 'ett klockslag skrivs 09:30, högst 24:00',
    en: 'a time of day is written 09:30, up to 24:00',
  },
  'not-a-text': { fi: 'odotettiin tekstiä', sv: 'en text väntades', en: 'a text was expected' },
  'text-length': {
    fi: 'teksti on tyhjä tai liian pitkä: enintään {most} merkkiä',
    sv: 'texten är tom eller för lång: högst {most} tecken',
    en: 'the text is empty or too long: at most {most} characters',
  },
  'text-characters': {
    fi: 'tekstissä on merkkejä, jotka eivät näy tai kääntävät kirjoitussuunnan; kirjoita kohta uudelleen ilman niitä',
    sv: 'texten har tecken som inte syns eller som vänder skrivriktningen; skriv om den utan dem',
    en: 'the text has characters that do not show or that turn the direction of writing; write it again without them',
  },
  'text-missing': {
    fi: 'teksti puuttuu: anna se ainakin yhdellä kielellä',
    sv: 'texten saknas: ange den på minst ett språk',
    en: 'the text is missing: give it in one language at least',
  },
  'not-cents': {
    fi: 'määrä on kokonaisia senttejä, nolla tai enemmän',
    sv: 'ett belopp är hela cent, noll eller mer',
    en: 'an amount is whole cents, zero or more',
  },
  'not-a-count': {
    fi: 'luku on kokonaisluku, nolla tai enemmän',
    sv: 'ett antal är ett heltal, noll eller mer',
    en: 'a count is a whole number, zero or more',
  },
  'not-a-number': { fi: 'odotettiin lukua', sv: 'ett tal väntades', en: 'a number was expected' },
  'not-a-version': {
    fi: 'versio on kokonaisluku, yksi tai enemmän',
    sv: 'en version är ett heltal, ett eller mer',
    en: 'a version is a whole number, one or more',
  },
  'count-too-large': { fi: 'luku on enintään {most}', sv: 'talet är högst {most}', en: 'the number is {most} at most' },
  'not-a-year': { fi: 'vuosi on 2000–2200', sv: 'ett år är 2000–2200', en: 'a year is 2000 to 2200' },
  'not-a-share': {
    fi: 'osuus on 0–10000 prosentin sadasosaa (7000 on 70 %)',
    sv: 'en andel är 0–10000 hundradelar av en procent (7000 är 70 %)',
    en: 'a share is 0 to 10000 basis points (7000 is 70 %)',
  },
  'not-a-choice': { fi: 'arvo ei ole mikään sallituista', sv: 'värdet är inget av de tillåtna', en: 'the value is none of those allowed' },
  'not-a-list': { fi: 'odotettiin luetteloa', sv: 'en lista väntades', en: 'a list was expected' },
  'listed-twice': {
    fi: 'sama kohta on luettelossa kahdesti',
    sv: 'samma punkt finns två gånger i listan',
    en: 'the list has the same item twice',
  },
  'list-length': {
    fi: 'luettelossa saa olla enintään 100 kohtaa',
    sv: 'en lista får ha högst 100 punkter',
    en: 'a list may have 100 items at most',
  },
  'not-a-time': {
    fi: 'aika on hetki, päivä, kuukausi tai vuodenaika (2019-10-15T13:15:00Z, 2019-10-15, 2019-10, 2018-autumn)',
    sv: 'en tid är ett ögonblick, en dag, en månad eller en årstid (2019-10-15T13:15:00Z, 2019-10-15, 2019-10, 2018-autumn)',
    en: 'a time is an instant, a day, a month or a season (2019-10-15T13:15:00Z, 2019-10-15, 2019-10, 2018-autumn)',
  },
  'not-an-instant-or-day': {
    fi: 'aika on hetki tai päivä (2019-10-15T13:15:00Z, 2019-10-15)',
    sv: 'en tid är ett ögonblick eller en dag (2019-10-15T13:15:00Z, 2019-10-15)',
    en: 'a time is an instant or a day (2019-10-15T13:15:00Z, 2019-10-15)',
  },
  'not-an-instant': {
    fi: 'aika on hetki (2019-10-15T13:15:00Z)',
    sv: 'en tid är ett ögonblick (2019-10-15T13:15:00Z)',
    en: 'a time is an instant (2019-10-15T13:15:00Z)',
  },
  'not-a-day': { fi: 'päivä on muodossa 2019-10-15', sv: 'en dag skrivs 2019-10-15', en: 'a day is written 2019-10-15' },
  'year-out-of-range': { fi: 'vuosi on 1900–2200', sv: 'ett år är 1900–2200', en: 'a year is 1900 to 2200' },
  'not-a-hash': {
    fi: 'tiiviste on 64 heksadesimaalinumeroa (SHA-256)',
    sv: 'ett kondensat är 64 hexadecimala siffror (SHA-256)',
    en: 'a hash is 64 hexadecimal digits (SHA-256)',
  },
  'not-an-address': { fi: 'osoite alkaa https://', sv: 'en adress börjar med https://', en: 'an address begins with https://' },
  'not-an-email': { fi: 'sähköpostiosoite ei kelpaa', sv: 'e-postadressen godkänns inte', en: 'this is no e-mail address' },
  'unknown-field': { fi: 'kenttää ei ole', sv: 'fältet finns inte', en: 'there is no such field' },
} as const satisfies Record<string, ErrorText>;
export type Problem = keyof typeof problems;

/** What is said of a problem. */
export function problemText(problem: Problem | undefined): ErrorText | undefined {
  return problem && problems[problem];
}

/** More would tell nobody more. */
const mostProblems = 10;

/** An instance of the class with the content, checked by class-validator. @throws Failed `invalid-input`, which names the fields, ten at most */
export async function validated<Instance extends object>(type: new () => Instance, content: object): Promise<Instance> {
  const instance = plainToInstance(type, withoutNulls(content), { exposeUnsetFields: false });
  if (isAccepted(instance)) return instance;
  const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  if (errors.length > 0) throw fail('invalid-input', { problems: errors.flatMap((error) => faults(error)).slice(0, mostProblems) });
  return instance;
}

/** The problems of an `invalid-input` in a language: `«Terms: Applications until»: a time is …`. */
export function problemsIn(language: Language, found: readonly string[], labelOf: LabelOf = () => undefined): readonly string[] {
  return found.map((one) => {
    const [path = '', said = ''] = one.split(': ');
    const [problem = '', most = ''] = said.split(' ');
    const text = entry(problems, problem);
    return `${labelOf(path) ?? path}: ${text ? text[language].replace('{most}', most) : said}`;
  });
}

/** Clients send null for what they leave out. */
function withoutNulls(value: unknown): object {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? withoutNulls(item) : (item as object)));
  const entries = Object.entries(value as object).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [key, isObject(member) ? withoutNulls(member) : (member as unknown)]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function faults({ property, constraints, children }: ValidationError, path = ''): string[] {
  const here = path === '' ? property : `${path}.${property}`;
  const codes = Object.entries(constraints ?? {}).map(([check, code]) => (check === 'whitelistValidation' ? 'unknown-field' : code));
  return [...new Set(codes)].map((code) => `${here}: ${code}`).concat((children ?? []).flatMap((child) => faults(child, here)));
}
