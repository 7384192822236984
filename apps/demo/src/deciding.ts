import { contentOf } from './applying.js';
import { decider, of, presenter } from './cast.js';
import type { DemoServer } from './demo-server.js';

/** The first of the applications is decided, as it was proposed. */
export async function deciding(demo: DemoServer): Promise<void> {
  const party = of('19');
  await demo.at('2025-11-26T10:00');
  const { data } = await demo.ask('query ($id: Matter!) { application(id: $id) { revision } }', decider, { id: party.application });
  await demo.send(
    'decideGrant',
    {
      application: party.application,
      applicationRevision: Number((data as { application: { revision: string } }).application.revision),
      outcome: 'GRANTED',
      amount: contentOf(party).amount,
      purpose: 'Kuvitteellinen digituen alueellinen koordinointi.',
      paymentPlan: [
        { instalment: 'first', weight: 60, plannedFor: '2026-02-02' },
        { instalment: 'last', weight: 40, plannedFor: '2027-03-15' },
      ],
      conditions: ['Väliselvitys annetaan kesäkuussa.'],
      grounds: 'Hakemus täyttää arviointiperusteet.',
      language: 'FI',
      translations: [],
      presenterName: presenter.name,
      deciderName: decider.name,
    },
    decider,
  );
}
