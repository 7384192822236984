import { municipalitiesOf } from '#kernel/municipality';
import { agency, call, of, parties, together, type Party } from './cast.js';
import type { DemoServer } from './demo-server.js';

const framework = 'demo-framework';
const year = { from: '2025-01-01', to: '2025-10-31' };
const [spring, summer] = [
  { from: '2025-01-01', to: '2025-06-30' },
  { from: '2025-07-01', to: '2025-09-30' },
];

const criteria = {
  network: { fi: 'Verkosto toimii', sv: 'Nätverket fungerar', en: 'The network works' },
  reach: { fi: 'Tuki löydetään', sv: 'Stödet hittas', en: 'Support is found' },
  quality: { fi: 'Tuki on laadukasta', sv: 'Stödet håller kvalitet', en: 'Support is good' },
};
const levels = [
  { level: 1, text: { fi: 'Alussa', sv: 'I början', en: 'Begun' } },
  { level: 2, text: { fi: 'Kehittyy', sv: 'Utvecklas', en: 'Developing' } },
  { level: 3, text: { fi: 'Vakiintunut', sv: 'Etablerat', en: 'Established' } },
];

/** Regions evaluate themselves by two versions of a framework, the agency answers, indicators are reported and corrected. */
export async function evaluating(demo: DemoServer): Promise<void> {
  await demo.at('2025-11-25T09:00');
  await publish(demo, ['network', 'reach'], '2025-11-25');
  const early = parties.filter(({ index }) => index < 5);
  await together(early, (party) => evaluation(demo, party, ['network', 'reach']));
  await define(demo, 'Neuvotut asiakkaat lasketaan käynneistä.');
  await together(parties, (party) => report(demo, party, spring, 1));

  await demo.at('2025-11-27T09:00');
  await publish(demo, ['network', 'reach', 'quality'], '2025-11-27');
  await together(
    parties.filter((party) => !early.includes(party) && party !== of('17')),
    (party) => evaluation(demo, party, ['network', 'reach', 'quality']),
  );
  await define(demo, 'Neuvottu asiakas lasketaan kerran kuukaudessa.');
  await together(parties, (party) => report(demo, party, summer, 2));
  await together(early, (party) => goal(demo, party));

  await demo.at('2025-11-28T09:00');
  const corrected = of('12');
  await demo.send(
    'reportIndicator',
    { ...guided(corrected, spring, 1), value: 555, correction: 'Kuvitteellinen syy: yhden kunnan luku oli laskettu kahdesti.' },
    corrected.coordinator,
  );
  await demo.send(
    'publishNationalEvaluation',
    {
      evaluation: 'demo-finland-2025',
      names: {
        fi: 'Kuvitteellinen kansallinen arvio 2025',
        sv: 'Påhittad nationell utvärdering 2025',
        en: 'Fictional national evaluation 2025',
      },
      period: year,
      findings: {
        fi: 'Kuvitteellinen havainto: verkostot ovat vakiintuneet, löydettävyys kehittyy.',
        sv: 'Påhittat resultat: nätverken är etablerade, hittbarheten utvecklas.',
        en: 'A fictional finding: networks are established, support is found better.',
      },
      selfEvaluations: parties.filter((party) => party !== of('17')).map(({ region }) => ({ region, evaluation: 'autumn-2025' })),
    },
    agency,
  );
}

async function publish(demo: DemoServer, keys: readonly (keyof typeof criteria)[], inForceFrom: string): Promise<void> {
  const names = { fi: 'Kuvitteellinen arviointikehikko', sv: 'Påhittad utvärderingsram', en: 'Fictional framework' };
  await demo.send(
    'draftEvaluationFramework',
    { framework, names, coAuthors: [of('01').organisation, of('19').organisation], text: { fi: `Kriteerit: ${keys.join(', ')}` } },
    agency,
  );
  const chosen = keys.map((key) => ({ key, text: criteria[key] }));
  await demo.send('publishEvaluationFramework', { framework, names, criteria: chosen, levels, inForceFrom }, agency);
}

async function evaluation(demo: DemoServer, { region, index, coordinator }: Party, keys: readonly string[]): Promise<void> {
  const own = { region, evaluation: 'autumn-2025' };
  await demo.send('startSelfEvaluation', { ...own, framework, period: year }, coordinator);
  for (const [place, criterion] of keys.entries())
    await demo.send(
      'selfAssessCriterion',
      { ...own, criterion, level: 1 + ((index + place) % 3), evidence: 'Kuvitteellinen näyttö: verkoston muistiot.' },
      coordinator,
    );
  await demo.send('submitSelfEvaluation', own, coordinator);
  await demo.send(
    'giveFeedback',
    { ...own, feedback: 'reach', criterion: 'reach', text: 'Kuvitteellinen palaute: miten muutos näkyy?' },
    agency,
  );
  await demo.send(
    'agreeImprovement',
    { ...own, improvement: 'towns', criterion: 'network', text: 'Kuvitteellinen parannus: pienet kunnat mukaan.', by: '2026-03-31' },
    coordinator,
  );
  if (index % 5 === 0)
    await demo.send(
      'completeImprovement',
      { ...own, improvement: 'towns', outcome: 'Kuvitteellinen tulos: kaikki kunnat ovat mukana.' },
      coordinator,
    );
}

async function define(demo: DemoServer, method: string): Promise<void> {
  const unit = { fi: 'asiakasta', sv: 'kunder', en: 'clients' };
  const names = {
    fi: 'Kuvitteellinen mittari: neuvotut asiakkaat',
    sv: 'Påhittad indikator: kunder som fått stöd',
    en: 'Fictional: clients helped',
  };
  await demo.send('defineIndicator', { indicator: 'demo-guided', names, unit, measure: 'COUNT', method: { fi: method } }, agency);
}

const guided = ({ region, index }: Party, period: typeof spring, version: number) => ({
  region,
  indicator: 'demo-guided',
  version,
  period,
  value: 300 + 35 * index,
  basis: index % 3 === 0 ? 'ESTIMATED' : 'COUNTED',
});

/** One region reports nothing, one that it does not know, one of few clients in a municipality. */
async function report(demo: DemoServer, party: Party, period: typeof spring, version: number): Promise<void> {
  const { value: _, basis: _basis, ...about } = guided(party, period, version);
  if (party === of('02')) return;
  const told =
    party === of('14') ? { ...about, missingBecause: 'Kuvitteellinen syy: laskentaa ei ollut.' } : guided(party, period, version);
  await demo.send('reportIndicator', told, party.coordinator);
  if (party !== of('19')) return;
  const [first, second] = municipalitiesOf('19', period.to);
  for (const [municipality, value] of [
    [first?.code, 3],
    [second?.code, 41],
  ] as const)
    await demo.send('reportIndicator', { ...about, municipality, value, basis: 'COUNTED' }, party.coordinator);
}

/** What became of a goal of its plan so far. */
async function goal(demo: DemoServer, { region, organisation, index, coordinator }: Party): Promise<void> {
  await demo.send(
    'assessGoalProgress',
    {
      call,
      region,
      applicant: organisation,
      goal: 'guided',
      on: '2025-11-26',
      value: 600 + 80 * index,
      assessment: 'Kuvitteellinen väliarvio.',
    },
    coordinator,
  );
}
