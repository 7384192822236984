import type { DecidedAgain, DecideAgain } from '#event-store/decide-again';
import { streamPages, type EventLog } from '#event-store/event-log';
import type { Language } from '#kernel/localized-text';
import { callOfMatter } from '#kernel/matter';
import { failDecidedAgain } from './decided-again.failures.js';

/** What is to be decided again: a decision by its application, or any event by its place. */
export interface Wanted {
  readonly decision?: string | null | undefined;
  readonly stream?: string | null | undefined;
  readonly revision?: number | null | undefined;
}

/** @throws Failed `decision-or-event`, `decision-not-on-record`, `event-not-on-record` */
export async function decidedAgain({ decision, stream, revision }: Wanted, log: EventLog, again: DecideAgain): Promise<DecidedAgain> {
  if ((decision == null) === (stream == null && revision == null)) throw failDecidedAgain('decision-or-event');
  const place = decision == null ? placeOf(stream, revision) : await placeOfDecision(log, decision);
  const found = await again.of(place.stream, place.revision);
  if (!found) throw failDecidedAgain('event-not-on-record', { ...place });
  return found;
}

interface Place {
  readonly stream: string;
  readonly revision: number;
}

function placeOf(stream: Wanted['stream'], revision: Wanted['revision']): Place {
  if (stream == null || revision == null) throw failDecidedAgain('decision-or-event');
  return { stream, revision };
}

/** The event by which an application was decided. */
async function placeOfDecision(log: EventLog, decision: string): Promise<Place> {
  const stream = `allocation-${callOfMatter(decision)}`;
  for await (const events of streamPages(log, stream)) {
    const found = events.find(({ type, data }) => type === 'GrantDecided' && (data as { application?: string }).application === decision);
    if (found) return { stream, revision: found.revision };
  }
  throw failDecidedAgain('decision-not-on-record', { decision });
}

/** What deciding again came to. */
export const verdictNames = ['same', 'rules-changed', 'other', 'not-recorded', 'sender-forgotten', 'not-taken'] as const;
export type Verdict = (typeof verdictNames)[number];

export function verdictOf({ again, differences, event, rules }: DecidedAgain): Verdict {
  if (typeof again === 'string') return again;
  if (differences.length === 0) return 'same';
  return event.metadata.rules === rules ? 'other' : 'rules-changed';
}

/** The verdicts in words. */
export const verdicts: Readonly<Record<Verdict, Readonly<Record<Language, string>>>> = {
  same: {
    fi: 'Sama komento samoista tiedoista johtaa samaan.',
    sv: 'Samma kommando på samma fakta leder till detsamma.',
    en: 'The same command on the same facts comes to the same.',
  },
  'rules-changed': {
    fi: 'Sama komento samoista tiedoista johtaa nyt muuhun: säännöt ovat muuttuneet sen jälkeen, ja erot näkyvät alla.',
    sv: 'Samma kommando på samma fakta leder nu till något annat: reglerna har ändrats sedan dess, och skillnaderna visas nedan.',
    en: 'The same command on the same facts comes to something else now: the rules have changed since, and the differences are shown.',
  },
  other: {
    fi: 'Näistä säännöistä, tästä komennosta ja näistä tiedoista ei seuraa sitä, mitä lokissa on: se ei ole syntynyt niistä.',
    sv: 'Av dessa regler, detta kommando och dessa fakta följer inte det som står i loggen: det har inte uppkommit ur dem.',
    en: 'What stands in the log does not follow from these rules, this command and these facts: it did not come of them.',
  },
  'not-recorded': {
    fi: 'Komentoa ei ole kirjattu, joten sitä ei voi ratkaista uudelleen. Tiedot, joiden pohjalta ratkaistiin, näkyvät.',
    sv: 'Kommandot är inte antecknat och kan därför inte avgöras på nytt. De fakta som det avgjordes på visas.',
    en: 'The command is not on record, so it cannot be decided again. The facts that it was decided on are shown.',
  },
  'sender-forgotten': {
    fi: 'Komennon lähettäjä on unohdettu, eikä komennon sisältöä voi enää lukea.',
    sv: 'Den som sände kommandot har glömts, och kommandots innehåll kan inte längre läsas.',
    en: 'The sender of the command was forgotten, and its content can be read no more.',
  },
  'not-taken': {
    fi: 'Tämä ohjelmaversio ei tunne komentoa sellaisena kuin se silloin oli.',
    sv: 'Denna programversion känner inte kommandot sådant som det var då.',
    en: 'This version of the program does not take the command as it was then.',
  },
};
