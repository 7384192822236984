import { unchanged } from '#kernel/chosen-events';
import type { Fold } from '#kernel/decider';
import { effectiveAt, type EventOf, type Recorded } from '#kernel/envelope';
import { dayOf, type Day, type Instant } from '#kernel/helsinki-time';
import type { LocalizedText } from '#kernel/localized-text';
import type { RegionCode } from '#kernel/region';
import { entryAt, type Timeline } from '#kernel/timeline';
import { firstInstant, type When } from '#kernel/when';
import { organisationEvents, type OrganisationKind } from './organisation.events.js';

/** Who takes over what an organisation did, and from when. */
export interface Succession {
  readonly by: string;
  readonly from: When;
}

/** What deciders of other streams need of an organisation. */
export interface OrganisationFacts {
  readonly isRegistered: boolean;
  readonly kind?: OrganisationKind;
  readonly region?: RegionCode;
  /** From when it is registered. */
  readonly since?: When;
  readonly succession?: Succession;
}

export const organisationFacts: Fold<OrganisationFacts, typeof organisationEvents> = {
  category: 'organisation',
  events: organisationEvents,
  initial: { isRegistered: false },
  evolve: {
    OrganisationRegistered: (_, event) => {
      const { kind, region } = event.data;
      return { isRegistered: true, kind, since: effectiveAt(event), ...(region && { region }) };
    },
    OrganisationRegistrationCorrected: (organisation, event) => ({ ...organisation, since: effectiveAt(event) }),
    ...unchanged('OrganisationRenamed'),
    OrganisationSucceeded: (organisation, event) => ({ ...organisation, succession: successionOf(event) }),
    OrganisationSuccessionCorrected: (organisation, event) => ({ ...organisation, succession: successionOf(event) }),
  },
};

/** What the event says of the successor. */
export function successionOf(
  event: EventOf<typeof organisationEvents, 'OrganisationSucceeded' | 'OrganisationSuccessionCorrected'>,
): Succession {
  return { by: event.data.by, from: effectiveAt(event) };
}

/** Who has succeeded it by the instant; undefined where nobody has. */
export function successorAt({ succession }: Pick<OrganisationFacts, 'succession'>, at: Instant): string | undefined {
  return succession && firstInstant(succession.from) <= at ? succession.by : undefined;
}

/** From when it is registered, where that is after all of these instants: until then there is no such organisation. */
export function registeredAfter({ since }: Pick<OrganisationFacts, 'since'>, ...instants: readonly Instant[]): Day | undefined {
  return since !== undefined && instants.every((at) => firstInstant(since) > at) ? dayOf(firstInstant(since)) : undefined;
}

/** Whether it was in the register at the instant, and had not been succeeded. */
export function isActiveAt(organisation: OrganisationFacts, at: Instant): boolean {
  const { isRegistered, since } = organisation;
  return isRegistered && (since === undefined || firstInstant(since) <= at) && successorAt(organisation, at) === undefined;
}

/** The names of an organisation whose first day was corrected: those of its first day count from the corrected one. */
export function namesFrom(names: Timeline<LocalizedText>, corrected: Recorded): Timeline<LocalizedText> {
  const from = effectiveAt(corrected);
  const first = [from, ...names.slice(0, 1).map((one) => one.effectiveAt)]
    .map(firstInstant)
    .reduce((one, other) => (one > other ? one : other));
  const held = entryAt(names, first);
  return held ? [{ ...held, effectiveAt: from }, ...names.filter((one) => firstInstant(one.effectiveAt) > first)] : names;
}
