import { dayOf, helsinkiTimeOf, type HelsinkiTime, type Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import { hasEndedBy, municipalities, municipalitiesOf, type MunicipalityCode } from '#kernel/municipality';
import type { RegionCode } from '#kernel/region';
import type { Timeline } from '#kernel/timeline';
import { firstInstant, type When } from '#kernel/when';
import {
  supportAudiences,
  supportContents,
  supportForms,
  supportLanguages,
  type ServiceContent,
  type SupportAudience,
  type SupportContent,
  type SupportForm,
  type SupportKind,
  type SupportLanguage,
} from './service-content.events.js';
import { isOpenAt } from './service-content.rules.js';

/** A provider, as far as its services are found by it. */
export interface Provides {
  readonly _id: string;
  readonly names: Timeline<LocalizedText>;
  readonly services: Readonly<Record<string, Timeline<ServiceContent | null>>>;
}

/** What a service offered from a time on, and the text that it is found by. */
interface ListedContent {
  readonly from: Instant;
  readonly content: ServiceContent | null;
  readonly text: string;
}

/** A service as the directory has it: through time, ready to be searched. */
export interface Listed<Provider extends Provides = Provides> {
  readonly id: string;
  readonly service: string;
  readonly provider: Provider;
  /** By what the directory is ordered, before the id. */
  readonly order: string;
  readonly contents: readonly ListedContent[];
  readonly since: When;
}

/** A service that was found, and what it offers then. */
export interface Found<Provider extends Provides = Provides> {
  readonly listed: Listed<Provider>;
  readonly content: ServiceContent;
}

/** What a service must be to be found; what is left out does not matter. */
export interface Sought {
  /** Words that all stand in its texts, in any language, whatever their case and accents. */
  readonly text?: string;
  readonly municipality?: MunicipalityCode;
  readonly region?: RegionCode;
  readonly form?: SupportForm;
  readonly kind?: SupportKind;
  /** Whether a municipality that it names had ended by then. */
  readonly toBeMoved?: boolean;
  readonly content?: SupportContent;
  readonly language?: SupportLanguage;
  readonly audience?: SupportAudience;
  readonly isOpen?: boolean;
}

/** The services of a provider as the directory lists them. */
export function listedOf<Provider extends Provides>(provider: Provider): readonly Listed<Provider>[] {
  const ownNames = provider.names.flatMap(({ value }) => textsIn(value));
  return Object.entries(provider.services).flatMap(([service, timeline]) => {
    const [first, latest] = [timeline[0], timeline.findLast(({ value }) => value !== null)?.value];
    if (!first || !latest) return [];
    const contents = timeline.map(({ effectiveAt, value: content }) => ({
      from: firstInstant(effectiveAt),
      content,
      text: content ? compact(searchable([...ownNames, ...textsOf(content)])) : '',
    }));
    const order = searchable(textsIn(latest.names).slice(0, 1));
    return [{ id: `${provider._id}/${service}`, service, provider, order, contents, since: first.effectiveAt }];
  });
}

/** What is on offer from an instant until another, laid out so that most of it is passed over without being looked at. */
export interface OnOffer<Provider extends Provides = Provides> {
  readonly from: Instant;
  /** When something begins, changes or ends; undefined where nothing does any more. */
  readonly until: Instant | undefined;
  readonly services: readonly (Found<Provider> & Pick<ListedContent, 'text'>)[];
  /** By the place of the service: a bit for each of its marks. */
  readonly marks: Int32Array;
  readonly languages: Int32Array;
  /** The places of the services of each municipality, by its code, and of those of the whole country. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** The places of the services offered in municipalities of a region in that year, each once. */
  readonly placesIn: (region: RegionCode, year: string) => readonly number[];
  /** By the place of the service: whether it is open at that minute; nothing where its hours are not known. */
  readonly openAt: (minute: HelsinkiTime) => readonly (boolean | undefined)[];
  /** By the place of the service: 1 where the word stands in its text. */
  readonly withWord: (word: string) => Uint8Array;
}

/** So many words are kept with where they stand: most who search search for the same few. */
const mostWords = 200;

const nationwide = 'everywhere';

/** What of the list is on offer at the instant, in its order. */
export function onOfferAt<Provider extends Provides>(listed: readonly Listed<Provider>[], asOf: Instant): OnOffer<Provider> {
  const services = listed.flatMap((one) => {
    const { content, text = '' } = one.contents.findLast(({ from }) => from <= asOf) ?? {};
    return content ? [{ listed: one, content, text }] : [];
  });
  const places = new Map<string, number[]>();
  for (const [place, { content }] of services.entries())
    for (const code of content.municipalities.length === 0 ? [nationwide] : content.municipalities) {
      const those = places.get(code);
      if (those) those.push(place);
      else places.set(code, [place]);
    }
  const [from, until] = around(listed, asOf);
  return {
    from,
    until,
    services,
    marks: Int32Array.from(services, ({ content }) => marksOf([content.kind, ...content.contents, ...content.audiences])),
    languages: Int32Array.from(services, ({ content }) => marksOf(content.languages)),
    places,
    placesIn: keptOf(
      (_region, year) => year,
      (region: RegionCode, year: string) => [
        ...new Set(municipalitiesOf(region, `${year}-01-01`).flatMap(({ code }) => places.get(code) ?? [])),
      ],
    ),
    openAt: keptOf(
      ({ day, time }) => `${day} ${time}`,
      (minute: HelsinkiTime) => services.map(({ content }) => isOpenAt(content, minute)),
    ),
    withWord: keptOf(
      (_word) => '',
      (word: string) => Uint8Array.from(services, ({ text }) => (text.includes(word) ? 1 : 0)),
      mostWords,
    ),
  };
}

/** The same, each answer kept while what is asked is of the same age: most ask about now. */
function keptOf<Asked extends readonly unknown[], Answer>(
  ageOf: (...asked: Asked) => string,
  answer: (...asked: Asked) => Answer,
  most = Infinity,
): (...asked: Asked) => Answer {
  let age: string | undefined;
  const kept = new Map<string, Answer>();
  return (...asked) => {
    if (ageOf(...asked) !== age || kept.size >= most) kept.clear();
    age = ageOf(...asked);
    const key = String(asked[0]);
    const known = kept.get(key) ?? answer(...asked);
    kept.set(key, known);
    return known;
  };
}

/** The services that are what is sought, in the order of the list; what is open is so at the instant. */
export function foundIn<Provider extends Provides>(
  { services, marks, languages, places, openAt, withWord }: OnOffer<Provider>,
  { text, form, kind, content, language, audience, isOpen, toBeMoved, ...where }: Sought,
  asOf: Instant,
): readonly Found<Provider>[] {
  const words = text === undefined ? [] : searchable([text]).split(' ').filter(Boolean);
  const open = isOpen === undefined ? [] : openAt(helsinkiTimeOf(asOf));
  const wanted = municipalitiesWanted(where, asOf);
  const isThere = wanted && placesOf(wanted, places, services.length);
  // Of few places it is faster to look at each.
  const standsIn = isThere ? undefined : words.map(withWord);
  // A service has one at least of each set of marks.
  const sets = [
    ...(form ? [marksOf(supportForms[form])] : []),
    ...(kind ? [marksOf([kind])] : []),
    ...(content ? [marksOf([content])] : []),
    ...(audience ? [marksOf([audience, 'everyone'])] : []),
  ];
  const spoken = language && marksOf([language]);
  return services.filter(
    (service, place) =>
      (isThere === undefined || isThere[place] === 1) &&
      sets.every((set) => ((marks[place] as number) & set) !== 0) &&
      (spoken === undefined || ((languages[place] as number) & spoken) !== 0) &&
      (isOpen === undefined || open[place] === isOpen) &&
      (toBeMoved === undefined || endedIn(service.content, asOf).length > 0 === toBeMoved) &&
      words.every((word, index) => (standsIn ? standsIn[index]?.[place] === 1 : service.text.includes(word))),
  );
}

/** The municipalities that the content names and that had ended by the instant. */
export function endedIn({ municipalities: codes, place }: ServiceContent, asOf: Instant): readonly MunicipalityCode[] {
  const named = new Set([...codes, ...(place ? [place.municipality] : [])]);
  return [...named].filter((code) => hasEndedBy(code, dayOf(asOf)));
}

/** The services that are offered in municipalities of the region, each once; not those of the whole country. */
export function offeredIn<Provider extends Provides>(
  { services, placesIn }: OnOffer<Provider>,
  region: RegionCode,
  asOf: Instant,
): readonly Found<Provider>[] {
  return placesIn(region, dayOf(asOf).slice(0, 4)).map((place) => services[place] as Found<Provider>);
}

/** The services that are offered in the whole country. */
export function offeredNationwide<Provider extends Provides>({ services, places }: OnOffer<Provider>): readonly Found<Provider>[] {
  return (places.get(nationwide) ?? []).map((place) => services[place] as Found<Provider>);
}

/** The bits of what can be said of a service; languages have a count of their own, for there are 32 bits. */
const bits: ReadonlyMap<string, number> = new Map([
  ...[...Object.values(supportForms).flat(), ...supportContents, ...supportAudiences].map((value, bit) => [value, 1 << bit] as const),
  ...supportLanguages.map((value, bit) => [value, 1 << bit] as const),
]);

function marksOf(values: readonly string[]): number {
  return values.reduce((marks, value) => marks | (bits.get(value) ?? 0), 0);
}

function placesOf(wanted: readonly MunicipalityCode[], places: OnOffer['places'], count: number): Uint8Array {
  const found = new Uint8Array(count);
  for (const code of [nationwide, ...wanted]) for (const place of places.get(code) ?? []) found[place] = 1;
  return found;
}

/** The last instant until the given one, and the first one after it, at which anything of the list changes. */
function around(listed: readonly Listed[], asOf: Instant): readonly [Instant, Instant | undefined] {
  let [from, until]: [Instant, Instant | undefined] = ['', undefined];
  for (const { contents } of listed)
    for (const change of contents)
      if (change.from <= asOf) from = change.from > from ? change.from : from;
      else if (until === undefined || change.from < until) until = change.from;
  return [from, until];
}

/** In the order of the directory: by name, then by id. */
export function compareListed(a: Listed, b: Listed): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id === b.id ? 0 : 1;
}

/** The texts as they are searched: without case, accents and marks, with single spaces between words. */
function searchable(texts: readonly string[]): string {
  return texts
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The same text, read anew: where all letters are Latin, as they are without accents, it takes a byte for each and is searched in half the time. */
function compact(text: string): string {
  return decoder.decode(encoder.encode(text));
}

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

function textsOf({ names, description = {}, municipalities: codes, place }: ServiceContent): readonly string[] {
  const named = codes.flatMap((code) => Object.values(municipalities.get(code)?.names ?? {}));
  return [...textsIn(names), ...textsIn(description), ...named, ...(place ? [place.address, ...textsIn(place.description ?? {})] : [])];
}

function textsIn({ fi, sv, en }: LocalizedText): readonly string[] {
  return [fi, sv, en].filter((text) => text !== undefined);
}

/** Undefined where it does not matter where a service is offered. */
function municipalitiesWanted({ municipality, region }: Pick<Sought, 'municipality' | 'region'>, asOf: Instant) {
  const ofRegion = region && municipalitiesOf(region, dayOf(asOf)).map(({ code }) => code);
  if (municipality === undefined) return ofRegion;
  return ofRegion && !ofRegion.includes(municipality) ? [] : [municipality];
}
