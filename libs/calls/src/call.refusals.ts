import { labelsOf } from '#kernel/event-schema';
import { refusals } from '#kernel/refused';
import { callTerms } from './call.events.js';

export const { texts: callRefusals, refuse } = refusals({
  'call-exists': {
    fi: 'Haku on jo suunniteltu. Muuta sen ehtoja tai anna uudelle haulle toinen tunnus.',
    sv: 'Utlysningen är redan planerad. Ändra dess villkor eller ge den nya utlysningen ett annat id.',
    en: 'The call is planned already. Amend its terms, or give the new call another id.',
  },
  'call-unknown': {
    fi: 'Hakua ei ole. Tarkista tunnus.',
    sv: 'Utlysningen finns inte. Kontrollera id:t.',
    en: 'There is no such call. Check its id.',
  },
  'call-cancelled': {
    fi: 'Haku on peruttu, joten sitä ei voi enää muuttaa.',
    sv: 'Utlysningen har dragits tillbaka och kan inte längre ändras.',
    en: 'The call was cancelled and cannot be changed any more.',
  },
  'call-closed': {
    fi: 'Hakuaika päättyi {closes}. Hakua ei voi sen jälkeen julkaista, muuttaa eikä perua.',
    sv: 'Ansökningstiden gick ut {closes}. Därefter kan utlysningen varken publiceras, ändras eller dras tillbaka.',
    en: 'The call closed at {closes}. After that it can neither be published nor changed nor cancelled.',
  },
  'call-not-published': {
    fi: 'Hakua ei ole vielä julkaistu. Julkaise se ensin.',
    sv: 'Utlysningen är inte publicerad än. Publicera den först.',
    en: 'The call is not published yet. Publish it first.',
  },
  'call-published': {
    fi: 'Haku on jo julkaistu, joten sen nimeä, tavoitteita ja tehtäviä ei voi enää korjata. Ehtoja voi muuttaa komennolla amendCallTerms.',
    sv: 'Utlysningen är redan publicerad, och dess namn, mål och uppgifter kan inte längre rättas. Villkoren kan ändras med kommandot amendCallTerms.',
    en: 'The call is published already: its names, goals and duties cannot be corrected any more. Its terms can be amended by amendCallTerms.',
  },
  'call-open': {
    fi: 'Haku on auki {closes} asti. Sen voi päättää vasta sen jälkeen.',
    sv: 'Utlysningen är öppen till {closes}. Den kan avslutas först därefter.',
    en: 'The call is open until {closes}. It can be closed only after that.',
  },
  'terms-incomplete': {
    fi: 'Julkaistun tai julkaistavan haun ehdoista puuttuu: {missing}. Täydennä ehdot.',
    sv: 'I villkoren för en utlysning som är eller ska bli publicerad saknas: {missing}. Komplettera villkoren.',
    en: 'The terms of a call that is published, or is to be, lack: {missing}. Complete them.',
    terms: { missing: labelsOf(callTerms.fields) },
  },
  'window-backwards': {
    fi: 'Ajan {field} loppu ({to}) on ennen sen alkua ({from}). Korjaa jompikumpi.',
    sv: 'Tiden {field} slutar ({to}) innan den börjar ({from}). Rätta någondera.',
    en: 'The time {field} ends ({to}) before it begins ({from}). Correct one of them.',
  },
  'terms-far-away': {
    fi: 'Päivä {day} kohdassa {field} on yli {days} päivän päässä. Jos se on oikein, lähetä komento uudelleen niin, että isFarDayMeant on true.',
    sv: 'Dagen {day} i {field} ligger mer än {days} dagar bort. Om den är rätt, skicka kommandot på nytt med isFarDayMeant som true.',
    en: 'The day {day} of {field} is more than {days} days away. If it is meant, send the command again with isFarDayMeant as true.',
  },
  'key-twice': {
    fi: 'Tunnus {key} esiintyy kahdesti. Anna jokaiselle arviointiperusteelle ja tehtävälle oma tunnus.',
    sv: 'Koden {key} förekommer två gånger. Ge varje bedömningsgrund och uppgift en egen kod.',
    en: 'The key {key} is there twice. Give each criterion and duty a key of its own.',
  },
  'comments-after-closing': {
    fi: 'Suunnitelmaluonnoksia kommentoidaan {to} asti, mutta haku päättyy jo {closes}. Lopeta kommentointi viimeistään hakuajan päättymispäivänä.',
    sv: 'Planutkasten kommenteras till och med {to}, men utlysningen stängs redan {closes}. Låt kommenteringen sluta senast den dag då ansökningstiden går ut.',
    en: 'Drafts of plans are commented on until {to}, but the call closes at {closes}. Let comments end on the day of closing at the latest.',
  },
  'use-before-closing': {
    fi: 'Käyttöaika alkaa {from}, mutta haku päättyy vasta {closes}. Aloita käyttöaika hakuajan jälkeen.',
    sv: 'Användningstiden börjar {from}, men utlysningen stängs först {closes}. Låt användningstiden börja efter ansökningstiden.',
    en: 'The period of use begins on {from}, but the call closes only at {closes}. Let it begin after the closing.',
  },
  'reporting-before-use': {
    fi: 'Raportointi alkaa {from}, mutta käyttöaika vasta {use}. Aloita raportointi aikaisintaan käyttöajan alkaessa.',
    sv: 'Redovisningen börjar {from}, men användningstiden först {use}. Låt redovisningen börja tidigast när användningstiden börjar.',
    en: 'Reporting begins on {from}, but the period of use only on {use}. Let reporting begin with the use at the earliest.',
  },
  'organiser-grants-nothing': {
    fi: 'Organisaatio {organiser} ei voi myöntää avustusta: myöntäjä on ministeriö tai virasto. Tarkista tunnus.',
    sv: 'Organisationen {organiser} kan inte bevilja understöd: det gör ett ministerium eller en myndighet. Kontrollera id:t.',
    en: 'The organisation {organiser} cannot grant: a ministry or an agency does. Check the id.',
  },
  'deadline-not-later': {
    fi: 'Uuden määräajan ({closes}) on oltava nykyistä ({current}) myöhempi.',
    sv: 'Den nya tidsfristen ({closes}) måste vara senare än den nuvarande ({current}).',
    en: 'The new deadline ({closes}) must be later than the present one ({current}).',
  },
  'deadline-missing': {
    fi: 'Haulla ei ole määräaikaa. Anna se ehdoissa ennen kuin jatkat tai päätät hakua.',
    sv: 'Utlysningen har ingen tidsfrist. Ange den i villkoren innan du förlänger eller avslutar utlysningen.',
    en: 'The call has no deadline. Give it in the terms before you extend or close the call.',
  },
  'deadline-shortened': {
    fi: 'Julkaistun haun määräaikaa ({current}) ei voi aikaistaa ({closes}).',
    sv: 'Tidsfristen för en publicerad utlysning ({current}) kan inte tidigareläggas ({closes}).',
    en: 'The deadline of a published call ({current}) cannot be brought forward ({closes}).',
  },
  'organiser-unknown': {
    fi: 'Avustuksen myöntäjää {organiser} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Den som beviljar understödet, {organiser}, finns inte i registret. Registrera den först.',
    en: 'The organisation {organiser} that grants is not registered. Register it first.',
  },
  'selection-recorded': {
    fi: 'Haun valinta on jo kirjattu lähteestä.',
    sv: 'Urvalet har redan antecknats ur en källa.',
    en: 'The selection of this call was recorded from a source already.',
  },
});
