import { streamKey, type Recorded } from '#kernel/envelope';
import { entry } from '#kernel/keyed';
import { questionOfAll } from './question.js';

/** Fields of data that name who presented, assessed, inspected, decided or sent. */
const handlers = ['presenter', 'assessor', 'inspector', 'decider', 'sender'] as const;

/** That a command was turned down, or changed nothing, is no act. */
const noActs: readonly string[] = ['CommandRefused', 'CommandHadNoEffect'];

/** Who is disqualified in a matter does nothing in it from then on. */
export const disqualifiedActs = questionOfAll<Map<string, Set<string>>>({
  key: 'disqualified-acts',
  title: { fi: 'Esteellinen toimii asiassa', sv: 'En jävig person handlar i ärendet', en: 'A disqualified person acts' },
  about: {
    fi: 'Henkilö, jonka esteellisyys asiassa on kirjattu, ei sen jälkeen arvioi, esittele, ratkaise, tarkasta eikä muutenkaan toimi siinä.',
    sv: 'Den vars jäv i ett ärende har antecknats bedömer, föredrar, avgör och granskar därefter ingenting och handlar inte heller annars i det.',
    en: 'Who is recorded as disqualified in a matter does not assess, present, decide, inspect or otherwise act in it from then on.',
  },
  finding: {
    fi: 'Asiassa {matter} toimi henkilö, jonka esteellisyys siinä oli kirjattu.',
    sv: 'I ärendet {matter} handlade en person vars jäv i det var antecknat.',
    en: 'In the matter {matter} a person acted who was recorded as disqualified in it.',
  },
  start: () => new Map(),
  each: (disqualified, event) => {
    if (event.type === 'DisqualificationRecorded') {
      const matter = streamKey(event.stream);
      disqualified.set(matter, (disqualified.get(matter) ?? new Set()).add((event.data as { person: string }).person));
      return undefined;
    }
    const { matter } = event.metadata;
    const barred = matter === undefined || noActs.includes(event.type) ? undefined : disqualified.get(matter);
    return barred && actorsOf(event).some((person) => barred.has(person)) ? { matter: matter as string } : undefined;
  },
});

function actorsOf({ data, metadata: { actor } }: Recorded): readonly string[] {
  const named = handlers.map((field) => entry(data as Record<string, unknown>, field));
  return [actor.id, ...named.filter((one) => typeof one === 'string')];
}
