import { refusals } from '#kernel/refused';

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
  'call-open': {
    fi: 'Haku on auki {closes} asti. Sen voi päättää vasta sen jälkeen.',
    sv: 'Utlysningen är öppen till {closes}. Den kan avslutas först därefter.',
    en: 'The call is open until {closes}. It can be closed only after that.',
  },
  'terms-incomplete': {
    fi: 'Julkaistun tai julkaistavan haun ehdoista puuttuu: {missing}. Täydennä ehdot.',
    sv: 'I villkoren för en utlysning som är eller ska bli publicerad saknas: {missing}. Komplettera villkoren.',
    en: 'The terms of a call that is published, or is to be, lack: {missing}. Complete them.',
  },
  'window-backwards': {
    fi: 'Ajan {field} loppu ({to}) on ennen sen alkua ({from}). Korjaa jompikumpi.',
    sv: 'Tiden {field} slutar ({to}) innan den börjar ({from}). Rätta någondera.',
    en: 'The time {field} ends ({to}) before it begins ({from}). Correct one of them.',
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
