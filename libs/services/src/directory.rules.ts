import { dayOf, helsinkiTimeOf, type Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import { municipalities, municipalitiesOf, type MunicipalityCode } from '#kernel/municipality';
import type { RegionCode } from '#kernel/region';
import type { Timeline } from '#kernel/timeline';
import { firstInstant, type When } from '#kernel/when';
import {
  formOf,
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
      text: content ? searchable([...ownNames, ...textsOf(content)]) : '',
    }));
    const order = searchable(textsIn(latest.names).slice(0, 1));
    return [{ id: `${provider._id}/${service}`, service, provider, order, contents, since: first.effectiveAt }];
  });
}

/** The services on offer at the instant that are what is sought, in the order of the list. */
export function foundIn<Provider extends Provides>(
  listed: readonly Listed<Provider>[],
  sought: Sought,
  asOf: Instant,
): readonly Found<Provider>[] {
  const { form, kind, content: help, language, audience, isOpen } = sought;
  const words = sought.text === undefined ? [] : searchable([sought.text]).split(' ').filter(Boolean);
  const now = helsinkiTimeOf(asOf);
  const wanted = municipalitiesWanted(sought, asOf);
  return listed.flatMap((one) => {
    const there = one.contents.findLast(({ from }) => from <= asOf);
    const content = there?.content;
    const isSought =
      content &&
      (kind === undefined || content.kind === kind) &&
      (form === undefined || formOf(content.kind) === form) &&
      (help === undefined || content.contents.includes(help)) &&
      (language === undefined || content.languages.includes(language)) &&
      (audience === undefined || content.audiences.includes(audience) || content.audiences.includes('everyone')) &&
      (wanted === undefined || content.municipalities.length === 0 || content.municipalities.some((code) => wanted.has(code))) &&
      words.every((word) => there.text.includes(word)) &&
      (isOpen === undefined || isOpenAt(content, now) === isOpen);
    return isSought ? [{ listed: one, content }] : [];
  });
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

function textsOf({ names, description = {}, municipalities: codes, place }: ServiceContent): readonly string[] {
  const named = codes.flatMap((code) => Object.values(municipalities.get(code)?.names ?? {}));
  return [...textsIn(names), ...textsIn(description), ...named, ...(place ? [place.address, ...textsIn(place.description ?? {})] : [])];
}

function textsIn({ fi, sv, en }: LocalizedText): readonly string[] {
  return [fi, sv, en].filter((text) => text !== undefined);
}

/** Undefined where it does not matter where a service is offered. */
function municipalitiesWanted({ municipality, region }: Sought, asOf: Instant): ReadonlySet<MunicipalityCode> | undefined {
  const ofRegion = region && municipalitiesOf(region, dayOf(asOf)).map(({ code }) => code);
  if (municipality === undefined) return ofRegion && new Set(ofRegion);
  return new Set(ofRegion && !ofRegion.includes(municipality) ? [] : [municipality]);
}
