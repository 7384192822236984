import { contentOf } from './applying.js';
import { call, of, otherPresenter, parties, presenter, together, town, type Party } from './cast.js';
import type { DemoServer } from './demo-server.js';

const criteria = ['breadth', 'network', 'evaluation'];

/** Applications are assessed by the criteria, compared as a whole, and decisions are proposed. */
export async function selecting(demo: DemoServer): Promise<void> {
  const [late, withdrawn, barred] = [of('17'), of('10'), of('06')];
  const assessed = parties.filter((one) => one !== late && one !== withdrawn);
  const handler = (party: Party) => (party === barred ? otherPresenter : presenter);

  await demo.at('2025-11-03T09:00');
  await demo.send(
    'recordDisqualification',
    { application: barred.application, grounds: 'Aiempi kuvitteellinen työsuhde hakijaan' },
    presenter,
  );
  await demo.refused(
    'handler-disqualified',
    'assessApplication',
    { application: barred.application, criterion: 'breadth', score: 50, grounds: 'x' },
    presenter,
  );
  for (const [day, criterion] of criteria.entries()) {
    await demo.at(`2025-11-0${4 + day}T10:00`);
    await together(assessed, (party) => {
      const score = scoreOf(party, day);
      return demo.send(
        'assessApplication',
        { application: party.application, criterion, score, grounds: `Kuvitteellinen arvio: ${score} pistettä sadasta.` },
        handler(party),
      );
    });
  }

  const granted = assessed.filter((party) => criteria.reduce((sum, _, day) => sum + scoreOf(party, day), 0) >= 190);
  await demo.at('2025-11-12T10:00');
  await demo.send(
    'compareSelection',
    {
      call,
      applications: granted.map(({ application }) => application),
      breadth: 'Hankkeet kattavat yhdessä sekä kaupunkeja että maaseutua.',
      diversity: 'Mukana on suomen-, ruotsin- ja saamenkielisiä alueita.',
      complementarity: 'Hankkeet täydentävät toisiaan lähituessa ja etätuessa.',
      inhabitants: 3_100_000,
    },
    otherPresenter,
  );
  await demo.at('2025-11-19T10:00');
  await together(assessed, (party) => {
    const outcome = granted.includes(party)
      ? {
          outcome: 'GRANTED',
          amount: contentOf(party).amount,
          grounds: 'Hakemus täyttää arviointiperusteet.',
          conditions: ['Väliselvitys annetaan kesäkuussa.'],
        }
      : { outcome: 'REFUSED', grounds: 'Hakemus sai vertailussa vähemmän pisteitä.', conditions: [] };
    return demo.send('proposeDecision', { application: party.application, ...outcome }, handler(party));
  });
  for (const application of [late.application, town.application]) {
    await demo.send(
      'proposeDecision',
      {
        application,
        outcome: 'INADMISSIBLE',
        grounds: application === town.application ? 'Hakija ei voi hakea tässä haussa.' : 'Hakemus saapui määräajan jälkeen.',
        conditions: [],
      },
      presenter,
    );
  }
}

function scoreOf({ index }: Party, criterion: number): number {
  return 40 + ((index * 17 + criterion * 11) % 56);
}
