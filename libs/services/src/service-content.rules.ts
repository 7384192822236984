import { dayOf, type HelsinkiTime, type Instant } from '#kernel/helsinki-time';
import { municipalities, municipalityOn, type MunicipalityCode } from '#kernel/municipality';
import { formOf, weekdays, type ServiceContent, type SupportKind } from './service-content.events.js';
import { refuse } from './provider.refusals.js';

interface Open {
  readonly opens: string;
  readonly closes: string;
}

/** Kinds of support that one goes to. */
const places: readonly SupportKind[] = ['service-point', 'unstaffed-service-point'];

/** The content with nothing in it twice. @throws Refused where it lacks something, or says what cannot be at the instant from which it holds */
export function rightContent(content: ServiceContent, from: Instant): ServiceContent {
  const once = {
    ...content,
    contents: [...new Set(content.contents)],
    languages: [...new Set(content.languages)],
    audiences: [...new Set(content.audiences)],
    municipalities: [...new Set(content.municipalities)],
    accessibility: [...new Set(content.accessibility)],
  };
  requireComplete(once);
  requirePossiblePlaces(once, from);
  requirePossibleHours(once);
  return once;
}

/** Whether a service is open by the clock in Helsinki; undefined where its hours are not known. */
export function isOpenAt({ hours, exceptions }: Pick<ServiceContent, 'hours' | 'exceptions'>, { day, weekday, time }: HelsinkiTime) {
  const isOpen = ({ opens, closes }: Open) => opens <= time && time < closes;
  const exception = exceptions.find(({ on }) => on === day);
  if (exception) return exception.hours.some(isOpen);
  return hours.length === 0 ? undefined : hours.some((one) => one.weekday === weekdays[weekday - 1] && isOpen(one));
}

function requireComplete({ kind, contents, languages, audiences, ...content }: ServiceContent): void {
  const missing = [
    ...(contents.length === 0 ? ['contents'] : []),
    ...(languages.length === 0 ? ['languages'] : []),
    ...(audiences.length === 0 ? ['audiences'] : []),
    ...(formOf(kind) === 'near' && content.municipalities.length === 0 ? ['municipalities'] : []),
    ...(places.includes(kind) && !content.place ? ['place'] : []),
    ...(kind === 'phone' && content.phone === undefined ? ['phone'] : []),
  ];
  if (missing.length > 0) throw refuse('service-incomplete', { missing });
}

function requirePossiblePlaces({ municipalities: codes, place }: ServiceContent, from: Instant): void {
  for (const code of codes) requireMunicipality('municipalities', code, from);
  if (!place) return;
  requireMunicipality('place.municipality', place.municipality, from);
  if (codes.length > 0 && !codes.includes(place.municipality))
    throw refuse('service-place-elsewhere', { municipality: place.municipality });
}

function requireMunicipality(field: string, municipality: MunicipalityCode, from: Instant): void {
  if (municipalityOn(municipality, dayOf(from))) return;
  const year = municipalities.get(municipality)?.endedAfter;
  if (year === undefined) throw refuse('service-municipality-unknown', { field, municipality });
  throw refuse('service-municipality-ended', { field, municipality, year });
}

function requirePossibleHours({ hours, exceptions }: ServiceContent): void {
  requireApart(hours, 'hours', (one, other) => one.weekday === other.weekday);
  for (const [index, { on, hours: those }] of exceptions.entries()) {
    const field = `exceptions.${index}`;
    if (exceptions.findIndex((other) => other.on === on) !== index) throw refuse('exception-twice', { field, on });
    requireApart(those, `${field}.hours`, () => true);
  }
}

/** @throws Refused where hours end before they begin, or two of the same day overlap */
function requireApart<Hours extends Open>(hours: readonly Hours[], list: string, isSameDay: (one: Hours, other: Hours) => boolean): void {
  for (const [index, one] of hours.entries()) {
    const field = `${list}.${index}`;
    if (one.opens >= one.closes) throw refuse('hours-impossible', { field, opens: one.opens, closes: one.closes });
    const overlaps = (other: Hours) => isSameDay(one, other) && one.opens < other.closes && other.opens < one.closes;
    if (hours.slice(0, index).some(overlaps)) throw refuse('hours-overlap', { field });
  }
}
