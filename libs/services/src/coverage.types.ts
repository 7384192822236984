import { Field, Int, ObjectType } from '@nestjs/graphql';
import { once } from '#edge/once';
import type { Moment } from '#edge/views';
import type { Instant } from '#kernel/helsinki-time';
import { coverageOf, noServices, servicesAt, type ByForm, type Coverage } from './coverage.rules.js';
import { directoryAt } from './directory.types.js';
import type { SupportForm } from './service-content.events.js';
import { SupportFormEnum } from './service.types.js';

@ObjectType('ServicesOfForm', { description: 'How many services there are of a form of support.' })
export class ServicesOfFormType {
  @Field(() => SupportFormEnum)
  form!: SupportForm;

  @Field(() => Int)
  services!: number;
}

/** Where services were on offer at the moment; counted once for all that asks. */
export const coverageAt = once(async (moment: Moment): Promise<Coverage> => {
  const { onOffer } = await directoryAt(moment);
  return coverageOf(onOffer.services, moment.asOf);
});

/** How many services were on offer at each of the instants, as the moment knows them. */
export async function servicesOverTime(moment: Moment, instants: readonly Instant[]): Promise<readonly ByForm[]> {
  const { providers } = await directoryAt(moment);
  return servicesAt(providers.values(), instants);
}

/** The counts form by form, in their order; of no form where nothing is on offer. */
export function formsOf(counts: ByForm = noServices): ServicesOfFormType[] {
  return Object.entries(counts).map(([form, services]) => ({ form: form as SupportForm, services }));
}
