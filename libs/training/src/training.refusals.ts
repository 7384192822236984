import { refusals } from '#kernel/refused';

export const { texts: trainingRefusals, refuse } = refusals({
  'training-unknown': {
    fi: 'Koulutusta {training} ei ole. Tarkista tunnus.',
    sv: 'Utbildningen {training} finns inte. Kontrollera id:t.',
    en: 'There is no training {training}. Check its id.',
  },
  'training-language-missing': {
    fi: 'Koulutus ilmoitetaan suomeksi ja ruotsiksi. Kirjoita puuttuvat tekstit: {missing}.',
    sv: 'En utbildning aviseras på finska och svenska. Skriv de texter som saknas: {missing}.',
    en: 'Training is announced in Finnish and Swedish. Write the texts that are missing: {missing}.',
  },
  'training-incomplete': {
    fi: 'Koulutukselta puuttuu: {missing}. Täydennä tiedot.',
    sv: 'Uppgifter saknas om utbildningen: {missing}. Komplettera dem.',
    en: 'The training lacks: {missing}. Complete it.',
    terms: {
      missing: {
        languages: { fi: 'kielet', sv: 'språk', en: 'languages' },
        place: { fi: 'paikka', sv: 'plats', en: 'place' },
      },
    },
  },
  'training-ends-first': {
    fi: 'Koulutus päättyy ennen alkuaan. Korjaa ajat.',
    sv: 'Utbildningen slutar innan den börjar. Rätta tiderna.',
    en: 'The training ends before it starts. Correct the times.',
  },
  'training-guidance-unknown': {
    fi: 'Ohjetta {guidance} ei ole voimassa. Tarkista tunnus tai jätä kenttä pois.',
    sv: 'Anvisningen {guidance} gäller inte. Kontrollera id:t eller utelämna fältet.',
    en: 'The guidance {guidance} is not in use. Check its id, or leave the field out.',
  },
  'training-held': {
    fi: 'Koulutus on jo pidetty. Osallistujamäärät voi vielä korjata.',
    sv: 'Utbildningen har redan hållits. Antalet deltagare kan ännu rättas.',
    en: 'The training was held already. Its figures can still be corrected.',
  },
  'training-cancelled': {
    fi: 'Koulutus on peruttu. Ilmoita uusi koulutus uudella tunnuksella.',
    sv: 'Utbildningen har ställts in. Avisera en ny utbildning med ett nytt id.',
    en: 'The training was cancelled. Schedule a new one under a new id.',
  },
  'training-not-started': {
    fi: 'Koulutus alkaa vasta {starts}. Kirjaa se pidetyksi sen jälkeen.',
    sv: 'Utbildningen börjar först {starts}. Anteckna den som hållen efter det.',
    en: 'The training starts only at {starts}. Record it as held after that.',
  },
  'training-region-twice': {
    fi: 'Maakunta {region} on osallistujissa kahdesti. Laske sen osallistujat yhteen.',
    sv: 'Landskapet {region} förekommer två gånger bland deltagarna. Räkna ihop dess deltagare.',
    en: 'The region {region} is twice among the participants. Add its participants up.',
  },
  'training-region-not-invited': {
    fi: 'Koulutus ei ollut maakunnalle {region}. Tarkista osallistujat tai muuta ensin, kenelle koulutus on.',
    sv: 'Utbildningen var inte för landskapet {region}. Kontrollera deltagarna.',
    en: 'The training was not for the region {region}. Check the participants.',
  },
  'training-correction-reason': {
    fi: 'Koulutus on jo kirjattu pidetyksi toisin luvuin. Kerro, miksi luvut korjataan (kenttä {correction:label}).',
    sv: 'Utbildningen har redan antecknats som hållen med andra uppgifter. Berätta varför de rättas (fältet {correction:label}).',
    en: 'The training was recorded as held with other figures. Say why they are corrected (field {correction:label}).',
  },
});
