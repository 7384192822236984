import { regions, type RegionCode } from '#kernel/region';
import type { Person } from './demo-server.js';

/** Who takes part. All of them, and the round, are fictional, and say so by their names; the regions are real. */

export const call = 'demo-2025';

export const registrar: Person = { name: 'Raili Rekisteri', role: 'ministry-registrar' };
export const presenter: Person = { name: 'Esko Esittely', role: 'ministry-presenter' };
export const otherPresenter: Person = { name: 'Eeva Esittely', role: 'ministry-presenter' };
export const decider: Person = { name: 'Raimo Ratkaisu', role: 'ministry-decider' };
export const agency: Person = { name: 'Kaisa Kommentti', role: 'agency-coordinator' };

/** The regions that take part, in the order of their codes. */
export const codes = ['01', '02', '04', '06', '07', '09', '10', '11', '12', '13', '14', '15', '17', '19'] as const satisfies RegionCode[];

/** An applicant with its people, and its number in the list. */
export interface Party {
  readonly index: number;
  readonly code: RegionCode;
  readonly region: `R${RegionCode}`;
  readonly name: string;
  readonly organisation: string;
  readonly application: string;
  readonly coordinator: Person;
  readonly signatory: Person;
}

export const parties: readonly Party[] = codes.map((code, index) => {
  const organisation = `demo-council-${code}`;
  return {
    index,
    code,
    region: `R${code}`,
    name: regions[code].fi,
    organisation,
    application: `${call}--${organisation}`,
    coordinator: { name: `Koordinoija ${regions[code].fi}`, role: 'regional-coordinator', region: code },
    signatory: { name: `Allekirjoittaja ${regions[code].fi}`, role: 'applicant-signatory', organisation },
  };
});

/** The party of the region. */
export function of(code: (typeof codes)[number]): Party {
  return parties.find((party) => party.code === code) as Party;
}

/** A town that may not apply in this call. */
export const town = { organisation: 'demo-town', region: 'R06', application: `${call}--demo-town` } as const;

/** Does for each at the same time what they do without waiting for each other. Where one fails, once all are done. */
export async function together(some: readonly Party[], act: (party: Party) => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled(some.map(act));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
