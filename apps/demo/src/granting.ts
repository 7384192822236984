import { shareOf } from '#kernel/money';
import { contentOf } from './applying.js';
import { decider, of, otherPresenter, presenter, registrar, together, type Party } from './cast.js';
import { grantedTo, grantOf, users } from './deciding.js';
import type { DemoServer } from './demo-server.js';
import { namingAccounts, payingInBatches } from './paying.js';

const year = { from: '2026-01-01', to: '2026-12-31' };
const [changed, suspended, repaying, recovered, overpaid] = [of('04'), of('09'), of('13'), of('15'), of('19')];

/** The costs of a party as they came about and are accepted, in cents: as planned, but for some. */
const costsOf = (party: Party): number => {
  if (party === overpaid) return 9_800_000;
  if (party === recovered) return 11_000_000;
  return contentOf(party).eligibleCosts.reduce((sum, { amount }) => sum + Number(amount), 0);
};
const otherFunding = 200_000;
/** What a grant comes to: its decision, 70 % of the accepted costs, and what other funding leaves of them. */
const payableTo = (party: Party): number => Math.min(grantedTo(party), shareOf(costsOf(party), 7_000), costsOf(party) - otherFunding);
const instalmentOf = (party: Party, perCent: number): number => shareOf(grantedTo(party), perCent * 100);

/** What came back of a grant before it was settled, in cents. */
const returned = new Map([
  [repaying, 50_000],
  [recovered, 300_000],
]);

/** A year of grants: instalments, a change, a suspension that is lifted, interim reports, a repayment, a recovery with interest. */
export async function granting(demo: DemoServer): Promise<void> {
  await demo.at('2026-01-26T10:00');
  await namingAccounts(demo, users);
  await demo.at('2026-02-02T10:00');
  await together(users, (party) => pay(demo, party, 'first', instalmentOf(party, 50), '2026-02-02'));

  await demo.at('2026-03-09T10:00');
  await demo.send(
    'requestChange',
    {
      ...grantOf(changed),
      change: 'longer',
      parts: [
        { part: 'TIME', asks: 'Käyttöaikaa tammikuun 2027 loppuun.' },
        { part: 'BUDGET', asks: 'Palkoista 5 000 euroa ostopalveluihin.' },
      ],
    },
    changed.signatory,
  );
  await demo.at('2026-03-23T10:00');
  await demo.send(
    'decideChange',
    {
      grant: changed.application,
      change: 'longer',
      parts: [
        { part: 'TIME', outcome: 'ACCEPTED', grounds: 'Koulutukset siirtyvät tammikuulle.' },
        { part: 'BUDGET', outcome: 'REFUSED', grounds: 'Ostopalvelujen tarvetta ei ole osoitettu.' },
      ],
      periodOfUse: { from: '2026-01-01', to: '2027-01-31' },
    },
    decider,
  );

  await suspending(demo);

  await demo.at('2026-06-15T10:00');
  await together(users, (party) =>
    report(demo, party, 'interim', Math.floor(costsOf(party) / 2), { from: '2026-01-01', to: '2026-05-31' }),
  );
  await demo.send('returnReport', { grant: repaying.application, report: 'interim', reason: 'Kumppanin kulut puuttuvat.' }, presenter);
  await demo.at('2026-06-29T10:00');
  await report(demo, repaying, 'interim', Math.floor(costsOf(repaying) / 2), { from: '2026-01-01', to: '2026-05-31' }, 'demo-library-13');
  await together(users, (party) => inspect(demo, party, 'interim', Math.floor(costsOf(party) / 2)));

  await demo.at('2026-08-03T10:00');
  await together(users, (party) => decidePayment(demo, party, 'second', instalmentOf(party, 30)));
  await payingInBatches(
    demo,
    users.map((party) => ({ party, payment: 'second' })),
  );

  await demo.at('2026-10-05T10:00');
  await demo.send(
    'recordRepayment',
    { grant: repaying.application, repayment: 'cancelled', amount: '50000', receivedOn: '2026-10-02' },
    registrar,
  );
  await recovering(demo);
}

