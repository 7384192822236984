import { call, of, parties, presenter, registrar, together, town, type Party } from './cast.js';
import type { DemoServer } from './demo-server.js';

const finalVersion = ({ code }: Party) => (code === '19' ? 5 : code === '02' || code === '14' ? 2 : 3);

/** What a party applies for: costs in cents, of which 65 to 69 per cent. */
export function contentOf(party: Party) {
  const [salaries, services] = [6_000_000 + 300_000 * party.index, 2_000_000 + 100_000 * party.index];
  const costs = salaries + services;
  const amount = Math.floor((costs * (65 + (party.index % 5))) / 100);
  const otherFunding = 200_000;
  return {
    planVersion: finalVersion(party),
    eligibleCosts: [
      { line: 'salaries', text: 'Palkat', amount: String(salaries) },
      { line: 'services', text: 'Ostopalvelut', amount: String(services) },
    ],
    income: '0',
    ownFunding: String(costs - amount - otherFunding),
    otherFunding: String(otherFunding),
    amount: String(amount),
    parts: [
      { part: 'summary', text: `Kuvitteellinen hakemus: ${party.name}` },
      { part: 'offers', text: 'Saadut tarjoukset', secretBecause: 'Kuvitteellinen liikesalaisuus' },
    ],
  };
}

const email = (arrivedAt: string) => ({ channel: 'EMAIL', arrivedAt, evidence: 'Kuvitteellinen sähköpostipalvelin' });

/** Applications arrive: most in time, one late, one by e-mail, one of a town that may not apply; one is withdrawn, one supplemented. */
export async function applying(demo: DemoServer): Promise<void> {
  const [late, byEmail, withdrawn, supplemented, heard] = [of('17'), of('15'), of('10'), of('09'), of('04')];
  const read = new Map<Party, string>();
  const submit = async (party: Party) => {
    const { application, organisation, signatory } = party;
    await demo.send('submitApplication', { application, organisation, signatoryName: signatory.name }, signatory, read.get(party));
  };

  await demo.at('2025-10-09T09:00');
  await together(
    parties.filter((one) => one !== byEmail),
    async (party) => {
      const { application, region, organisation, coordinator } = party;
      const { revision } = await demo.send('startApplication', { application, region, organisation }, coordinator);
      const draft = await demo.send('reviseApplication', { application, region, content: contentOf(party) }, coordinator, revision);
      read.set(party, draft.revision);
    },
  );
  await demo.at('2025-10-14T13:00');
  await together(
    parties.filter((one) => one !== byEmail && one !== late),
    submit,
  );
  await demo.at('2025-10-15T16:20');
  await submit(late);

  await demo.at('2025-10-16T09:00');
  const numbered = parties.filter((one) => one !== byEmail);
  for (const [index, { application }] of numbered.entries())
    await demo.send('receiveApplication', { application, caseNumber: caseNumber(index + 1) }, registrar);
  await demo.send(
    'receiveApplication',
    {
      application: byEmail.application,
      organisation: byEmail.organisation,
      region: byEmail.region,
      caseNumber: caseNumber(14),
      arrival: email('2025-10-15T16:05'),
      content: contentOf(byEmail),
      signatoryName: byEmail.signatory.name,
    },
    registrar,
  );
  await demo.send('receiveApplication', { ...town, caseNumber: caseNumber(15), arrival: email('2025-10-15T15:00') }, registrar);

  await demo.at('2025-10-20T10:00');
  await demo.send(
    'requestSupplement',
    { application: supplemented.application, supplement: 'costs', asks: 'Erittele ostopalvelut.', due: '2025-10-31' },
    presenter,
  );
  await demo.send(
    'openHearing',
    { application: heard.application, hearing: 'network', concerns: 'Verkosto on pienempi kuin suunnitelmassa.', due: '2025-10-31' },
    presenter,
  );
  await demo.at('2025-10-22T14:00');
  await demo.send(
    'withdrawApplication',
    { application: withdrawn.application, organisation: withdrawn.organisation, reason: 'Hanke toteutetaan omin varoin.' },
    withdrawn.signatory,
  );
  await demo.at('2025-10-30T11:00');
  await demo.send(
    'giveStatement',
    {
      application: heard.application,
      organisation: heard.organisation,
      hearing: 'network',
      text: 'Kolme kuntaa liittyy verkostoon tammikuussa.',
    },
    heard.signatory,
  );
  await demo.at('2025-10-31T23:00');
  await demo.send(
    'supplementApplication',
    {
      application: supplemented.application,
      organisation: supplemented.organisation,
      supplement: 'costs',
      text: 'Ostopalveluista puolet on koulutusta.',
      content: contentOf(supplemented),
    },
    supplemented.signatory,
  );
}

function caseNumber(number: number): string {
  return `${call.toUpperCase()}/${number}`;
}
