import { agency } from './cast.js';
import type { DemoServer } from './demo-server.js';

const both = (fi: string, sv: string) => ({ fi: `${fi} (kuvitteellinen)`, sv: `${sv} (påhittad)` });

/** What the agency gave to those who arrange digital support: guidance and its next version, training with who came, a method made together, news. */
export async function guiding(demo: DemoServer): Promise<void> {
  const visit = {
    guidance: 'demo-first-visit',
    names: both('Ensimmäinen tapaaminen', 'Det första mötet'),
    readers: ['PROVIDERS'],
  };
  await demo.send(
    'publishGuidance',
    { ...visit, text: both('Anna asiakkaan tehdä itse.', 'Låt kunden göra själv.'), effectiveAt: '2025-02-01' },
    agency,
  );
  await demo.send(
    'reviseGuidance',
    {
      ...visit,
      text: both('Anna asiakkaan tehdä itse. Kysy ensin, mitä hän tarvitsee.', 'Låt kunden göra själv. Fråga först vad hen behöver.'),
      reason: 'Alueiden palaute.',
      effectiveAt: '2025-09-01',
    },
    agency,
  );
  await demo.send(
    'publishGuidance',
    {
      guidance: 'demo-network',
      names: both('Verkoston kokoaminen', 'Att bilda ett nätverk'),
      text: both('Aloita kirjastoista.', 'Börja med biblioteken.'),
      readers: ['COORDINATORS'],
      effectiveAt: '2025-02-01',
    },
    agency,
  );
  await demo.send(
    'scheduleTraining',
    {
      training: 'demo-autumn',
      names: both('Syyskoulutus opastajille', 'Höstutbildning för handledare'),
      starts: '2025-11-25T07:00:00.000Z',
      ends: '2025-11-25T09:00:00.000Z',
      form: 'ONLINE',
      languages: ['FI', 'SV'],
      regions: [],
      guidance: 'demo-first-visit',
    },
    agency,
  );
  const told = (lapland: number) => [
    { region: 'R12', participants: 7 },
    { region: 'R19', participants: lapland },
  ];
  await demo.send('holdTraining', { training: 'demo-autumn', attendance: told(4) }, agency);
  await demo.send('holdTraining', { training: 'demo-autumn', attendance: told(5), correction: 'Yksi unohtui.' }, agency);
  await demo.send(
    'draftSupportStructure',
    {
      structure: 'demo-need-survey',
      kind: 'METHOD',
      names: both('Tarvekartoitus', 'Behovskartläggning'),
      text: both('Kysely, jonka alueet ovat kokeilleet.', 'En enkät som regionerna har prövat.'),
      coAuthors: ['demo-council-19', 'demo-council-12'],
    },
    agency,
  );
  await demo.send('adoptSupportStructure', { structure: 'demo-need-survey', draft: 1, effectiveAt: '2025-10-01' }, agency);
  await demo.send(
    'publishNews',
    {
      news: 'demo-autumn',
      title: both('Syksyn koulutukset alkavat', 'Höstens utbildningar börjar'),
      text: both('Ilmoittaudu mukaan.', 'Anmäl dig.'),
      regions: [],
      effectiveAt: '2025-10-15',
    },
    agency,
  );
}
