import { failures } from '#kernel/refused';

export const { texts: skippingFailures, fail } = failures({
  'event-not-paused-at': {
    fi: 'Mikään näkymä ei ole pysähtynyt tapahtumaan {event}. Katso digituki projections status.',
    sv: 'Ingen vy har stannat vid händelsen {event}. Se digituki projections status.',
    en: 'No view is paused at the event {event}. See digituki projections status.',
  },
  'reason-needed': {
    fi: 'Ohittaminen kirjataan perusteluineen: anna --reason.',
    sv: 'Att hoppa över antecknas med en motivering: ange --reason.',
    en: 'Skipping is recorded with its reason: give --reason.',
  },
});
