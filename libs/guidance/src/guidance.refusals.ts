import { refusals } from '#kernel/refused';

export const { texts: guidanceRefusals, refuse } = refusals({
  'guidance-exists': {
    fi: 'Tunnus {guidance} on jo käytössä. Julkaise ohjeesta uusi versio tai anna uusi tunnus.',
    sv: 'Id:t {guidance} är redan i bruk. Publicera en ny version av anvisningen eller ge ett nytt id.',
    en: 'The id {guidance} is taken. Publish a new version of the guidance, or give a new id.',
  },
  'guidance-unknown': {
    fi: 'Ohjetta {guidance} ei ole. Tarkista tunnus.',
    sv: 'Anvisningen {guidance} finns inte. Kontrollera id:t.',
    en: 'There is no guidance {guidance}. Check its id.',
  },
  'guidance-language-missing': {
    fi: 'Julkaistaan suomeksi ja ruotsiksi. Kirjoita puuttuvat tekstit: {missing}.',
    sv: 'Det publiceras på finska och svenska. Skriv de texter som saknas: {missing}.',
    en: 'It is published in Finnish and Swedish. Write the texts that are missing: {missing}.',
  },
  'guidance-readers-missing': {
    fi: 'Ohjeelta puuttuu, kenelle se on. Valitse ainakin yksi (kenttä {readers:label}).',
    sv: 'Det saknas för vem anvisningen är. Välj minst en (fältet {readers:label}).',
    en: 'It is not said for whom the guidance is. Choose one at least (field {readers:label}).',
  },
  'guidance-retired': {
    fi: 'Ohje {guidance} on poistettu käytöstä {since}. Julkaise uusi ohje uudella tunnuksella.',
    sv: 'Anvisningen {guidance} togs ur bruk {since}. Publicera en ny anvisning med ett nytt id.',
    en: 'The guidance {guidance} was retired ({since}). Publish new guidance under a new id.',
  },
  'guidance-same': {
    fi: 'Ohjeen versio {version} ({since}) sanoo jo saman, eikä sen voimaantuloa voi siirtää. Muuta tekstiä tai jätä aika pois.',
    sv: 'Anvisningens version {version} ({since}) säger redan detsamma, och tiden från vilken den gäller kan inte flyttas. Ändra texten eller utelämna tiden.',
    en: 'Version {version} of the guidance ({since}) says the same already, and the time from which it is in use cannot be moved. Change the text, or leave out the time.',
  },
  'guidance-not-later': {
    fi: 'Anna aika, joka on myöhempi kuin edellisen version ({current}).',
    sv: 'Ange en tid som är senare än den föregående versionens ({current}).',
    en: 'Give a time later than that of the version before ({current}).',
  },
  'guidance-replacement-unknown': {
    fi: 'Korvaavaa ohjetta {replacedBy} ei ole voimassa. Julkaise se ensin tai jätä kenttä pois.',
    sv: 'Anvisningen {replacedBy} som ersätter den gäller inte. Publicera den först eller utelämna fältet.',
    en: 'The guidance {replacedBy} that replaces it is not in use. Publish it first, or leave the field out.',
  },
  'structure-unknown': {
    fi: 'Tukirakennetta {structure} ei ole. Tarkista tunnus.',
    sv: 'Stödstrukturen {structure} finns inte. Kontrollera id:t.',
    en: 'There is no support structure {structure}. Check its id.',
  },
  'structure-id-taken': {
    fi: 'Tunnus {structure} on ohjeella. Anna tukirakenteelle toinen tunnus.',
    sv: 'Id:t {structure} tillhör en anvisning. Ge stödstrukturen ett annat id.',
    en: 'The id {structure} is that of guidance. Give the support structure another.',
  },
  'structure-co-authors-missing': {
    fi: 'Tukirakenne laaditaan yhdessä: nimeä ainakin yksi organisaatio (kenttä {coAuthors:label}).',
    sv: 'En stödstruktur utarbetas tillsammans: ange minst en organisation (fältet {coAuthors:label}).',
    en: 'A support structure is made together: name one organisation at least (field {coAuthors:label}).',
  },
  'structure-co-author-unknown': {
    fi: 'Organisaatio {organisation} ei ole rekisterissä, tai sen tehtäviä jatkaa jo toinen. Tarkista tunnus (kenttä {coAuthors:label}).',
    sv: 'Organisationen {organisation} finns inte i registret eller har redan efterträtts. Kontrollera id:t (fältet {coAuthors:label}).',
    en: 'The organisation {organisation} is not in the register, or was succeeded. Check its id (field {coAuthors:label}).',
  },
  'structure-not-drafted': {
    fi: 'Tukirakenteesta {structure} ei ole luonnosta, jota ei olisi jo otettu käyttöön. Tee ensin luonnos.',
    sv: 'Av stödstrukturen {structure} finns inget utkast som inte redan har tagits i bruk. Gör ett utkast först.',
    en: 'There is no draft of the support structure {structure} that is not adopted already. Draft it first.',
  },
  'structure-draft-changed': {
    fi: 'Luonnos on muuttunut: luit luonnoksen {read}, nyt se on {current}. Lue uusi luonnos ja ota se käyttöön.',
    sv: 'Utkastet har ändrats: du läste utkast {read}, nu är det {current}. Läs det nya utkastet och ta det i bruk.',
    en: 'The draft has changed: you read number {read}, now it is {current}. Read the new one and adopt that.',
  },
});
