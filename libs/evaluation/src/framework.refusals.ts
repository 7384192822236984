import { refusals } from '#kernel/refused';

export const { texts: frameworkRefusals, refuse } = refusals({
  'framework-organisation-unknown': {
    fi: 'Kenttä {coAuthors:label}: organisaatiota {organisation} ei ole rekisterissä. Lisää se ensin rekisteriin.',
    sv: 'Fältet {coAuthors:label}: organisationen {organisation} finns inte i registret. Registrera den först.',
    en: 'In {coAuthors:label}: the organisation {organisation} is not registered. Register it first.',
  },
  'framework-not-drafted': {
    fi: 'Seuraavaa versiota ei ole luonnosteltu. Laadi ensin luonnos yhdessä osallistujien kanssa.',
    sv: 'Nästa version har inte utarbetats. Gör först ett utkast tillsammans med deltagarna.',
    en: 'The next version was not drafted. Draft it first with those who take part.',
  },
  'framework-incomplete': {
    fi: 'Arviointikehikosta puuttuu: {missing}. Anna vähintään yksi kriteeri ja kaksi tasoa.',
    sv: 'Utvärderingsramen saknar: {missing}. Ange minst ett kriterium och två nivåer.',
    en: 'The framework lacks: {missing}. Give one criterion and two levels at least.',
  },
  'framework-criterion-twice': {
    fi: 'Kenttä {criteria:label}: tunnus {key} on kahdesti. Anna kullekin kriteerille oma tunnus.',
    sv: 'Fältet {criteria:label}: id {key} förekommer två gånger. Ge varje kriterium ett eget id.',
    en: 'In {criteria:label}: the key {key} stands twice. Give each criterion a key of its own.',
  },
  'framework-levels-unordered': {
    fi: 'Kenttä {levels:label}: anna kukin taso kerran, matalin ensin.',
    sv: 'Fältet {levels:label}: ange varje nivå en gång, den lägsta först.',
    en: 'In {levels:label}: give each level once, the lowest first.',
  },
  'framework-language-missing': {
    fi: 'Arviointikehikko julkaistaan suomeksi ja ruotsiksi. Kirjoita puuttuvat tekstit: {missing}.',
    sv: 'Utvärderingsramen publiceras på finska och svenska. Skriv de texter som saknas: {missing}.',
    en: 'A framework is published in Finnish and Swedish. Write the texts that are missing: {missing}.',
  },
  'framework-not-later': {
    fi: 'Kenttä {inForceFrom:label}: uusi versio tulee voimaan edellisen jälkeen. Anna päivä, joka on myöhempi kuin {current}.',
    sv: 'Fältet {inForceFrom:label}: en ny version träder i kraft efter den föregående. Ange en dag som är senare än {current}.',
    en: 'In {inForceFrom:label}: a new version comes into force after the one before. Give a day later than {current}.',
  },
  'framework-in-past': {
    fi: 'Kenttä {inForceFrom:label}: päivä {inForceFrom} on mennyt, ja itsearviointeja on voitu jo aloittaa. Anna tämä päivä tai myöhempi.',
    sv: 'Fältet {inForceFrom:label}: dagen {inForceFrom} har passerat, och självutvärderingar kan redan ha inletts. Ange dagens datum eller ett senare.',
    en: 'In {inForceFrom:label}: the day {inForceFrom} is over, and self-evaluations may have been started. Give today or a later day.',
  },
});
