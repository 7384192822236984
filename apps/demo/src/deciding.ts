import { contentOf } from './applying.js';
import { call, decider, of, otherPresenter, parties, presenter, registrar, together, town, type Party } from './cast.js';
import type { DemoServer, Person } from './demo-server.js';

const numbers = {
  INTEREST_ADDITION: 300,
  SMALL_RETURN: 10_000,
  ACCEPTANCE_DAYS: 21,
  RECTIFICATION_DAYS: 30,
  APPEAL_DAYS: 30,
  LETTER_NOTICE_DAYS: 7,
  ELECTRONIC_NOTICE_DAYS: 3,
};
const publishedIn = 'Kuvitteellinen säädös';
/** Whose grant is given up, whose refusal is rectified, and who gets less than was proposed. */
export const declining = of('06');
export const rectified = of('01');
const smaller = of('12');
/** Less than is applied for, in cents. */
const smallerAmount = '7000000';

export const purpose = 'Digituen alueellinen koordinointi (kuvitteellinen)';
export const paymentPlan = [
  { instalment: 'first', weight: 50, plannedFor: '2026-02-02' },
  { instalment: 'second', weight: 30, plannedFor: '2026-08-03' },
  { instalment: 'last', weight: 20 },
];
/** Who of the two presenters may handle the party’s matter. */
export const handlerOf = (party: Party): Person => (party === declining ? otherPresenter : presenter);

interface Proposed {
  readonly id: string;
  readonly revision: string;
  readonly story: {
    readonly proposal: { readonly outcome: string; readonly amount: string | null; readonly conditions: readonly string[] } | null;
  };
}

/** The applications are decided under the ceiling, notified, accepted or declined; a refusal is rectified. */
export async function deciding(demo: DemoServer): Promise<void> {
  await demo.at('2025-11-28T09:00');
  for (const [term, value] of Object.entries(numbers))
    await demo.send('setTerm', { terms: 'state-grants', term, value, from: '2025-01-01', publishedIn }, decider);
  await demo.send('publishInterestRate', { terms: 'state-grants', rate: 450, from: '2025-01-01', publishedIn }, decider);
  await demo.send('publishInterestRate', { terms: 'state-grants', rate: 400, from: '2026-07-01', publishedIn }, decider);

  await demo.at('2025-12-01T10:00');
  const { data } = await demo.ask(
    `{ call(id: "${call}") { applications(first: 50) { edges { node { id revision story { proposal { outcome amount conditions } } } } } } }`,
    decider,
  );
  const proposed = (data as { call: { applications: { edges: { node: Proposed }[] } } }).call.applications.edges.map(({ node }) => node);
  for (const {
    id,
    revision,
    story: { proposal },
  } of proposed)
    if (proposal) await decide(demo, id, Number(revision), proposal);
  await demo.send(
    'dissentFromDecision',
    { application: smaller.application, dissent: 'Haettu avustus on kokonaan tarpeen.' },
    handlerOf(smaller),
  );

  await demo.at('2025-12-02T10:00');
  await demo.send(
    'correctDecision',
    {
      application: of('04').application,
      ground: 'CLERICAL_ERROR',
      reason: 'Käyttötarkoituksesta oli jäänyt pois Satakunta.',
      purpose: `${purpose}, Satakunta`,
      deciderName: decider.name,
    },
    decider,
  );

  await demo.at('2025-12-03T12:00');
  const decided = [...parties.filter((one) => one !== of('10')), town];
  for (const { application } of decided)
    await demo.send('notifyDecision', { grant: application, channel: 'ELECTRONIC', sentOn: '2025-12-03' }, registrar);

  await demo.at('2025-12-10T09:00');
  await together(grantees, accept(demo));
  await demo.at('2025-12-12T14:00');
  await demo.send(
    'declineGrant',
    { ...grantOf(declining), reason: 'Hanke ei toteudu.', signatoryName: declining.signatory.name },
    declining.signatory,
  );

  await demo.at('2025-12-19T15:00');
  await demo.send(
    'requestRectification',
    { ...grantOf(rectified), request: 'scores', demands: 'Verkoston laajuus on arvioitu väärin.' },
    rectified.signatory,
  );
  await demo.at('2026-01-12T10:00');
  await demo.send(
    'correctDecision',
    {
      application: rectified.application,
      ground: 'RECTIFICATION',
      reason: 'Verkoston laajuutta ei ollut otettu huomioon.',
      outcome: 'GRANTED',
      amount: contentOf(rectified).amount,
      purpose,
      conditions: ['Väliselvitys annetaan kesäkuussa.'],
      grounds: 'Hakemus täyttää arviointiperusteet.',
      paymentPlan,
      deciderName: decider.name,
    },
    decider,
  );
  await demo.send(
    'decideRectification',
    {
      grant: rectified.application,
      request: 'scores',
      outcome: 'CHANGED',
      grounds: 'Verkosto kattaa koko maakunnan.',
      appealInstructions: 'Kuvitteellinen valitusosoitus',
    },
    decider,
  );
  await demo.at('2026-01-14T10:00');
  await accept(demo)(rectified);
}

