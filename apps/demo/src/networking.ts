import { municipalitiesOf } from '#kernel/municipality';
import { agency, of, parties, registrar, together, type Party } from './cast.js';
import type { DemoServer, Person } from './demo-server.js';

const principles = 'demo-principles';
const published = {
  principlesId: principles,
  names: { fi: 'Kuvitteelliset eettiset periaatteet', sv: 'Påhittade etiska principer', en: 'Fictional ethical principles' },
  principles: [
    {
      key: 'own-pace',
      text: { fi: 'Asiakas tekee itse omaan tahtiinsa', sv: 'Kunden gör själv i egen takt', en: 'The client does it, at their own pace' },
    },
    { key: 'secrecy', text: { fi: 'Nähtyä ei kerrota', sv: 'Det man ser berättas inte vidare', en: 'What is seen is not told' } },
  ],
};

/** A year of the regions' networks, told in November: who works together, what is on offer, who follows the ethical principles. */
export async function networking(demo: DemoServer): Promise<void> {
  await demo.send('publishEthicalPrinciples', { ...published, inForceFrom: '2025-01-01' }, agency);
  await together(parties, (party) => network(demo, party));
  const lapland = of('19');
  await demo.send(
    'replaceCoordinator',
    {
      ...networkOf(lapland),
      coordinator: lapland.organisation,
      contact: 'second',
      name: 'Kuvitteellinen Sijainen',
      phone: '000 000 0019',
      reason: 'Tehtävät jaettiin uudelleen.',
      effectiveAt: '2025-08-01',
    },
    lapland.coordinator,
  );
  // Every third library commits to the new version at once, the others have time until the end of January.
  await demo.send('publishEthicalPrinciples', { ...published, inForceFrom: '2025-11-01', transitionUntil: '2026-01-31' }, agency);
  await together(
    parties.filter(({ index }) => index % 3 === 0),
    (party) => commit(demo, library(party), 2),
  );
}

const library = ({ code }: Party) => `demo-library-${code}`;
const club = ({ code }: Party) => `demo-club-${code}`;
const networkOf = ({ code, region }: Party) => ({ network: `demo-network-${code}`, region });
const providerOf = (organisation: string): Person => ({ name: `Opastaja ${organisation}`, role: 'provider', organisation });
const commit = (demo: DemoServer, organisation: string, version: number) =>
  demo.send('commitToEthicalPrinciples', { organisation, principles, version }, providerOf(organisation));

/** One region: it joins, its network is founded, has a coordinator, members and a meeting, and its providers offer services. */
async function network(demo: DemoServer, party: Party): Promise<void> {
  const { code, region, name, organisation, coordinator, index } = party;
  await demo.send('joinProgramme', { programme: 'demo-programme', region, effectiveAt: '2025-01-01' }, agency);
  await demo.send(
    'registerOrganisation',
    {
      organisation: library(party),
      kind: 'MUNICIPALITY',
      region,
      names: { fi: `Kuvitteellinen kirjasto, ${name}`, sv: `Påhittat bibliotek, ${name}` },
    },
    registrar,
  );
  await demo.send(
    'registerOrganisation',
    { organisation: club(party), kind: 'ASSOCIATION', region, names: { fi: `Kuvitteellinen kerho ry, ${name}` } },
    registrar,
  );
  const keep = (mutation: string, input: object) => demo.send(mutation, { ...networkOf(party), ...input }, coordinator);
  await keep('foundNetwork', { level: 'REGION', names: { fi: `Kuvitteellinen verkosto, ${name}` }, effectiveAt: '2025-01-15' });
  await keep('appointCoordinator', {
    coordinator: organisation,
    contact: 'first',
    office: { fi: 'Kuvitteellinen digituki', sv: 'Påhittat digitalt stöd' },
    name: coordinator.name,
    phone: `000 000 00${code}`,
    effectiveAt: '2025-02-01',
  });
  await keep('joinNetwork', { member: library(party), role: 'PROVIDER', effectiveAt: '2025-02-10' });
  await keep('joinNetwork', { member: club(party), role: index % 2 === 0 ? 'PARTNER' : 'OBSERVER', effectiveAt: '2025-03-01' });
  await keep('holdNetworkMeeting', {
    meeting: 'spring',
    on: '2025-04-15',
    participants: [library(party), club(party)],
    topics: 'Kuvitteellinen kevätkokous: tarve ja tarjonta kunnittain.',
  });
  await services(demo, party);
}

async function services(demo: DemoServer, party: Party): Promise<void> {
  const [first, second] = municipalitiesOf(party.code, '2025-03-01');
  const municipalities = [first, second].flatMap((one) => one?.code ?? []);
  const offer = (organisation: string, input: object) =>
    demo.send(
      'offerService',
      {
        organisation,
        contents: ['DEVICES', 'SERVICES'],
        languages: ['FI', 'SV'],
        audiences: ['EVERYONE'],
        municipalities,
        hours: [],
        exceptions: [],
        accessibility: ['STEP_FREE'],
        price: '0',
        effectiveAt: '2025-03-01',
        ...input,
      },
      providerOf(organisation),
    );
  for (const organisation of [library(party), club(party)]) await demo.send('registerProvider', { organisation }, providerOf(organisation));
  await commit(demo, library(party), 1);
  await offer(library(party), {
    service: 'point',
    names: { fi: `Digitukipiste, ${party.name}`, sv: `Digitalt stöd, ${party.name}` },
    kind: 'SERVICE_POINT',
    place: { municipality: municipalities[0], address: 'Kuvitteellinen katu 1' },
    hours: ['MONDAY', 'WEDNESDAY'].map((weekday) => ({ weekday, opens: '10:00', closes: '16:00' })),
    exceptions: [{ on: '2025-12-24', hours: [], note: { fi: 'Jouluaatto', sv: 'Julafton' } }],
    origin: 'EXISTING',
  });
  await offer(club(party), {
    service: 'peers',
    names: { fi: `Vertaisopastus, ${party.name}`, sv: `Kamratstöd, ${party.name}` },
    kind: 'PEER_SUPPORT',
    audiences: ['OLDER_PEOPLE'],
    origin: 'NEW',
  });
  if (party.index % 4 === 0)
    await offer(club(party), {
      service: 'chat',
      names: { fi: `Verkkokeskustelu, ${party.name}` },
      kind: 'CHAT',
      municipalities: [],
      languages: ['FI'],
      effectiveAt: '2025-09-01',
    });
}
