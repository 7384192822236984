import { Field, Int, ObjectType } from '@nestjs/graphql';
import { commitmentStates, commitmentTo, type CommitmentState, type EthicalPrinciplesFacts } from '#ethics/ethical-principles.facts';
import { CommitmentStateEnum, principlesAt } from '#ethics/ethical-principles.types';
import { connectionType } from '#edge/connection';
import { enumOf } from '#edge/graphql-enum';
import { LocalizedTextType } from '#edge/localized-text.type';
import { municipalityOf, MunicipalityType } from '#edge/municipality.type';
import { once } from '#edge/once';
import { dated, objectOf } from '#edge/records';
import { regionOf, RegionType } from '#edge/region.type';
import { KeyScalar, WhenScalar } from '#edge/scalars';
import type { Moment } from '#edge/views';
import { helsinkiTimeOf, type Instant } from '#kernel/helsinki-time';
import { omit } from '#kernel/keyed';
import type { LocalizedText } from '#kernel/localized-text';
import type { Stored } from '#kernel/projection';
import { entryAt, valueAt } from '#kernel/timeline';
import { OrganisationKind } from '#organisations/organisation.events';
import { endedIn, offeredNationwide, type Found } from './directory.rules.js';
import { directoryAt } from './directory.types.js';
import { providerEvents } from './provider.events.js';
import type { ProviderRow } from './providers.projection.js';
import { formOf, serviceContent, SupportForm, supportForms, SupportKind, type ServiceContent } from './service-content.events.js';
import { isOpenAt } from './service-content.rules.js';
import { supportFormNames, supportKindNames } from './service-content.terms.js';

/** Made at once: no event has it as a field. */
export const SupportFormEnum = enumOf(SupportForm);

@ObjectType('EthicalCommitment', { description: 'A provider’s commitment to a version of ethical principles.' })
class EthicalCommitmentType extends objectOf({ ...providerEvents.EthicalPrinciplesCommitted.fields, ...dated }) {
  @Field(() => CommitmentStateEnum, { description: 'What it is worth then.' })
  state!: CommitmentState;
}

@ObjectType('Service', { description: 'A service of digital support, as it was on offer at the time asked for.' })
export class ServiceType extends objectOf(omit(serviceContent, 'names', 'municipalities')) {
  @Field(() => KeyScalar, { description: 'Its id among the provider’s.' })
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => SupportFormEnum)
  form!: SupportForm;

  @Field(() => [MunicipalityType], { description: 'Where it is offered.' })
  municipalities!: MunicipalityType[];

  @Field(() => [MunicipalityType], {
    description:
      'Those of them, and of its place, that had ended by then: its provider is to say where it is offered now. The classification does not say into which one a municipality merged.',
  })
  endedMunicipalities!: MunicipalityType[];

  @Field(() => Boolean, { description: 'Whether it is offered in the whole country.' })
  isNationwide!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is open then, by the clock in Helsinki; null where its hours are not known.',
  })
  isOpen?: boolean;

  @Field(() => WhenScalar, { description: 'Since when it is on offer.' })
  since!: string;

  @Field(() => CommitmentStateEnum, { description: 'How its provider stands towards the ethical principles.' })
  commitment!: CommitmentState;

  /** What it offers, as it is described. */
  content!: ServiceContent;
  /** What its provider is made of, where it is asked for. */
  seen!: Seen;
  providerRow!: Stored<ProviderRow>;
}

@ObjectType('Provider', { description: 'An organisation that provides digital support, as it was at the time asked for.' })
export class ProviderType extends objectOf(providerEvents.ProviderRegistered.fields) {
  @Field(() => KeyScalar, { description: 'That of the organisation.' })
  id!: string;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => enumOf(OrganisationKind))
  kind!: OrganisationKind;

  @Field(() => RegionType, { nullable: true, description: 'The region it works in, where the register says so.' })
  region?: RegionType;

  @Field(() => WhenScalar, { description: 'Since when it is a provider.' })
  since!: string;

  @Field(() => CommitmentStateEnum, { description: 'How it stands towards the ethical principles.' })
  commitment!: CommitmentState;

  @Field(() => [EthicalCommitmentType])
  commitments!: EthicalCommitmentType[];

  row!: Stored<ProviderRow>;
  seen!: Seen;
}

@ObjectType('SupportKindName', { description: 'A kind of support, and what it is called.' })
class SupportKindNameType {
  @Field(() => enumOf(SupportKind))
  kind!: SupportKind;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;
}

@ObjectType('SupportFormName', { description: 'A form of support with its kinds, and what they are called.' })
export class SupportFormNameType {
  @Field(() => SupportFormEnum)
  form!: SupportForm;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [SupportKindNameType])
  kinds!: readonly SupportKindNameType[];
}

