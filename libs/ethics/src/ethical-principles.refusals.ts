import { refusals } from '#kernel/refused';

export const { texts: ethicalPrinciplesRefusals, refuse } = refusals({
  'principles-empty': {
    fi: 'Kirjoita vähintään yksi periaate.',
    sv: 'Skriv minst en princip.',
    en: 'Write one principle at least.',
  },
  'principle-twice': {
    fi: 'Periaatteen tunnus {key} on kahdesti. Anna kullekin periaatteelle oma tunnus.',
    sv: 'Principens id {key} förekommer två gånger. Ge varje princip ett eget id.',
    en: 'The key {key} stands twice. Give each principle a key of its own.',
  },
  'principles-language-missing': {
    fi: 'Periaatteet julkaistaan suomeksi ja ruotsiksi. Kirjoita puuttuvat tekstit: {missing}.',
    sv: 'Principerna publiceras på finska och svenska. Skriv de texter som saknas: {missing}.',
    en: 'Principles are published in Finnish and Swedish. Write the texts that are missing: {missing}.',
  },
  'principles-not-later': {
    fi: 'Uusi versio tulee voimaan edellisen jälkeen: anna päivä, joka on myöhempi kuin {current}.',
    sv: 'En ny version träder i kraft efter den föregående: ange en dag som är senare än {current}.',
    en: 'A new version comes into force after the one before: give a day later than {current}.',
  },
  'transition-before-force': {
    fi: 'Siirtymäaika päättyy {until}, ennen kuin versio tulee voimaan ({from}). Korjaa päivät.',
    sv: 'Övergångstiden slutar {until}, innan versionen träder i kraft ({from}). Rätta dagarna.',
    en: 'The transition ends on {until}, before the version comes into force ({from}). Correct the days.',
  },
  'transition-from-nothing': {
    fi: 'Ensimmäisellä versiolla ei ole siirtymäaikaa. Jätä se pois.',
    sv: 'Den första versionen har ingen övergångstid. Utelämna den.',
    en: 'The first version has no transition. Leave it out.',
  },
});
