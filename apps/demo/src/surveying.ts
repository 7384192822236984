import { municipalitiesOf } from '#kernel/municipality';
import { agency, of, parties, together, type Party } from './cast.js';
import type { DemoServer } from './demo-server.js';

const survey = 'demo-spring-2025';

/** A year of need and supply, told in November: a survey of all regions, how they tell of support, and what they do about the difference. */
export async function surveying(demo: DemoServer): Promise<void> {
  await demo.at('2025-11-24T09:00');
  await demo.send(
    'publishSurveyWave',
    {
      survey,
      names: { fi: 'Kuvitteellinen kysely, kevät 2025', sv: 'Påhittad enkät, våren 2025', en: 'Fictional survey, spring 2025' },
      regions: parties.map(({ region }) => region),
      respondents: 'BOTH',
      languages: ['FI', 'SV', 'SE', 'SMN', 'SMS'],
      period: { from: '2025-04-01', to: '2025-05-31' },
      effectiveAt: '2025-03-24',
    },
    agency,
  );
  await together(parties, async (party) => {
    await responses(demo, party);
    await needAndSupply(demo, party);
    await development(demo, party);
    await communication(demo, party);
  });
  await demo.send(
    'concludeSurvey',
    {
      survey,
      findings: {
        fi: 'Kuvitteellinen havainto: laitteiden käyttöön tarvitaan tukea enemmän kuin sitä on.',
        sv: 'Påhittat resultat: stöd i användning av apparater behövs mer än det finns.',
        en: 'A fictional finding: support with devices is needed more than there is of it.',
      },
      effectiveAt: '2025-06-16',
    },
    agency,
  );
}

async function responses(demo: DemoServer, { region, code, index, coordinator }: Party): Promise<void> {
  const report = (input: object) => demo.send('reportSurveyResponseRate', { survey, region, ...input }, coordinator);
  const answered = 90 + 13 * index;
  await report({ group: 'SUPPORT_RECIPIENTS', invited: 300 + 10 * index, answered });
  await report({ group: 'SUPPORT_GIVERS', invited: 12 + index, answered: 8 + (index % 4) });
  if (code !== '19') return;
  for (const [language, count] of [
    ['FI', answered - 18],
    ['SE', 9],
    ['SMN', 6],
    ['SMS', 3],
  ] as const)
    await report({ group: 'SUPPORT_RECIPIENTS', language, answered: count });
}

async function needAndSupply(demo: DemoServer, { region, index, code, coordinator }: Party): Promise<void> {
  const [first, second] = municipalitiesOf(code, '2025-04-01').map((one) => one.code);
  const need = (municipality: string | undefined, input: object) =>
    demo.send('recordNeed', { survey, region, municipality, ...input }, coordinator);
  const supply = (municipality: string | undefined, input: object) =>
    demo.send('recordSupply', { survey, region, municipality, ...input }, coordinator);
  const hours = { unit: 'HOURS_PER_MONTH' };
  await need(first, { audience: 'OLDER_PEOPLE', topic: 'DEVICES', volume: 60 + 4 * index, ...hours });
  await need(first, { audience: 'IMMIGRANTS', topic: 'SERVICES', volume: 20 + index, ...hours });
  await supply(first, { form: 'NEAR', capacity: 32 + (index % 5) * 4, ...hours });
  await supply(first, { form: 'REMOTE', capacity: 8, ...hours });
  await need(second, { audience: 'PEOPLE_WITH_DISABILITIES', topic: 'SERVICES', volume: 2 + (index % 7), unit: 'PEOPLE_PER_MONTH' });
  await supply(second, { form: 'TRAINING', capacity: 12, unit: 'CONTACTS_PER_MONTH' });
}

async function development(demo: DemoServer, { region, name, index, code, coordinator }: Party): Promise<void> {
  const [first] = municipalitiesOf(code, '2025-06-16');
  await demo.send(
    'agreeDevelopmentAction',
    {
      region,
      action: 'devices',
      names: { fi: `Kuvitteellinen laitetuki, ${name}`, sv: `Påhittat apparatstöd, ${name}` },
      forms: ['NEAR'],
      municipalities: [first?.code],
      survey,
      responsible: `demo-library-${code}`,
      by: index % 3 === 0 ? '2025-10-31' : '2026-06-30',
      effectiveAt: '2025-06-17',
    },
    coordinator,
  );
  if (index % 6 === 0)
    await demo.send(
      'completeDevelopmentAction',
      { region, action: 'devices', outcome: 'Kuvitteellinen tulos: tukea on kahtena päivänä viikossa.', effectiveAt: '2025-10-20' },
      coordinator,
    );
}

async function communication(demo: DemoServer, party: Party): Promise<void> {
  const { region, name, index, code, coordinator } = party;
  const campaign = {
    region,
    communication: 'campaign',
    names: { fi: `Kuvitteellinen kampanja, ${name}`, sv: `Påhittad kampanj, ${name}` },
    channel: 'NEWSPAPER',
    languages: party === of('15') ? ['SV', 'FI'] : ['FI', 'SV'],
    audiences: ['EVERYONE'],
    on: '2025-09-01',
  };
  await demo.send('publishCommunication', campaign, coordinator);
  if (index % 4 !== 3)
    await demo.send('publishCommunication', { ...campaign, reach: 4_000 + 900 * index, reachFrom: 'Kuvitteellinen levikki' }, coordinator);
  await demo.send(
    'planCommunication',
    {
      region,
      communication: 'radio',
      names: { fi: 'Kuvitteellinen radiojuttu' },
      channel: 'RADIO_OR_TV',
      languages: code === '19' ? ['FI', 'SE'] : ['FI'],
      audiences: ['OLDER_PEOPLE'],
      on: '2026-01-12',
    },
    coordinator,
  );
}
