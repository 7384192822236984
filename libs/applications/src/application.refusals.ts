import { refusals } from '#kernel/refused';

export const { texts: applicationRefusals, refuse } = refusals({
  'application-call-unknown': {
    fi: 'Hakua {call} ei ole. Tarkista tunnus.',
    sv: 'Utlysningen {call} finns inte. Kontrollera id.',
    en: 'There is no call {call}. Check its id.',
  },
  'application-call-not-published': {
    fi: 'Hakua {call} ei ole vielä julkaistu. Hakemuksen voi laatia, kun haku on julkaistu.',
    sv: 'Utlysningen {call} är inte publicerad än. En ansökan kan göras upp när utlysningen är publicerad.',
    en: 'The call {call} is not published yet. An application can be drafted once it is.',
  },
  'application-call-cancelled': {
    fi: 'Haku {call} on peruttu, joten siihen ei voi hakea.',
    sv: 'Utlysningen {call} har dragits tillbaka, så det går inte att söka.',
    en: 'The call {call} was cancelled, so one cannot apply.',
  },
  'application-call-not-open': {
    fi: 'Hakuaika alkaa {opens}. Jätä hakemus sen jälkeen.',
    sv: 'Ansökningstiden börjar {opens}. Lämna in ansökan därefter.',
    en: 'Applications are taken from {opens} on. Submit the application after that.',
  },
  'application-misaddressed': {
    fi: 'Tämän hakijan hakemuksen tunnus tässä haussa on {application}. Lähetä komento sillä tunnuksella.',
    sv: 'I denna utlysning är id för sökandens ansökan {application}. Skicka kommandot med det id:t.',
    en: 'In this call the id of this applicant’s application is {application}. Send the command with that id.',
  },
  'application-exists': {
    fi: 'Hakemus {application} on jo olemassa. Jatka sitä, sillä hakuun voi jättää vain yhden.',
    sv: 'Ansökan {application} finns redan. Fortsätt med den, eftersom bara en kan lämnas in i utlysningen.',
    en: 'The application {application} exists already. Go on with it: there is one in a call.',
  },
  'application-unknown': {
    fi: 'Jätettyä hakemusta {application} ei ole, tai se ei ole sinun. Tarkista tunnus.',
    sv: 'Det finns ingen inlämnad ansökan {application}, eller så är den inte din. Kontrollera id.',
    en: 'There is no submitted application {application}, or it is not yours. Check its id.',
  },
  'application-submitted': {
    fi: 'Hakemus on jo jätetty. Muuta sitä määräaikaan asti muutoksella, sen jälkeen vain pyydetyllä täydennyksellä.',
    sv: 'Ansökan är redan inlämnad. Ändra den genom en ändring fram till tidsfristen, därefter endast genom en begärd komplettering.',
    en: 'The application was submitted already. Amend it until the deadline; after that it changes by a requested supplement only.',
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
  'application-locked': {
    fi: 'Hakemuksesta on esitelty päätösehdotus. Hakemus ei muutu, ennen kuin esittelijä peruu ehdotuksen.',
    sv: 'Ett förslag till beslut om ansökan har lagts fram. Ansökan ändras inte förrän föredraganden drar tillbaka förslaget.',
    en: 'A decision on the application is proposed. It does not change until the presenter withdraws the proposal.',
  },
  'applicant-unknown': {
    fi: 'Hakijaa {organisation} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Sökanden {organisation} finns inte i registret. Registrera den först.',
    en: 'The applicant {organisation} is not registered. Register it first.',
  },
  'applicant-not-eligible': {
    fi: 'Hakija {organisation} ei voi hakea tässä haussa. Hakea voivat: {eligible}.',
    sv: 'Sökanden {organisation} kan inte söka i denna utlysning. Sökande kan vara: {eligible}.',
    en: 'The applicant {organisation} cannot apply in this call. Eligible are: {eligible}.',
  },
  'applicant-of-another-region': {
    fi: 'Hakija {organisation} ei rekisterin mukaan toimi maakunnassa {region}. Tarkista hakija tai pyydä ministeriötä korjaamaan rekisteri.',
    sv: 'Enligt registret verkar sökanden {organisation} inte i landskapet {region}. Kontrollera sökanden eller be ministeriet rätta registret.',
    en: 'By the register the applicant {organisation} does not work in the region {region}. Check the applicant, or ask the ministry to correct the register.',
  },
  'application-incomplete': {
    fi: 'Hakemuksesta puuttuu: {missing}. Täydennä se ensin.',
    sv: 'I ansökan saknas: {missing}. Komplettera den först.',
    en: 'The application lacks: {missing}. Complete it first.',
  },
  'cost-line-twice': {
    fi: 'Kulurivi {line} on hakemuksessa kahdesti. Yhdistä rivit tai anna toiselle oma tunnus.',
    sv: 'Kostnadsraden {line} finns två gånger i ansökan. Slå ihop raderna eller ge den ena en egen kod.',
    en: 'The cost line {line} stands in the application twice. Join the lines, or give one a key of its own.',
  },
  'costs-too-large': {
    fi: 'Kustannukset yhteensä ({costs} senttiä) ovat suuremmat kuin järjestelmä voi laskea tarkasti. Tarkista määrät.',
    sv: 'Kostnaderna sammanlagt ({costs} cent) är större än systemet kan räkna exakt. Kontrollera beloppen.',
    en: 'The costs together ({costs} cents) are more than can be computed exactly. Check the amounts.',
  },
  'funding-does-not-add-up': {
    fi: 'Avustus, omarahoitus, muu rahoitus ja tulot ovat yhteensä {funding} senttiä, mutta kustannukset {costs} senttiä. Niiden on oltava yhtä suuret; tulot eivät ole omarahoitusta.',
    sv: 'Understödet, egenfinansieringen, den andra finansieringen och inkomsterna är sammanlagt {funding} cent, men kostnaderna {costs} cent. De måste vara lika; inkomster är inte egenfinansiering.',
    en: 'Grant, own funding, other funding and income are {funding} cents together, but the costs are {costs} cents. They must be equal; income is not own funding.',
  },
  'amount-over-share': {
    fi: 'Haettu avustus {amount} senttiä on enemmän kuin haun suurin osuus hyväksyttävistä kustannuksista ({largest} senttiä).',
    sv: 'Det sökta understödet {amount} cent är mer än utlysningens största andel av de godtagbara kostnaderna ({largest} cent).',
    en: 'The amount applied for, {amount} cents, is more than the call’s largest share of the eligible costs ({largest} cents).',
  },
  'plan-version-unknown': {
    fi: 'Hankesuunnitelmasta ei ole versiota {version}. Laadi se ensin tai viittaa olemassa olevaan.',
    sv: 'Det finns ingen version {version} av projektplanen. Gör upp den först eller hänvisa till en som finns.',
    en: 'The project plan has no version {version}. Make it first, or cite one that there is.',
  },
  'application-deadline-passed': {
    fi: 'Hakuaika päättyi {closes}, ja muutos saapui sen jälkeen. Hakemus muuttuu nyt vain pyydetyllä täydennyksellä.',
    sv: 'Ansökningstiden gick ut {closes}, och ändringen ankom därefter. Ansökan ändras nu endast genom en begärd komplettering.',
    en: 'The call closed at {closes}, and the amendment came after that. The application now changes by a requested supplement only.',
  },
  'arrival-missing': {
    fi: 'Muuta kautta saapuneesta kirjataan saapumistapa, saapumishetki ja mistä se näkyy sekä hakija ja maakunta. Puuttuu: {missing}.',
    sv: 'Om det som ankommit på annat sätt antecknas kanalen, ankomsttiden och vad den framgår av samt sökanden och landskapet. Saknas: {missing}.',
    en: 'Of what came another way channel, instant and evidence are recorded, and the applicant and region. Missing: {missing}.',
  },
  'arrival-by-registrar': {
    fi: 'Muun saapumistavan kirjaa ministeriön kirjaaja. Lähetä komento ilman saapumistietoja, niin se saapuu nyt.',
    sv: 'Ankomst på annat sätt antecknas av ministeriets registrator. Skicka kommandot utan uppgifter om ankomst, så ankommer det nu.',
    en: 'What comes another way is recorded by the ministry’s registrar. Send the command without an arrival: it arrives now.',
  },
  'arrival-in-future': {
    fi: 'Saapumishetki {arrivedAt} ei ole vielä koittanut. Korjaa se.',
    sv: 'Ankomsttiden {arrivedAt} ligger i framtiden. Rätta den.',
    en: 'The instant of arrival, {arrivedAt}, is still to come. Correct it.',
  },
  'case-number-given': {
    fi: 'Hakemuksella on jo asianumero {caseNumber}. Kirjaa muu saapunut muutoksena tai täydennyksenä.',
    sv: 'Ansökan har redan ärendenumret {caseNumber}. Anteckna det som i övrigt ankommit som en ändring eller komplettering.',
    en: 'The application has the case number {caseNumber} already. Record what else came as an amendment or a supplement.',
  },
});
