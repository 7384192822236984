import { refusals } from '#kernel/refused';

export const { texts: organisationRefusals, refuse } = refusals({
  'organisation-exists': {
    fi: 'Organisaatio on jo rekisterissä. Jos sen nimi on muuttunut, kirjaa nimenmuutos.',
    sv: 'Organisationen finns redan i registret. Om namnet har ändrats, anteckna namnändringen.',
    en: 'The organisation is registered already. If its name has changed, record the change of name.',
  },
  'organisation-unknown': {
    fi: 'Organisaatiota ei ole rekisterissä. Lisää se ensin rekisteriin tai tarkista tunnus.',
    sv: 'Organisationen finns inte i registret. Registrera den först eller kontrollera id:t.',
    en: 'The organisation is not registered. Register it first, or check its id.',
  },
  'organisation-succeeded': {
    fi: 'Organisaation tehtäviä jatkaa {by}, joten sitä ei voi sen jälkeen muuttaa. Kirjaa muutos seuraajalle.',
    sv: 'Organisationen har efterträtts av {by} och kan därefter inte ändras. Anteckna ändringen för efterträdaren.',
    en: 'The organisation was succeeded by {by} and cannot be changed from then on. Record the change for the successor.',
  },
  'renamed-before-registered': {
    fi: 'Organisaatio on rekisterissä vasta alkaen {since}, eikä nimi voi muuttua sitä ennen. Valitse myöhempi päivä.',
    sv: 'Organisationen finns i registret först från och med {since}, och namnet kan inte ändras före det. Välj en senare dag.',
    en: 'The organisation is in the register only from {since} on, and cannot be renamed before. Choose a later day.',
  },
  'registered-after-what-followed': {
    fi: 'Organisaatiolle on kirjattu nimi tai seuraaja jo alkaen {followed}, joten se ei voi olla rekisterissä vasta sen jälkeen. Oikaise se tieto ensin tai valitse aiempi päivä.',
    sv: 'För organisationen har ett namn eller en efterträdare antecknats redan från och med {followed}, och den kan därför inte finnas i registret först efter det. Rätta den uppgiften först eller välj en tidigare dag.',
    en: 'A name or a successor of the organisation is recorded from {followed} on already, so it cannot be registered only after that. Correct that first, or choose an earlier day.',
  },
  'succession-recorded': {
    fi: 'Seuraajaksi on jo kirjattu {by} alkaen {from}. Jos tieto on väärä, oikaise se perusteluineen.',
    sv: 'Som efterträdare har redan antecknats {by} från och med {from}. Om uppgiften är fel, rätta den och ange varför.',
    en: 'The successor is recorded already: {by}, from {from} on. If that is wrong, correct it, with a reason.',
  },
  'succession-not-recorded': {
    fi: 'Organisaatiolle ei ole kirjattu seuraajaa, jota voisi oikaista. Kirjaa seuraaja ensin.',
    sv: 'Ingen efterträdare har antecknats som kunde rättas. Anteckna efterträdaren först.',
    en: 'No successor is recorded that could be corrected. Record the successor first.',
  },
  'succession-in-a-circle': {
    fi: 'Organisaation {by} seuraajaksi on kirjattu tämä organisaatio, joten se ei voi olla tämän seuraaja. Tarkista tunnukset.',
    sv: 'Som efterträdare till {by} har antecknats denna organisation, och den kan därför inte efterträda denna. Kontrollera id:na.',
    en: 'This organisation is recorded as the successor of {by}, which therefore cannot succeed it. Check the ids.',
  },
  'successor-succeeded': {
    fi: 'Organisaation {by} tehtäviä jatkaa silloin jo {next}. Kirjaa seuraajaksi se tai valitse aiempi päivä.',
    sv: 'Organisationen {by} har då redan efterträtts av {next}. Anteckna den som efterträdare eller välj en tidigare dag.',
    en: 'By then {by} was itself succeeded by {next}. Record that one as the successor, or choose an earlier day.',
  },
  'succession-at-once': {
    fi: 'Toista seuraajaa kirjataan juuri nyt. Lähetä komento hetken päästä uudelleen.',
    sv: 'En annan efterträdare antecknas just nu. Skicka kommandot igen om en stund.',
    en: 'Another successor is being recorded just now. Send the command again in a moment.',
  },
  'succeeded-before-registered': {
    fi: 'Organisaatio on rekisterissä vasta alkaen {since}, eikä sillä voi olla seuraajaa sitä ennen. Valitse myöhempi päivä tai oikaise päivä, josta alkaen se on rekisterissä.',
    sv: 'Organisationen finns i registret först från och med {since} och kan inte ha en efterträdare före det. Välj en senare dag eller rätta dagen från och med vilken den finns i registret.',
    en: 'The organisation is in the register only from {since} on, and cannot be succeeded before. Choose a later day, or correct the day from which it is registered.',
  },
  'successor-not-yet-registered': {
    fi: 'Seuraaja {by} on rekisterissä vasta alkaen {since}. Valitse myöhempi päivä tai oikaise päivä, josta alkaen se on rekisterissä.',
    sv: 'Efterträdaren {by} finns i registret först från och med {since}. Välj en senare dag eller rätta dagen från och med vilken den finns i registret.',
    en: 'The successor {by} is in the register only from {since} on. Choose a later day, or correct the day from which it is registered.',
  },
  'successor-unknown': {
    fi: 'Seuraajaa {by} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Efterträdaren {by} finns inte i registret. Registrera den först.',
    en: 'The successor {by} is not registered. Register it first.',
  },
  'succeeded-by-itself': {
    fi: 'Organisaatio ei voi olla itsensä seuraaja. Käytä nimenmuutosta.',
    sv: 'En organisation kan inte efterträda sig själv. Använd namnändring.',
    en: 'An organisation cannot succeed itself. Record a change of name instead.',
  },
});
