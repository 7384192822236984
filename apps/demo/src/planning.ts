import { agency, call, of, parties, together, type Party } from './cast.js';
import type { DemoServer } from './demo-server.js';

const whose = ({ region, organisation }: Party) => ({ call, region, applicant: organisation });
const section = (name: string, text: string) => ({ section: name, text });

const draft = ({ name, index }: Party) => [
  section(
    'OBJECTIVES',
    `Digituki tavoittaa jokaisen kunnan: ${name}. Tuki on saatavilla ${3 + (index % 4)} tunnin ajomatkan sijaan lähellä kotia.`,
  ),
  section('NETWORK', `Verkostoon kuuluu ${8 + index} kuntaa, kirjastot ja ${2 + (index % 3)} järjestöä.`),
  section('NEEDS_AND_SUPPLY', `Tarve kartoitetaan kyselyllä keväällä. Tarjonta kootaan ${8 + index} kunnasta.`),
  section('COMMUNICATION', 'Viestintä suomeksi ja ruotsiksi, kuukausittain.'),
  section('EVALUATION', 'Itsearviointi tehdään kahdesti vuodessa.'),
  section('BUDGET', `Kustannukset ${80 + 4 * index} 000 euroa.`),
];
const schedule = section('SCHEDULE', 'Tammikuu: käynnistys. Touko-kesäkuu: kysely. Marraskuu: itsearviointi.');

/** Regions draft, the agency comments, regions answer and finalise. */
export async function planning(demo: DemoServer): Promise<void> {
  const send = (party: Party, mutation: string, input: object, by = party.coordinator, expected?: string) =>
    demo.send(mutation, { ...whose(party), ...input }, by, expected);
  /** The revision as the region's coordinator reads it. */
  const readBy = async (party: Party) => {
    const asked = `query ($call: Key!, $region: RegionCode!, $applicant: Key!) { plan(call: $call, region: $region, applicant: $applicant) { revision } }`;
    const { data } = await demo.ask(asked, party.coordinator, whose(party));
    return (data as { plan: { revision: string } }).plan.revision;
  };
  const revise = async (party: Party, input: object) =>
    send(party, 'revisePlan', { sections: [], ...input }, party.coordinator, await readBy(party));
  const comment = (party: Party, id: string, kind: string, about: string, text: string) =>
    send(party, 'commentOnPlan', { comment: id, version: 2, section: about, kind, text, authorName: agency.name }, agency);

  await demo.at('2025-08-25T09:00');
  await together(parties, (party) => send(party, 'draftPlan', { sections: draft(party) }));
  await demo.at('2025-09-08T09:00');
  await together(parties, async (party) => {
    await revise(party, { sections: [schedule] });
    await send(party, 'setGoal', {
      goal: 'guided',
      indicator: 'Opastettuja asiakkaita',
      unit: 'henkilöä vuodessa',
      baseline: 400 + 20 * party.index,
      target: 900 + 50 * party.index,
      by: '2026-12-31',
    });
  });
  await demo.at('2025-09-19T12:00');
  const [early, last, unsubmitted] = [parties.filter(({ code }) => code !== '02' && code !== '14'), of('02'), of('14')];
  await together(early, (party) => send(party, 'submitPlanForComment', { version: 2 }));

  for (const [day, time] of ['2025-09-22T10:00', '2025-09-23T10:00', '2025-09-24T10:00'].entries()) {
    await demo.at(time);
    await together(early.slice(4 * day, 4 * day + 4), async (party) => {
      await comment(party, 'network', 'CONCERN', 'NETWORK', 'Miten pienet kunnat saadaan mukaan verkostoon?');
      await comment(party, 'evaluation', party.index % 2 === 0 ? 'SUGGESTION' : 'QUESTION', 'EVALUATION', 'Kuka vastaa itsearvioinnista?');
    });
  }
  await demo.at('2025-09-25T15:00');
  await send(of('12'), 'withdrawPlanComment', { comment: 'evaluation', reason: 'Vastaus on jo luonnoksessa.' }, agency);

  await demo.at('2025-09-29T09:00');
  await together(early, (party) =>
    revise(party, { sections: [section('NETWORK', `${draft(party)[1]?.text} Pienille kunnille nimetään yhteinen vastuuhenkilö.`)] }),
  );
  for (const [turn, time] of ['2025-09-29T12:00', '2025-09-30T09:00', '2025-09-30T15:00', '2025-10-01T10:00'].entries()) {
    await demo.at(time);
    await together(early.slice(3 * turn, 3 * turn + 3), async (party) => {
      await send(party, 'answerPlanComment', { comment: 'network', resolvedBy: 3, authorName: party.coordinator.name });
      if (party.code !== '12' && party.index % 2 === 1)
        await send(party, 'answerPlanComment', { comment: 'evaluation', text: 'Maakunnan liitto.', authorName: party.coordinator.name });
    });
  }

  // The last region submits on the last day, and is asked in the last minute of the window.
  await demo.at('2025-10-03T09:00');
  await send(last, 'submitPlanForComment', { version: 2 });
  await demo.at('2025-10-03T23:59');
  await comment(last, 'budget', 'QUESTION', 'BUDGET', 'Mistä kustannukset koostuvat?');
  await demo.at('2025-10-04T00:00');
  await demo.refused(
    'comment-window-closed',
    'commentOnPlan',
    { ...whose(last), comment: 'too-late', version: 2, section: 'BUDGET', kind: 'QUESTION', text: 'Vielä yksi?' },
    agency,
  );

  // Two people at one draft: the second is told what changed, and writes again on what there is now.
  await demo.at('2025-10-06T10:00');
  const north = of('19');
  const read = await readBy(north);
  await revise(north, { sections: [section('COMMUNICATION', 'Viestintä suomeksi ja kolmella saamen kielellä, kuukausittain.')] });
  const colleague = { ...north.coordinator, name: 'Toinen koordinoija Lappi' };
  const budget = { sections: [section('BUDGET', 'Kustannukset 132 000 euroa, joista palkkoja 90 000.')] };
  await demo.refused('changed-since-read', 'revisePlan', { ...whose(north), ...budget }, colleague, read);
  await send(north, 'revisePlan', budget, colleague, await readBy(north));

  await demo.at('2025-10-08T09:00');
  await together(
    parties.filter((party) => party !== north),
    (party) => send(party, 'finalisePlan', { version: party === last || party === unsubmitted ? 2 : 3 }),
  );
  await send(north, 'finalisePlan', { version: 5 });
}
