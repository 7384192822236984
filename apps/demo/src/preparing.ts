import { regions } from '#kernel/region';
import { call, decider, parties, presenter, registrar, together, town } from './cast.js';
import type { DemoServer } from './demo-server.js';

const terms = {
  opens: '2025-08-18',
  closes: '2025-10-15T16:15',
  planComments: { from: '2025-09-22', to: '2025-10-03' },
  eligibleApplicants: ['REGIONAL_COUNCIL'],
  applicationsPer: 'APPLICANT',
  periodOfUse: { from: '2026-01-01', to: '2026-12-31' },
  reporting: { from: '2027-01-01', to: '2027-02-28' },
  largestShare: 7_000,
  vatEligible: false,
  transferAllowed: true,
  criteria: [
    { key: 'breadth', text: { fi: 'Laajuus', sv: 'Bredd', en: 'Breadth' } },
    { key: 'network', text: { fi: 'Verkosto', sv: 'Nätverk', en: 'Network' } },
    { key: 'evaluation', text: { fi: 'Arviointi', sv: 'Utvärdering', en: 'Evaluation' } },
  ],
  legalBasis: { fi: 'Kuvitteellinen säädös', sv: 'En påhittad författning', en: 'A fictional statute' },
  appeal: { fi: 'Kuvitteellinen muutoksenhaku', sv: 'Ett påhittat ändringssökande', en: 'A fictional appeal' },
  languages: ['FI', 'SV'],
};

/** Organisations are registered, the call is planned and published, money is reserved. */
export async function preparing(demo: DemoServer): Promise<void> {
  await demo.at('2025-06-03T09:00');
  const register = (input: object) => demo.send('registerOrganisation', input, registrar);
  await register({
    organisation: 'demo-ministry',
    kind: 'MINISTRY',
    names: { fi: 'Kuvitteellinen ministeriö', sv: 'Påhittade ministeriet', en: 'The Fictional Ministry' },
  });
  await register({
    organisation: town.organisation,
    kind: 'MUNICIPALITY',
    region: town.region,
    names: { fi: 'Kuvitteellinen kaupunki', sv: 'Påhittade staden', en: 'The Fictional Town' },
  });
  await together(parties, async ({ organisation, region, code }) => {
    const { fi, sv, en } = regions[code];
    await register({
      organisation,
      kind: 'REGIONAL_COUNCIL',
      region,
      names: { fi: `Kuvitteellinen liitto, ${fi}`, sv: `Påhittat förbund, ${sv}`, en: `Fictional council, ${en}` },
    });
    await demo.send('nameMailbox', { region, address: `demo-${code}@example.org` }, registrar);
  });

  await demo.at('2025-06-16T10:00');
  await demo.send(
    'planCall',
    {
      call,
      kind: 'REGIONAL_COORDINATION',
      names: { fi: 'Kuvitteellinen haku 2025', sv: 'Påhittad utlysning 2025', en: 'Fictional call 2025' },
      organiser: 'demo-ministry',
      goals: [
        {
          fi: 'Digitukea on saatavilla kaikkialla maakunnassa',
          sv: 'Digitalt stöd finns överallt i landskapet',
          en: 'Digital support is available everywhere in the region',
        },
      ],
      duties: [
        {
          key: 'network',
          text: {
            fi: 'Maakunnan digituen verkosto',
            sv: 'Landskapets nätverk för digitalt stöd',
            en: 'The network of digital support in the region',
          },
        },
      ],
      terms,
    },
    presenter,
  );
  await demo.send('setAppropriation', { call, amount: '90000000', budgetItem: '00.00.00', year: 2025, lapses: '2027-12-31' }, decider);
  await demo.send(
    'nameCallContact',
    {
      call,
      contact: 'guidance',
      office: { fi: 'Kuvitteellinen neuvonta', sv: 'Påhittad rådgivning', en: 'Fictional guidance' },
      name: presenter.name,
      email: 'demo@example.org',
    },
    presenter,
  );
  await demo.at('2025-08-18T08:00');
  await demo.send('publishCall', { call }, presenter);
}
