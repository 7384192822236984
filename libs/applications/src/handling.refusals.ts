import { refusals } from '#kernel/refused';
import { groundsOfInadmissibility } from './application.terms.js';

export const { texts: handlingRefusals, refuse } = refusals({
  'handler-disqualified': {
    fi: 'Olet esteellinen tässä asiassa, joten et voi käsitellä sitä. Siirrä asia toiselle esittelijälle.',
    sv: 'Du är jävig i detta ärende och kan inte behandla det. Överför ärendet till en annan föredragande.',
    en: 'You are disqualified in this matter and cannot handle it. Hand it to another presenter.',
  },
  'application-call-still-open': {
    fi: 'Haku on auki {closes} asti, ja hakemus voi vielä muuttua. Arvioi ja esittele se sen jälkeen.',
    sv: 'Utlysningen är öppen till {closes} och ansökan kan ännu ändras. Bedöm och föredra den därefter.',
    en: 'The call is open until {closes}, and the application may still change. Assess and propose after that.',
  },
  'due-passed': {
    fi: 'Määräpäivä {due} on jo mennyt. Anna myöhempi päivä.',
    sv: 'Den sista dagen {due} har redan passerat. Ange en senare dag.',
    en: 'The due day {due} has passed already. Give a later one.',
  },
  'due-far-away': {
    fi: 'Määräpäivä {due} on yli {days} päivän päässä. Jos se on oikein, lähetä komento uudelleen niin, että isFarDayMeant on true.',
    sv: 'Den sista dagen {due} ligger mer än {days} dagar bort. Om den är rätt, skicka kommandot på nytt med isFarDayMeant som true.',
    en: 'The due day {due} is more than {days} days away. If it is meant, send the command again with isFarDayMeant as true.',
  },
  'asked-and-answered': {
    fi: 'Pyyntöön {id} on jo vastattu, joten sitä ei voi enää muuttaa eikä perua. Tee tarvittaessa uusi pyyntö.',
    sv: 'Begäran {id} har redan besvarats och kan varken ändras eller dras tillbaka. Gör vid behov en ny begäran.',
    en: 'What was asked under {id} has been answered, and can neither be changed nor withdrawn. Ask anew where needed.',
  },
  'arrival-not-earlier': {
    fi: 'Hakemuksen kirjattu saapumishetki on {arrivedAt}, eikä annettu hetki ole sitä aiempi. Tarkista hetki.',
    sv: 'Ansökan är antecknad som inkommen {arrivedAt}, och den angivna tidpunkten är inte tidigare. Kontrollera tidpunkten.',
    en: 'The application is on record as arrived at {arrivedAt}, and the instant given is not earlier. Check the instant.',
  },
  'asked-already': {
    fi: 'Tunnuksella {id} on jo pyydetty hakijalta muuta. Anna uudelle pyynnölle oma tunnus.',
    sv: 'Under id:t {id} har något annat redan begärts av sökanden. Ge den nya begäran ett eget id.',
    en: 'Something else was asked of the applicant under the id {id}. Give the new request an id of its own.',
  },
  'not-asked': {
    fi: 'Pyyntöä tai kuulemista {id} ei ole tässä hakemuksessa. Tarkista tunnus.',
    sv: 'Begäran eller hörandet {id} finns inte i denna ansökan. Kontrollera id:t.',
    en: 'There is no request or hearing {id} in this application. Check its id.',
  },
  'supplement-empty': {
    fi: 'Täydennyksessä ei ole tekstiä eikä uutta sisältöä. Anna jompikumpi.',
    sv: 'Kompletteringen har varken text eller nytt innehåll. Ange någondera.',
    en: 'The supplement has neither a text nor a new content. Give one of them.',
  },
  'criterion-unknown': {
    fi: 'Haun ehdoissa ei ole arviointiperustetta {criterion}. Haun perusteet ovat: {known}.',
    sv: 'I utlysningens villkor finns ingen bedömningsgrund {criterion}. Grunderna är: {known}.',
    en: 'The terms of the call have no criterion {criterion}. Its criteria are: {known}.',
  },
  'assessments-missing': {
    fi: 'Hakemusta ei ole arvioitu kaikilla haun perusteilla. Puuttuu: {missing}. Arvioi se niillä ennen esittelyä.',
    sv: 'Ansökan har inte bedömts enligt alla utlysningens grunder. Det saknas: {missing}. Bedöm den enligt dem före föredragningen.',
    en: 'The application has not been assessed by all criteria of the call. Missing: {missing}. Assess it by those before you propose.',
  },
  'answer-awaited': {
    fi: 'Hakijalla on {due} asti aikaa vastata. Esittele päätös sen jälkeen tai kun vastaus on saapunut.',
    sv: 'Sökanden har tid på sig att svara till {due}. Föredra beslutet därefter eller när svaret har kommit in.',
    en: 'The applicant has until {due} to answer. Propose a decision after that, or once the answer has come.',
  },
  'outcome-inadmissible-only': {
    fi: 'Hakemusta ei voida tutkia: {ground}. Ehdota, että hakemus jätetään tutkimatta.',
    sv: 'Ansökan kan inte prövas: {ground}. Föreslå att ansökan lämnas utan prövning.',
    en: 'The application cannot be examined: {ground}. Propose that it be found inadmissible.',
    terms: { ground: groundsOfInadmissibility },
  },
  'proposed-amount-missing': {
    fi: 'Myönteisessä ehdotuksessa on oltava nollaa suurempi määrä. Anna myönnettäväksi ehdotettava määrä.',
    sv: 'I ett förslag om beviljande ska det finnas ett belopp som är större än noll. Ange det belopp som föreslås.',
    en: 'A proposal to grant needs an amount of more than zero. Give the amount that is proposed.',
  },
  'proposed-amount-without-grant': {
    fi: 'Määrä annetaan vain, kun avustusta ehdotetaan myönnettäväksi. Jätä määrä pois.',
    sv: 'Ett belopp anges endast när understöd föreslås bli beviljat. Utelämna beloppet.',
    en: 'An amount is given only where a grant is proposed. Leave it out.',
  },
  'proposed-figures-missing': {
    fi: 'Hakemuksen kustannuksia ja haettua määrää ei tiedetä, joten avustusta ei voi ehdottaa. Pyydä täydennystä.',
    sv: 'Ansökans kostnader och det sökta beloppet är inte kända, och understöd kan därför inte föreslås. Begär komplettering.',
    en: 'The costs and the amount applied for are not known, so that no grant can be proposed. Ask for a supplement.',
  },
  'proposed-amount-too-large': {
    fi: 'Ehdotettu määrä {amount:euros} euroa on enemmän kuin voidaan myöntää: enintään haettu määrä ja suurin osuus hyväksyttävistä kustannuksista, {largest:euros} euroa.',
    sv: 'Det föreslagna beloppet {amount:euros} euro är mer än vad som kan beviljas: högst det sökta beloppet och den största andelen av de godtagbara kostnaderna, {largest:euros} euro.',
    en: 'The amount proposed, {amount:euros} euros, is more than can be granted: at most what is applied for and the largest share of the eligible costs, {largest:euros} euros.',
  },
  'nothing-proposed': {
    fi: 'Hakemuksesta ei ole päätösehdotusta, jonka voisi perua. Tarkista hakemuksen tunnus.',
    sv: 'Det finns inget förslag till beslut om ansökan att dra tillbaka. Kontrollera ansökans id.',
    en: 'No decision on the application is proposed that could be withdrawn. Check the application’s id.',
  },
});
