import { questionOfAll } from './question.js';

/** How far apart in the log what is decided at the same time may stand: an append waits for the disk, and servers have clocks of their own. */
const toleratedMs = 60_000;

interface State {
  /** When the last event of each stream was recorded. */
  readonly of: Map<string, string>;
  last: string;
}

/** What stands later in a stream was recorded later; in the log as a whole, by a minute at most before what stands before it. */
export const clockBackwards = questionOfAll<State>({
  key: 'clock-backwards',
  title: { fi: 'Kello käy taaksepäin', sv: 'Klockan går bakåt', en: 'The clock runs backwards' },
  about: {
    fi: 'Virran tapahtuma ei ole kirjattu ennen virran edellistä tapahtumaa, eikä lokin tapahtuma yli minuuttia ennen lokin edellistä.',
    sv: 'En händelse i en ström är inte antecknad före den föregående i strömmen, och ingen händelse i loggen mer än en minut före den föregående i loggen.',
    en: 'No event is recorded before the one that stands before it in its stream, nor more than a minute before the one that stands before it in the log.',
  },
  finding: {
    fi: 'Tapahtuma on kirjattu {recordedAt}, mutta sitä edeltävä {before}.',
    sv: 'Händelsen är antecknad {recordedAt}, men den föregående {before}.',
    en: 'The event was recorded at {recordedAt}, the one before it at {before}.',
  },
  start: () => ({ of: new Map(), last: '' }),
  each: (state, { stream, metadata: { recordedAt } }) => {
    const { last, of } = state;
    const inStream = of.get(stream) ?? '';
    state.last = recordedAt;
    of.set(stream, recordedAt);
    if (recordedAt < inStream) return { recordedAt, before: inStream };
    // Nearly always it is later, which is seen without reading the time.
    return recordedAt < last && Date.parse(last) - Date.parse(recordedAt) > toleratedMs ? { recordedAt, before: last } : undefined;
  },
});
