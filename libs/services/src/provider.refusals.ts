import { refusals, type Terms } from '#kernel/refused';

const fields = {
  contents: { fi: 'tuen sisältö', sv: 'stödets innehåll', en: 'what one is helped with' },
  languages: { fi: 'palvelukielet', sv: 'servicespråk', en: 'languages' },
  audiences: { fi: 'kohderyhmät', sv: 'målgrupper', en: 'for whom' },
  municipalities: { fi: 'kunnat', sv: 'kommuner', en: 'municipalities' },
  place: { fi: 'paikka', sv: 'plats', en: 'place' },
  phone: { fi: 'puhelin', sv: 'telefon', en: 'telephone' },
} satisfies Terms[string];

export const { texts: providerRefusals, refuse } = refusals({
  'provider-organisation-unknown': {
    fi: 'Organisaatiota {organisation} ei ole rekisterissä. Pyydä ministeriötä lisäämään se rekisteriin.',
    sv: 'Organisationen {organisation} finns inte i registret. Be ministeriet registrera den.',
    en: 'The organisation {organisation} is not registered. Ask the ministry to register it.',
  },
  'provider-organisation-not-yet-registered': {
    fi: 'Organisaatio {organisation} on rekisterissä vasta alkaen {since}. Odota siihen asti tai pyydä ministeriötä oikaisemaan päivä.',
    sv: 'Organisationen {organisation} finns i registret först från och med {since}. Vänta tills dess eller be ministeriet rätta dagen.',
    en: 'The organisation {organisation} is in the register only from {since} on. Wait until then, or ask the ministry to correct that day.',
  },
  'provider-organisation-succeeded': {
    fi: 'Organisaation {organisation} tehtäviä jatkaa {by}. Palvelut ilmoittaa nyt se.',
    sv: 'Organisationen {organisation} har efterträtts av {by}, som nu anmäler tjänsterna.',
    en: 'The organisation {organisation} was succeeded by {by}, which offers services now.',
  },
  'provider-unknown': {
    fi: 'Organisaatio ei ole ilmoittautunut digituen tarjoajaksi. Ilmoita se ensin.',
    sv: 'Organisationen har inte anmälts som aktör för digitalt stöd. Anmäl den först.',
    en: 'The organisation is not registered as a provider. Register it first.',
  },
  'service-exists': {
    fi: 'Tunnus {service} on jo toisella palvelulla tai päättyneellä palvelulla. Muuta palvelun tietoja tai anna uusi tunnus.',
    sv: 'Id:t {service} tillhör redan en tjänst eller en tjänst som har upphört. Ändra uppgifterna om tjänsten eller ge ett nytt id.',
    en: 'The id {service} is that of another service, or of one that has ended. Revise the service, or give a new id.',
  },
  'service-unknown': {
    fi: 'Palvelua {service} ei ole tarjolla annettuna aikana. Tarkista tunnus ja päivä.',
    sv: 'Tjänsten {service} erbjuds inte vid den angivna tiden. Kontrollera id:t och dagen.',
    en: 'There is no service {service} on offer at the time given. Check its id and the day.',
  },
  'service-incomplete': {
    fi: 'Palvelusta puuttuu: {missing}. Täydennä tiedot.',
    sv: 'Uppgifter saknas om tjänsten: {missing}. Komplettera dem.',
    en: 'The service lacks: {missing}. Complete it.',
    terms: { missing: fields },
  },
  'service-municipality-unknown': {
    fi: 'Kuntaa {municipality} ei ole annettuna aikana (kenttä {field}). Tarkista kuntanumero.',
    sv: 'Det finns ingen kommun {municipality} vid den angivna tiden (fältet {field}). Kontrollera kommunkoden.',
    en: 'There is no municipality {municipality} at the time given (field {field}). Check its code.',
  },
  'service-municipality-ended': {
    fi: 'Kunta {municipality} lakkasi vuoden {year} lopussa (kenttä {field}). Anna kunta, johon se liittyi.',
    sv: 'Kommunen {municipality} upphörde i slutet av år {year} (fältet {field}). Ange kommunen som den gick upp i.',
    en: 'The municipality {municipality} ended with the year {year} (field {field}). Give the one that it became a part of.',
  },
  'service-place-elsewhere': {
    fi: 'Paikan kunta {municipality} ei ole palvelun kuntien joukossa (kenttä {place.municipality:label}). Lisää se kuntiin tai korjaa paikka.',
    sv: 'Platsens kommun {municipality} är inte bland tjänstens kommuner (fältet {place.municipality:label}). Lägg till den eller rätta platsen.',
    en: 'The place’s municipality {municipality} is not among the service’s (field {place.municipality:label}). Add it, or correct the place.',
  },
  'hours-impossible': {
    fi: 'Aukioloaika {opens}–{closes} ei ole mahdollinen (kenttä {field}): sulkemisaika on avaamisajan jälkeen. Keskiyön yli jatkuva aika annetaan kahtena.',
    sv: 'Öppettiden {opens}–{closes} är inte möjlig (fältet {field}): stängningstiden ska vara efter öppningstiden. En tid som fortsätter efter midnatt anges som två.',
    en: 'Hours from {opens} to {closes} are not possible (field {field}): closing comes after opening. What goes on past midnight is given as two.',
  },
  'hours-overlap': {
    fi: 'Aukioloajat menevät päällekkäin (kenttä {field}). Anna ne yhtenä aikana.',
    sv: 'Öppettiderna överlappar varandra (fältet {field}). Ange dem som en tid.',
    en: 'Hours overlap (field {field}). Give them as one.',
  },
  'exception-twice': {
    fi: 'Päivällä {on} on kaksi poikkeusta (kenttä {field}). Anna päivän ajat yhdessä.',
    sv: 'Dagen {on} har två undantag (fältet {field}). Ange dagens tider tillsammans.',
    en: 'The day {on} has two exceptions (field {field}). Give its hours together.',
  },
  'services-file-columns-unknown': {
    fi: 'Tiedostossa on sarakkeita, joita ei tunneta: {unknown}. Sarakkeet ovat {known}.',
    sv: 'Filen har kolumner som inte är kända: {unknown}. Kolumnerna är {known}.',
    en: 'The file has columns that are not known: {unknown}. The columns are {known}.',
  },
  'services-file-column-twice': {
    fi: 'Sarake {column} on tiedostossa kahdesti. Poista toinen.',
    sv: 'Kolumnen {column} finns två gånger i filen. Ta bort den ena.',
    en: 'The column {column} is in the file twice. Remove one.',
  },
  'services-file-columns-missing': {
    fi: 'Tiedoston ensimmäiseltä riviltä puuttuvat sarakkeet {missing}. Käytä pohjana mallitiedostoa.',
    sv: 'På filens första rad saknas kolumnerna {missing}. Utgå från mallen.',
    en: 'The first line of the file lacks the columns {missing}. Begin with the template.',
  },
  'services-file-too-long': {
    fi: 'Tiedostossa on {lines} palvelua; kerralla voi ilmoittaa {most}. Jaa tiedosto osiin.',
    sv: 'Filen har {lines} tjänster; {most} kan anmälas åt gången. Dela upp filen.',
    en: 'The file has {lines} services; {most} can be offered at once. Send it in parts.',
  },
  'services-file-quotes': {
    fi: 'Rivin {line} lainausmerkit eivät täsmää. Tallenna tiedosto CSV-muodossa (UTF-8) ja yritä uudelleen.',
    sv: 'Citattecknen på rad {line} stämmer inte. Spara filen som CSV (UTF-8) och försök igen.',
    en: 'The quotes of line {line} do not fit. Save the file as CSV (UTF-8) and try again.',
  },
  'services-file-unreadable': {
    fi: 'Saraketta {column} ei voi lukea sellaisena kuin se on. Katso mallitiedostosta, miten se kirjoitetaan.',
    sv: 'Kolumnen {column} kan inte läsas som den är. Se i mallen hur den skrivs.',
    en: 'The column {column} cannot be read as it is. See in the template how it is written.',
  },
  'services-file-service-twice': {
    fi: 'Palvelu {service} on tiedostossa jo aiemmalla rivillä. Anna tälle toinen tunnus.',
    sv: 'Tjänsten {service} finns redan på en tidigare rad i filen. Ge denna ett annat id.',
    en: 'The service {service} is on an earlier line of the file already. Give this one another id.',
  },
  'principles-version-unknown': {
    fi: 'Eettisten periaatteiden {principles} versiota {version} ei ole julkaistu. Tarkista versio.',
    sv: 'Version {version} av de etiska principerna {principles} har inte publicerats. Kontrollera versionen.',
    en: 'Version {version} of the ethical principles {principles} has not been published. Check the version.',
  },
  'principles-version-replaced': {
    fi: 'Eettisten periaatteiden version {version} on korvannut versio {current}. Sitoudu siihen.',
    sv: 'Version {version} av de etiska principerna har ersatts av version {current}. Förbind er till den.',
    en: 'Version {version} of the ethical principles was replaced by version {current}. Commit to that one.',
  },
  'commitment-missing': {
    fi: 'Tarjoaja ei ole sitoutunut eettisiin periaatteisiin {principles}, joten peruttavaa ei ole.',
    sv: 'Aktören har inte förbundit sig till de etiska principerna {principles}, så det finns inget att återta.',
    en: 'The provider has not committed to the ethical principles {principles}, so there is nothing to withdraw.',
  },
});