/** Whose grants are decided at once and accepted. */
const grantees: readonly Party[] = (['02', '04', '09', '12', '13', '15', '19'] as const).map(of);
/** All whose grants are used. */
export const users: readonly Party[] = [...grantees, rectified];

/** What was granted in the end, in cents. */
export const grantedTo = (party: Party): number => Number(party === smaller ? smallerAmount : contentOf(party).amount);
export const grantOf = ({ application, organisation }: Party) => ({ grant: application, organisation });

const accept =
  (demo: DemoServer) =>
  (party: Party): Promise<unknown> =>
    demo.send('acceptGrant', { ...grantOf(party), signatoryName: party.signatory.name }, party.signatory);

async function decide(
  demo: DemoServer,
  application: string,
  revision: number,
  proposal: NonNullable<Proposed['story']['proposal']>,
): Promise<void> {
  const isGranted = proposal.outcome === 'GRANTED';
  const isSmaller = application === smaller.application;
  await demo.send(
    'decideGrant',
    {
      application,
      applicationRevision: revision,
      outcome: proposal.outcome,
      conditions: proposal.conditions,
      ...grounds(proposal.outcome),
      language: 'FI',
      presenterName: application === declining.application ? otherPresenter.name : presenter.name,
      deciderName: decider.name,
      ...(isGranted && { amount: isSmaller ? smallerAmount : proposal.amount, purpose, paymentPlan }),
      ...(isSmaller && { departure: 'Ostopalveluja on enemmän kuin verkosto tarvitsee.' }),
    },
    decider,
  );
}

/** The grounds of an outcome with their translations. */
function grounds(outcome: string) {
  const [fi, sv, en] = {
    GRANTED: ['Hakemus täyttää arviointiperusteet.', 'Ansökan uppfyller bedömningsgrunderna.', 'The application meets the criteria.'],
    REFUSED: [
      'Hakemus sai vertailussa vähemmän pisteitä kuin muut.',
      'Ansökan fick färre poäng än de andra.',
      'The application scored less than the others.',
    ],
    INADMISSIBLE: [
      'Hakemus saapui määräajan jälkeen, tai hakija ei voi hakea tässä haussa.',
      'Ansökan inkom efter tidsfristen, eller sökanden kan inte söka i denna utlysning.',
      'The application came after the deadline, or its applicant may not apply in this call.',
    ],
  }[outcome] as [string, string, string];
  const granted = outcome === 'GRANTED';
  return {
    grounds: fi,
    translations: [
      {
        language: 'SV',
        grounds: sv,
        conditions: granted ? ['Mellanredovisningen lämnas i juni.'] : [],
        ...(granted && { purpose: 'Regional samordning av digitalt stöd (påhittad)' }),
      },
      {
        language: 'EN',
        grounds: en,
        conditions: granted ? ['The interim report is given in June.'] : [],
        ...(granted && { purpose: 'Regional coordination of digital support (fictional)' }),
      },
    ],
  };
}
