import type { Instant } from '#kernel/helsinki-time';
import { dayOf } from '#kernel/helsinki-time';
import { regionOfMunicipality, type MunicipalityCode } from '#kernel/municipality';
import type { RegionCode } from '#kernel/region';
import { valueAt } from '#kernel/timeline';
import type { Found, Provides } from './directory.rules.js';
import { formOf, supportForms, type SupportForm } from './service-content.events.js';

/** How many services there are of each form of support. */
export type ByForm = Readonly<Record<SupportForm, number>>;

/** Where services are on offer. Those of the whole country are counted apart, for they are everywhere. */
export interface Coverage {
  readonly nationwide: ByForm;
  /** A service that is offered in several municipalities of a region counts once in it. */
  readonly regions: ReadonlyMap<RegionCode, ByForm>;
  readonly municipalities: ReadonlyMap<MunicipalityCode, ByForm>;
}

export const noServices: ByForm = Object.fromEntries(Object.keys(supportForms).map((form) => [form, 0])) as Record<SupportForm, number>;

/** Where the services that are on offer at the instant are, form by form. */
export function coverageOf(services: readonly Pick<Found, 'content'>[], asOf: Instant): Coverage {
  const nationwide = { ...noServices };
  const regions = new Map<RegionCode, Record<SupportForm, number>>();
  const municipalities = new Map<MunicipalityCode, Record<SupportForm, number>>();
  const day = dayOf(asOf);
  for (const { content } of services) {
    const form = formOf(content.kind);
    if (content.municipalities.length === 0) nationwide[form] += 1;
    for (const code of content.municipalities) counted(municipalities, code, form);
    const its = content.municipalities.flatMap((code) => regionOfMunicipality(code, day) ?? []);
    for (const region of new Set(its)) counted(regions, region, form);
  }
  return { nationwide, regions, municipalities };
}

function counted<Key>(counts: Map<Key, Record<SupportForm, number>>, key: Key, form: SupportForm): void {
  const known = counts.get(key) ?? { ...noServices };
  known[form] += 1;
  counts.set(key, known);
}

/** How many services were on offer at each of the instants, form by form. */
export function servicesAt(providers: Iterable<Pick<Provides, 'services'>>, instants: readonly Instant[]): readonly ByForm[] {
  const counts = instants.map(() => ({ ...noServices }));
  for (const { services } of providers)
    for (const timeline of Object.values(services))
      for (const [index, instant] of instants.entries()) {
        const content = valueAt(timeline, instant);
        if (content) (counts[index] as Record<SupportForm, number>)[formOf(content.kind)] += 1;
      }
  return counts;
}