/** The forms of support: those of which a service is one. */
export const supportFormsNamed: readonly SupportFormNameType[] = (Object.keys(supportForms) as SupportForm[]).map((form) => ({
  form,
  name: supportFormNames[form],
  kinds: supportForms[form].map((kind) => ({ kind, name: supportKindNames[kind] })),
}));

@ObjectType('SupportOfForm', { description: 'The services of a form of support in a region.' })
export class SupportOfFormType {
  @Field(() => SupportFormEnum)
  form!: SupportForm;

  @Field(() => Int, { description: 'How many services there are.' })
  services!: number;

  @Field(() => Int, { description: 'How many of them are offered in the whole country.' })
  nationwide!: number;

  @Field(() => Int, { description: 'How many of them are of providers that are committed to the ethical principles in force.' })
  committed!: number;
}

export const ServiceConnection = connectionType(ServiceType, 'Service');
export const ProviderConnection = connectionType(ProviderType, 'Provider');

/** A moment, the ethical principles as they were published then, and how providers are found to stand towards them. */
export interface Seen {
  readonly moment: Moment;
  readonly principles: ReadonlyMap<string, EthicalPrinciplesFacts>;
  readonly states: Map<Stored<ProviderRow>, CommitmentState>;
}

/** What is seen at the moment; the same each time. */
export const seenAt = once(async (moment: Moment): Promise<Seen> => ({
  moment,
  principles: await principlesAt(moment),
  states: new Map(),
}));

/** The same number of each form of support. */
export type SupportCounts = ReadonlyMap<SupportForm, { services: number; committed: number }>;

/** How many services of each form there are among those found, and of how many the provider is committed to the principles. */
export function supportCounts(found: Iterable<Found<Stored<ProviderRow>>>, seen: Seen): SupportCounts {
  const counts = new Map((Object.keys(supportForms) as SupportForm[]).map((form) => [form, { services: 0, committed: 0 }]));
  for (const { content, listed } of found) {
    const count = counts.get(formOf(content.kind)) as { services: number; committed: number };
    count.services += 1;
    if (commitmentOf(listed.provider, seen) === 'committed') count.committed += 1;
  }
  return counts;
}

/** The services of the whole country, counted once for all regions. */
export const nationwideSupport = once(async (seen: Seen): Promise<SupportCounts> => {
  const { onOffer } = await directoryAt(seen.moment);
  return supportCounts(offeredNationwide(onOffer), seen);
});

export function serviceOf({ listed, content }: Found<Stored<ProviderRow>>, seen: Seen): ServiceType {
  const { asOf } = seen.moment;
  const { names, municipalities, ...rest } = content;
  const isOpen = isOpenAt(content, helsinkiTimeOf(asOf));
  return {
    ...rest,
    id: listed.service,
    name: names,
    form: formOf(content.kind),
    municipalities: municipalities.flatMap((code) => municipalityOf(code, asOf) ?? []),
    endedMunicipalities: endedIn(content, asOf).flatMap((code) => municipalityOf(code, asOf) ?? []),
    isNationwide: municipalities.length === 0,
    ...(isOpen !== undefined && { isOpen }),
    since: listed.since,
    commitment: commitmentOf(listed.provider, seen),
    content,
    seen,
    providerRow: listed.provider,
  };
}

/** The provider as it was at the moment; undefined before it was one. */
export function providerAt(row: Stored<ProviderRow>, seen: Seen): ProviderType | undefined {
  const { principles, moment } = seen;
  const { asOf } = moment;
  const registration = valueAt(row.registrations, asOf);
  const name = valueAt(row.names, asOf);
  if (!registration || !name) return undefined;
  const commitments = Object.entries(row.commitments).flatMap(([key, timeline]) => {
    const found = entryAt(timeline, asOf);
    const published = principles.get(key);
    if (!found || found.value === null || !published) return [];
    const { value: version, effectiveAt } = found;
    return [{ principles: key, version, effectiveAt, state: commitmentTo(version, published, asOf) }];
  });
  return {
    ...registration,
    id: row._id,
    name,
    kind: row.kind,
    ...(row.region && { region: regionOf(row.region) }),
    since: (row.registrations[0] as (typeof row.registrations)[number]).effectiveAt,
    commitment: commitmentOf(row, seen),
    commitments,
    row,
    seen,
  };
}

/** The best that the provider's commitments are worth. */
export function commitmentOf(row: Stored<ProviderRow>, { moment: { asOf }, principles, states }: Seen): CommitmentState {
  const known = states.get(row);
  if (known) return known;
  const worth = Object.entries(row.commitments).map(([key, timeline]) => worthAt(timeline, principles.get(key), asOf));
  const best = commitmentStates.find((state) => worth.includes(state)) ?? 'none';
  states.set(row, best);
  return best;
}

function worthAt(
  timeline: ProviderRow['commitments'][string],
  published: EthicalPrinciplesFacts | undefined,
  asOf: Instant,
): CommitmentState {
  return published ? commitmentTo(valueAt(timeline, asOf) ?? undefined, published, asOf) : 'none';
}
