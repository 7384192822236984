import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';
import { kindsOfOrganisations, partsOfApplication, partsOfArrival } from './application.terms.js';

export const { texts: applicationRefusals, refuse } = refusals({
  'application-call-unknown': {
    fi: 'Julkaistua hakua {call} ei ole. Tarkista tunnus.',
    sv: 'Det finns ingen publicerad utlysning {call}. Kontrollera id:t.',
    en: 'There is no published call {call}. Check its id.',
  },
  'application-call-cancelled': {
    fi: 'Haku {call} on peruttu, joten siihen ei voi jättää hakemuksia eikä niitä käsitellä.',
    sv: 'Utlysningen {call} har dragits tillbaka, och ansökningar kan därför varken lämnas in eller behandlas.',
    en: 'The call {call} was cancelled: applications can neither be submitted nor handled.',
  },
  'application-call-not-open': {
    fi: 'Hakuaika alkaa {opens}. Jätä hakemus sen jälkeen.',
    sv: 'Ansökningstiden börjar {opens}. Lämna in ansökan därefter.',
    en: 'Applications are taken from {opens} on. Submit the application after that.',
  },
  'application-misaddressed': {
    fi: 'Tämän hakijan hakemuksen tunnus tässä haussa on {application}. Lähetä komento sillä tunnuksella.',
    sv: 'I denna utlysning har sökandens ansökan id:t {application}. Skicka kommandot med det.',
    en: 'In this call the id of this applicant’s application is {application}. Send the command with that id.',
  },
  'application-exists': {
    fi: 'Hakemus {application} on jo olemassa. Jatka sitä, sillä hakuun voi jättää vain yhden.',
    sv: 'Ansökan {application} finns redan. Fortsätt med den, eftersom bara en kan lämnas in i utlysningen.',
    en: 'The application {application} exists already. Go on with it: there is one in a call.',
  },
  'application-unknown': {
    fi: 'Hakemusta {application} ei ole, tai se ei ole sinun käsiteltävissäsi. Tarkista tunnus.',
    sv: 'Ansökan {application} finns inte, eller så kan du inte behandla den. Kontrollera id:t.',
    en: 'There is no application {application}, or it is not yours to handle. Check its id.',
  },
  'application-submitted': {
    fi: 'Hakemus on jo jätetty. Sitä voi muuttaa määräajan päättymiseen asti, sen jälkeen vain pyydetyllä täydennyksellä.',
    sv: 'Ansökan är redan inlämnad. Den kan ändras fram till att tidsfristen går ut, därefter endast genom en begärd komplettering.',
    en: 'The application was submitted already. Amend it until the deadline; after that it changes by a requested supplement only.',
  },
  'arrival-on-record': {
    fi: 'Hakemuksen saapuminen on jo kirjattu. Jos se osoitetaan saapuneen aiemmin, kirjaa se komennolla recordEarlierArrival.',
    sv: 'Ansökans ankomst är redan antecknad. Om den visar sig ha kommit in tidigare, anteckna det med kommandot recordEarlierArrival.',
    en: 'The arrival of the application is on record already. If it is shown to have arrived earlier, record that by recordEarlierArrival.',
  },
  'application-of-the-record': {
    fi: 'Hakemus tunnetaan vain julkisista lähteistä, joten sitä ei voi käsitellä täällä.',
    sv: 'Ansökan är känd endast ur offentliga källor och kan inte behandlas här.',
    en: 'The application is known from public sources only and cannot be handled here.',
  },
  'application-withdrawn': {
    fi: 'Hakemus on peruutettu, joten sitä ei voi enää käsitellä eikä jättää uudelleen samaan hakuun.',
    sv: 'Ansökan har återtagits och kan varken behandlas eller lämnas in på nytt i samma utlysning.',
    en: 'The application was withdrawn: it can neither be handled nor submitted to the same call again.',
  },
  'application-decided': {
    fi: 'Hakemus on ratkaistu, eikä sitä tai päätösehdotusta enää muuteta. Päätöstä muutetaan vain oikaisuvaatimuksen, valituksen tai virheen korjaamisen kautta.',
    sv: 'Ansökan är avgjord, och varken den eller förslaget ändras längre. Beslutet ändras bara genom omprövning, besvär eller rättelse av fel.',
    en: 'The application is decided: neither it nor the proposal changes any more. The decision changes only by rectification, an appeal or the correction of an error.',
  },
  'application-locked': {
    fi: 'Hakemuksesta on esitelty päätösehdotus. Hakemus ei muutu, ennen kuin esittelijä peruu ehdotuksen.',
    sv: 'Ett förslag till beslut om ansökan har lagts fram. Ansökan ändras inte förrän föredraganden drar tillbaka förslaget.',
    en: 'A decision on the application is proposed. It does not change until the presenter withdraws the proposal.',
  },
  'applicant-unknown': {
    fi: 'Hakijaa {organisation} ei ole rekisterissä. Tarkista tunnus tai pyydä ministeriötä lisäämään hakija rekisteriin.',
    sv: 'Sökanden {organisation} finns inte i registret. Kontrollera id:t eller be ministeriet registrera sökanden.',
    en: 'The applicant {organisation} is not registered. Check its id, or ask the ministry to register it.',
  },
  'applicant-succeeded': {
    fi: 'Hakijan {organisation} tehtäviä jatkaa {by}. Hae sen nimissä.',
    sv: 'Sökanden {organisation} har efterträtts av {by}. Sök i dess namn.',
    en: 'The applicant {organisation} was succeeded by {by}. Apply in the name of that one.',
  },
  'applicant-not-yet-registered': {
    fi: 'Hakija {organisation} on rekisterissä vasta {since} alkaen. Hae sen jälkeen tai pyydä ministeriötä korjaamaan rekisteri.',
    sv: 'Sökanden {organisation} finns i registret först från och med {since}. Sök därefter eller be ministeriet rätta registret.',
    en: 'The applicant {organisation} is in the register only from {since} on. Apply after that, or ask the ministry to correct the register.',
  },
  'applicant-not-eligible': {
    fi: 'Hakija {organisation} ei voi hakea tässä haussa. Hakea voivat: {eligible}.',
    sv: 'Sökanden {organisation} kan inte söka i denna utlysning. Sökande kan vara: {eligible}.',
    en: 'The applicant {organisation} cannot apply in this call. Eligible are: {eligible}.',
    terms: { eligible: kindsOfOrganisations },
  },
  'applicant-of-another-region': {
    fi: 'Hakija {organisation} ei rekisterin mukaan toimi annetussa maakunnassa ({region}). Tarkista hakija tai pyydä ministeriötä korjaamaan rekisteri.',
    sv: 'Enligt registret verkar sökanden {organisation} inte i det angivna landskapet ({region}). Kontrollera sökanden eller be ministeriet rätta registret.',
    en: 'By the register the applicant {organisation} does not work in the region given ({region}). Check the applicant, or ask the ministry to correct the register.',
    terms: { region: regions },
  },
  'application-incomplete': {
    fi: 'Hakemuksesta puuttuu: {missing}. Täydennä se ensin.',
    sv: 'I ansökan saknas: {missing}. Komplettera den först.',
    en: 'The application lacks: {missing}. Complete it first.',
    terms: { missing: partsOfApplication },
  },
  'cost-line-twice': {
    fi: 'Kulurivi {line} on hakemuksessa kahdesti. Yhdistä rivit tai anna toiselle oma tunnus.',
    sv: 'Kostnadsraden {line} finns två gånger i ansökan. Slå ihop raderna eller ge den ena en egen kod.',
    en: 'The cost line {line} stands in the application twice. Join the lines, or give one a key of its own.',
  },
  'costs-too-large': {
    fi: 'Kustannukset yhteensä ({costs:euros} euroa) ovat suuremmat kuin järjestelmä voi laskea tarkasti. Tarkista määrät.',
    sv: 'Kostnaderna sammanlagt ({costs:euros} euro) är större än vad systemet kan räkna exakt. Kontrollera beloppen.',
    en: 'The costs together ({costs:euros} euros) are more than can be computed exactly. Check the amounts.',
  },
  'funding-does-not-add-up': {
    fi: 'Avustus, omarahoitus, muu rahoitus ja tulot ovat yhteensä {funding:euros} euroa, mutta kustannukset {costs:euros} euroa. Korjaa luvut niin, että summat ovat yhtä suuret; tulot eivät ole omarahoitusta.',
    sv: 'Understödet, egenfinansieringen, den andra finansieringen och inkomsterna är sammanlagt {funding:euros} euro, men kostnaderna {costs:euros} euro. Rätta siffrorna så att summorna är lika stora; inkomster är inte egenfinansiering.',
    en: 'Grant, own funding, other funding and income are {funding:euros} euros together, but the costs are {costs:euros} euros. Correct the figures so that they are equal; income is not own funding.',
  },
  'amount-zero': {
    fi: 'Haettu avustus on nolla euroa. Anna haettava määrä.',
    sv: 'Det sökta understödet är noll euro. Ange det belopp som söks.',
    en: 'The amount applied for is zero euros. Give the amount that is applied for.',
  },
  'amount-over-share': {
    fi: 'Haettu avustus {amount:euros} euroa on enemmän kuin haun suurin osuus hyväksyttävistä kustannuksista, {largest:euros} euroa. Pienennä haettua määrää.',
    sv: 'Det sökta understödet {amount:euros} euro är mer än utlysningens största andel av de godtagbara kostnaderna, {largest:euros} euro. Minska det sökta beloppet.',
    en: 'The amount applied for, {amount:euros} euros, is more than the call’s largest share of the eligible costs, {largest:euros} euros. Lower the amount.',
  },
  'plan-version-unknown': {
    fi: 'Hankesuunnitelmasta ei ole versiota {version}. Laadi se ensin tai viittaa olemassa olevaan.',
    sv: 'Det finns ingen version {version} av projektplanen. Gör upp den först eller hänvisa till en som finns.',
    en: 'The project plan has no version {version}. Make it first, or cite one that there is.',
  },
  'application-deadline-passed': {
    fi: 'Hakuaika päättyi {closes}, ja muutos saapui sen jälkeen. Hakemusta voi nyt muuttaa vain täydennyksellä, jota esittelijä on pyytänyt.',
    sv: 'Ansökningstiden gick ut {closes}, och ändringen kom in därefter. Ansökan kan nu ändras endast genom en komplettering som föredraganden har begärt.',
    en: 'The call closed at {closes}, and the amendment came after that. The application now changes by a requested supplement only.',
  },
  'arrival-missing': {
    fi: 'Muuta kautta saapuneesta kirjataan saapumistapa, saapumishetki ja mistä se näkyy sekä hakija ja maakunta. Puuttuu: {missing}.',
    sv: 'För det som kommit in på annat sätt antecknas kanalen, ankomsttiden och vad den framgår av samt sökanden och landskapet. Det saknas: {missing}.',
    en: 'Of what came another way channel, instant and evidence are recorded, and the applicant and region. Missing: {missing}.',
    terms: { missing: partsOfArrival },
  },
  'arrival-by-registrar': {
    fi: 'Muun saapumistavan kirjaa ministeriön kirjaaja. Lähetä komento ilman saapumistietoja; se saapuu silloin lähetyshetkellä.',
    sv: 'Ankomst på annat sätt antecknas av ministeriets registrator. Skicka kommandot utan uppgifter om ankomst; det kommer då in när det skickas.',
    en: 'What comes another way is recorded by the ministry’s registrar. Send the command without an arrival: it arrives now.',
  },
  'arrival-in-future': {
    fi: 'Saapumishetki {arrivedAt} ei ole vielä koittanut. Korjaa se.',
    sv: 'Ankomsttiden {arrivedAt} ligger i framtiden. Rätta den.',
    en: 'The instant of arrival, {arrivedAt}, is still to come. Correct it.',
  },
  'case-number-taken': {
    fi: 'Asianumero {caseNumber} on jo hakemuksella {application}. Tarkista numero.',
    sv: 'Ärendenumret {caseNumber} har redan getts ansökan {application}. Kontrollera numret.',
    en: 'The case number {caseNumber} is that of the application {application} already. Check the number.',
  },
  'case-number-given': {
    fi: 'Hakemuksella on jo asianumero {caseNumber}. Kirjaa muu saapunut muutoksena tai täydennyksenä.',
    sv: 'Ansökan har redan ärendenumret {caseNumber}. Anteckna annat som kommit in som en ändring eller en komplettering.',
    en: 'The application has the case number {caseNumber} already. Record what else came as an amendment or a supplement.',
  },
});