/** The last reports, what one got too much (a part of it is waived), the last instalments, and the end of every file. */
export async function closing(demo: DemoServer): Promise<void> {
  await demo.at('2027-02-10T10:00');
  await together(users, (party) =>
    report(demo, party, 'final', costsOf(party), party === changed ? { from: '2026-01-01', to: '2027-01-31' } : year),
  );
  await demo.at('2027-02-24T10:00');
  await together(users, (party) => inspect(demo, party, 'final', costsOf(party)));

  // Two instalments were more than 70 % of what it cost.
  const tooMuch = instalmentOf(overpaid, 50) + instalmentOf(overpaid, 30) - payableTo(overpaid);
  const waived = 120_000;
  await hear(demo, overpaid, 'RECOVERY', '2027-03-12', 'Maksettu on enemmän kuin 70 % hyväksytyistä kustannuksista.');
  await demo.at('2027-03-08T10:00');
  await state(demo, overpaid, 'RECOVERY', 'Kahdesta matkasta aiheutui kuluja, joita ei voitu välttää.');
  await demo.at('2027-03-15T10:00');
  await demo.send(
    'decideRecovery',
    recovery(overpaid, [{ payment: 'second', amount: String(tooMuch) }], {
      bearsInterest: false,
      grounds: 'Avustus on enintään 70 % hyväksytyistä kustannuksista.',
      due: '2027-03-31',
    }),
    decider,
  );
  await demo.send(
    'waiveRecovery',
    {
      grant: overpaid.application,
      recovery: 'recovery',
      amount: String(waived),
      reasons: 'Kulut aiheutuivat hankkeesta, eikä niitä voitu välttää.',
    },
    decider,
  );
  await demo.at('2027-03-29T10:00');
  await demo.send(
    'recordRecoveryReceived',
    { grant: overpaid.application, recovery: 'recovery', amount: String(tooMuch - waived), receivedOn: '2027-03-26' },
    registrar,
  );

  await demo.at('2027-04-05T10:00');
  const unpaid = users.filter((party) => party !== overpaid);
  await together(unpaid, (party) => {
    const paid = instalmentOf(party, 50) + instalmentOf(party, 30) - (returned.get(party) ?? 0);
    return pay(demo, party, 'last', payableTo(party) - paid, '2027-04-05');
  });
  await demo.at('2027-04-12T10:00');
  await together(users, ({ application }) => demo.send('settleGrant', { grant: application }, decider));
  await demo.at('2027-04-19T10:00');
  const ended = [...users, ...(['06', '07', '11', '14', '17'] as const).map(of)];
  await together(ended, ({ application }) => demo.send('closeGrant', { grant: application }, decider));
}

/** A payment on its way: asked for, decided, sent by another, and paid. */
async function pay(demo: DemoServer, party: Party, instalment: string, cents: number, paidOn: string): Promise<void> {
  const [grant, payment] = [party.application, instalment];
  await decidePayment(demo, party, instalment, cents);
  await demo.send('recordPaymentSent', { grant, payment }, presenter);
  await demo.send('confirmPayment', { grant, payment, paidOn }, registrar);
}

async function decidePayment(demo: DemoServer, party: Party, instalment: string, cents: number): Promise<void> {
  const [grant, payment, amount] = [party.application, instalment, String(cents)];
  await demo.send('requestPayment', { ...grantOf(party), payment, instalment, amount }, party.signatory);
  await demo.send('decidePayment', { grant, payment, amount, grounds: 'Erän ehdot täyttyvät.' }, decider);
}

function report(
  demo: DemoServer,
  party: Party,
  kind: 'interim' | 'final',
  cents: number,
  incurred: object,
  partner?: string,
): Promise<unknown> {
  const salaries = Math.floor((cents * 3) / 4);
  return demo.send(
    'submitReport',
    {
      ...grantOf(party),
      report: kind,
      kind: kind.toUpperCase(),
      costs: [
        { line: 'salaries', incurred, amount: String(salaries) },
        { line: 'services', incurred, amount: String(cents - salaries), ...(partner !== undefined && { partner }) },
      ],
      income: '0',
      otherFunding: String(kind === 'final' ? otherFunding : 0),
      outputs: 'Verkosto kokoontui ja opastajia koulutettiin (kuvitteellinen).',
      signatoryName: party.signatory.name,
    },
    party.signatory,
  );
}

