import { failures } from '#kernel/refused';

export const { texts: projectionFailures, fail: failProjection } = failures({
  'view-behind': {
    fi: 'Näkymä {projection} ei ole vielä kohdassa {position}. Muutos on tallessa: kysy hetken päästä uudelleen.',
    sv: 'Vyn {projection} har ännu inte nått positionen {position}. Ändringen är sparad: fråga igen om en stund.',
    en: 'The view {projection} has not reached the position {position} yet. The change is recorded: ask again in a moment.',
  },
  'view-paused': {
    fi: 'Näkymä {projection} on pysähtynyt tapahtumaan, jota se ei voi käsitellä. Muutos on tallessa; ylläpito näkee syyn komennolla digituki projections status.',
    sv: 'Vyn {projection} har stannat vid en händelse som den inte kan behandla. Ändringen är sparad; administratören ser orsaken med kommandot digituki projections status.',
    en: 'The view {projection} stopped at an event that it cannot fold. The change is recorded; operators see the reason with digituki projections status.',
  },
  'view-unreadable': {
    fi: 'Näkymää {projection} ei voi nyt lukea: sitä vielä muodostetaan, tai se on toisen ohjelman tekemä (sen rakenne on {version}, tämä ohjelma lukee rakennetta {known}). Kysy hetken päästä uudelleen; jos virhe toistuu, kerro siitä ylläpidolle.',
    sv: 'Vyn {projection} kan inte läsas just nu: den byggs upp, eller hör till en annan programversion (version {version}, denna läser version {known}). Fråga igen om en stund; om felet upprepas, meddela administratören.',
    en: 'The view {projection} cannot be read just now: it is still being built, or is of another version of the program (version {version}, this one reads version {known}). Ask again in a moment; if it happens again, tell the operators.',
  },
  'position-unknown': {
    fi: 'Kohtaa {position} ei ole tässä lokissa. Käytä kuittauksen antamaa kohtaa.',
    sv: 'Positionen {position} finns inte i denna logg. Använd positionen från kvittot.',
    en: 'There is no position {position} in this log. Use the position that a receipt gave.',
  },
  'projection-unknown': {
    fi: 'Näkymää {projection} ei ole. Näkymät ovat: {known}.',
    sv: 'Det finns ingen vy {projection}. Vyerna är: {known}.',
    en: 'There is no projection {projection}. There are: {known}.',
  },
});
