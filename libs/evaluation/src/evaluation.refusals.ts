import { refusals } from '#kernel/refused';

export const { texts: evaluationRefusals, refuse } = refusals({
  'evaluation-exists': {
    fi: 'Arviointi {evaluation} on jo olemassa. Anna uudelle arvioinnille toinen tunnus.',
    sv: 'Utvärderingen {evaluation} finns redan. Ge den nya utvärderingen ett annat id.',
    en: 'The evaluation {evaluation} is there already. Give the new one another id.',
  },
  'evaluation-unknown': {
    fi: 'Itsearviointia {evaluation} ei ole annetussa maakunnassa, tai maakunta ei ole vielä jättänyt sitä. Tarkista tunnus ja maakunta.',
    sv: 'Självutvärderingen {evaluation} finns inte i det angivna landskapet, eller landskapet har inte lämnat in den ännu. Kontrollera id:t och landskapet.',
    en: 'There is no self-evaluation {evaluation} in the region given, or the region has not submitted it yet. Check its id and the region.',
  },
  'evaluation-framework-not-in-force': {
    fi: 'Arviointikehikosta {framework} ei ole voimassa mitään versiota. Tarkista tunnus tai odota, että versio tulee voimaan.',
    sv: 'Ingen version av utvärderingsramen {framework} är i kraft. Kontrollera id:t eller vänta tills en version träder i kraft.',
    en: 'No version of the framework {framework} is in force. Check its id, or wait until one is.',
  },
  'evaluation-period-reversed': {
    fi: 'Kentän {period:label} alku ({from}) on sen lopun ({to}) jälkeen. Korjaa päivät.',
    sv: 'I fältet {period:label} ligger början ({from}) efter slutet ({to}). Rätta dagarna.',
    en: 'In {period:label} the beginning ({from}) is after the end ({to}). Correct the days.',
  },
  'evaluation-criterion-unknown': {
    fi: 'Kenttä {criterion:label}: kriteeriä {criterion} ei ole kehikon siinä versiossa, jolla arviointi aloitettiin. Valitse jokin näistä: {criteria}.',
    sv: 'Fältet {criterion:label}: kriteriet {criterion} finns inte i den version av ramen som utvärderingen inleddes med. Välj något av dessa: {criteria}.',
    en: 'In {criterion:label}: the version of the framework by which the evaluation was started has no {criterion}. Choose one of these: {criteria}.',
  },
  'evaluation-level-unknown': {
    fi: 'Kenttä {level:label}: tasoa {level} ei ole kehikon siinä versiossa, jolla arviointi aloitettiin. Valitse jokin näistä: {levels}.',
    sv: 'Fältet {level:label}: nivån {level} finns inte i den version av ramen som utvärderingen inleddes med. Välj någon av dessa: {levels}.',
    en: 'In {level:label}: the version of the framework by which the evaluation was started has no level {level}. Choose one of these: {levels}.',
  },
  'evaluation-incomplete': {
    fi: 'Arvioimatta ovat: {missing}. Arvioi ne ennen kuin jätät itsearvioinnin.',
    sv: 'Ännu inte bedömda: {missing}. Bedöm dem innan du lämnar in självutvärderingen.',
    en: 'Not assessed yet: {missing}. Assess them before you submit the self-evaluation.',
  },
  'evaluation-submitted': {
    fi: 'Itsearviointi on jo jätetty, eikä sen tasoja muuteta. Sovi parannuksista tai aloita uusi itsearviointi.',
    sv: 'Självutvärderingen har redan lämnats in, och nivåerna ändras inte. Avtala om förbättringar eller inled en ny självutvärdering.',
    en: 'The self-evaluation was submitted, and its levels do not change. Agree on improvements, or start a new one.',
  },
  'evaluation-not-submitted': {
    fi: 'Itsearviointia {evaluation} ei ole vielä jätetty. Odota, että maakunta jättää sen.',
    sv: 'Självutvärderingen {evaluation} har inte lämnats in ännu. Vänta tills landskapet lämnar in den.',
    en: 'The self-evaluation {evaluation} is not submitted yet. Wait until the region submits it.',
  },
  'feedback-exists': {
    fi: 'Palaute {feedback} on jo annettu toisin. Anna uudelle palautteelle toinen tunnus.',
    sv: 'Responsen {feedback} har redan getts på annat sätt. Ge den nya responsen ett annat id.',
    en: 'The feedback {feedback} was given already, and otherwise. Give the new one another id.',
  },
  'improvement-exists': {
    fi: 'Parannuksesta {improvement} on jo sovittu toisin. Anna uudelle parannukselle toinen tunnus.',
    sv: 'Förbättringen {improvement} har redan avtalats på annat sätt. Ge den nya förbättringen ett annat id.',
    en: 'The improvement {improvement} was agreed on already, and otherwise. Give the new one another id.',
  },
  'improvement-unknown': {
    fi: 'Parannuksesta {improvement} ei ole sovittu. Tarkista tunnus.',
    sv: 'Förbättringen {improvement} har inte avtalats. Kontrollera id:t.',
    en: 'The improvement {improvement} was not agreed on. Check its id.',
  },
  'improvement-completed': {
    fi: 'Parannus {improvement} on jo kirjattu valmiiksi.',
    sv: 'Förbättringen {improvement} har redan antecknats som slutförd.',
    en: 'The improvement {improvement} is recorded as completed already.',
  },
  'improvement-due-in-past': {
    fi: 'Kentän {by:label} päivä ({by}) on mennyt. Anna tämä päivä tai myöhempi.',
    sv: 'Dagen i fältet {by:label} ({by}) har passerat. Ange dagens datum eller ett senare.',
    en: 'The day in {by:label} ({by}) is over. Give today or a later day.',
  },
  'national-evaluation-empty': {
    fi: 'Kenttä {selfEvaluations:label}: anna vähintään yksi itsearviointi, johon arvio perustuu.',
    sv: 'Fältet {selfEvaluations:label}: ange minst en självutvärdering som utvärderingen grundar sig på.',
    en: 'In {selfEvaluations:label}: give one self-evaluation at least that it stands on.',
  },
});