async function inspect(demo: DemoServer, { application: grant }: Party, kind: 'interim' | 'final', accepted: number): Promise<void> {
  const about = { grant, report: kind, findings: 'Ei huomautettavaa.' };
  await demo.send('inspectReportSubstance', about, presenter);
  await demo.send(
    'inspectReportFinance',
    { ...about, acceptedCosts: String(accepted), income: '0', otherFunding: String(kind === 'final' ? otherFunding : 0) },
    otherPresenter,
  );
}

function hear(
  demo: DemoServer,
  { application: grant }: Party,
  concern: 'SUSPENSION' | 'RECOVERY',
  due: string,
  concerns: string,
): Promise<unknown> {
  return demo.send('hearGrantee', { grant, hearing: concern.toLowerCase(), concern, concerns, due }, presenter);
}

function state(demo: DemoServer, party: Party, concern: 'SUSPENSION' | 'RECOVERY', text: string): Promise<unknown> {
  return demo.send('giveGrantStatement', { ...grantOf(party), hearing: concern.toLowerCase(), text }, party.signatory);
}

const recovery = ({ application: grant }: Party, parts: readonly object[], more: object) => ({
  grant,
  recovery: 'recovery',
  hearing: 'recovery',
  duty: 'MANDATORY',
  parts,
  ...more,
});

/** Nothing is paid while it is not known how an instalment was used; then payments go on. */
async function suspending(demo: DemoServer): Promise<void> {
  const grant = suspended.application;
  await demo.at('2026-04-07T10:00');
  await hear(demo, suspended, 'SUSPENSION', '2026-04-20', 'Ensimmäisen erän käytöstä ei ole kirjanpitoa.');
  await demo.at('2026-04-15T10:00');
  await state(demo, suspended, 'SUSPENSION', 'Kirjanpito toimitetaan huhtikuun loppuun mennessä.');
  await demo.at('2026-04-22T10:00');
  await demo.send('suspendPayments', { grant, hearing: 'suspension', grounds: 'Erän käyttö selvitetään ensin.' }, decider);
  await demo.send(
    'requestPayment',
    { ...grantOf(suspended), payment: 'early', instalment: 'second', amount: '100000' },
    suspended.signatory,
  );
  await demo.refused('payments-suspended', 'decidePayment', { grant, payment: 'early', amount: '100000', grounds: 'x' }, decider);
  await demo.at('2026-05-04T10:00');
  await demo.send('resumePayments', { grant, grounds: 'Kirjanpito on toimitettu.' }, decider);
}

/** Costs that are not eligible are recovered, with interest. */
async function recovering(demo: DemoServer): Promise<void> {
  const { application: grant } = recovered;
  await hear(demo, recovered, 'RECOVERY', '2026-10-16', 'Laitteita ostettiin vastoin ehtoja.');
  await demo.at('2026-10-14T10:00');
  await state(demo, recovered, 'RECOVERY', 'Ostos tehtiin erehdyksessä.');
  await demo.at('2026-10-26T10:00');
  await demo.send(
    'decideRecovery',
    recovery(recovered, [{ payment: 'first', amount: String(returned.get(recovered)) }], {
      bearsInterest: true,
      grounds: 'Avustusta käytettiin laitteisiin, jotka eivät ole hyväksyttäviä kustannuksia.',
      due: '2026-11-30',
    }),
    decider,
  );
  await demo.at('2026-12-01T10:00');
  await demo.send(
    'recordRecoveryReceived',
    { grant, recovery: 'recovery', amount: String(returned.get(recovered)), receivedOn: '2026-11-30' },
    registrar,
  );
}
