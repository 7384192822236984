import { municipalityFaults } from '#kernel/municipality';
import { refusals } from '#kernel/refused';
import { regions } from '#kernel/region';

export const { texts: surveyRefusals, refuse } = refusals({
  'survey-exists': {
    fi: 'Kysely {survey} on jo julkaistu muunlaisena. Anna uudelle kyselylle toinen tunnus.',
    sv: 'Enkäten {survey} har redan publicerats på annat sätt. Ge den nya enkäten ett annat id.',
    en: 'The survey {survey} was published already, and otherwise. Give the new survey another id.',
  },
  'survey-unknown': {
    fi: 'Kyselyä {survey} ei ole annetussa maakunnassa. Tarkista tunnus ja maakunta.',
    sv: 'Enkäten {survey} finns inte i det angivna landskapet. Kontrollera id:t och landskapet.',
    en: 'There is no survey {survey} in the region given. Check its id and the region.',
  },
  'survey-incomplete': {
    fi: 'Kyselystä puuttuu: {missing}. Täydennä tiedot.',
    sv: 'Enkäten saknar: {missing}. Komplettera uppgifterna.',
    en: 'The survey lacks: {missing}. Add what is missing.',
  },
  'survey-regions-not-own': {
    fi: 'Maakunta julkaisee kyselyn vain itselleen. Anna vain oma maakunta tai pyydä virastoa julkaisemaan kysely.',
    sv: 'Ett landskap publicerar en enkät endast för sig självt. Ange bara det egna landskapet, eller be myndigheten publicera enkäten.',
    en: 'A region publishes a survey for itself only. Give your own region alone, or ask the agency to publish it.',
  },
  'survey-period-reversed': {
    fi: 'Kentän {period:label} alku ({from}) on sen lopun ({to}) jälkeen. Korjaa päivät.',
    sv: 'I fältet {period:label} ligger början ({from}) efter slutet ({to}). Rätta dagarna.',
    en: 'In {period:label} the beginning ({from}) is after the end ({to}). Correct the days.',
  },
  'survey-not-begun': {
    fi: 'Kyselyyn voi vastata vasta {from} alkaen. Kirjaa luvut sen jälkeen.',
    sv: 'Enkäten kan besvaras först från och med {from}. Anteckna siffrorna efter det.',
    en: 'The survey can be answered from {from} on only. Record its figures after that.',
  },
  'survey-goes-on': {
    fi: 'Kyselyyn voi vastata {to} asti. Kokoa tulokset sen jälkeen.',
    sv: 'Enkäten kan besvaras till och med {to}. Sammanställ resultaten efter det.',
    en: 'The survey can be answered until {to}. Conclude it after that.',
  },
  'survey-concluded': {
    fi: 'Kyselyn {survey} tulokset on koottu, eikä siihen kirjata enää mitään. Kirjaa uudet luvut seuraavaan kyselyyn.',
    sv: 'Resultaten av enkäten {survey} har sammanställts, och inget mer antecknas i den. Anteckna nya siffror i följande enkät.',
    en: 'The survey {survey} is concluded, and nothing is recorded of it any more. Record new figures with the next survey.',
  },
  'survey-respondents-not-asked': {
    fi: 'Kentän {group:label} vastaajia ei ole kyselyssä kysytty. Tarkista vastaajaryhmä.',
    sv: 'Respondenterna i fältet {group:label} har inte tillfrågats i enkäten. Kontrollera gruppen.',
    en: 'The respondents in {group:label} were not asked in this survey. Check the group.',
  },
  'survey-language-not-asked': {
    fi: 'Kyselyä ei ole tehty kielellä ({language}), joka on kentässä {language:label}. Tarkista kieli.',
    sv: 'Enkäten har inte gjorts på språket ({language}) i fältet {language:label}. Kontrollera språket.',
    en: 'The survey was not made in the language ({language}) in {language:label}. Check the language.',
  },
  'survey-answers-exceed-invited': {
    fi: 'Vastanneita (answered: {answered}) on enemmän kuin kutsuttuja (invited: {invited}). Korjaa luvut.',
    sv: 'De svarande (answered: {answered}) är fler än de inbjudna (invited: {invited}). Rätta siffrorna.',
    en: 'More answered (answered: {answered}) than were asked (invited: {invited}). Correct the figures.',
  },
  'survey-municipality': {
    fi: 'Kenttä {municipality:label}: kunta {municipality} {fault} (maakunta: {region}). Tarkista kunta ja aika.',
    sv: 'Fältet {municipality:label}: kommunen {municipality} {fault} (landskap: {region}). Kontrollera kommunen och tiden.',
    en: 'In {municipality:label}: {municipality} {fault} (the region: {region}). Check the municipality and the time.',
    terms: { fault: municipalityFaults, region: regions },
  },
});
