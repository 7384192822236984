import { refusals } from '#kernel/refused';

export const { texts: operatingModelRefusals, refuse } = refusals({
  'operating-model-exists': {
    fi: 'Toimintamalli on jo julkaistu. Julkaise siitä uusi versio.',
    sv: 'Verksamhetsmodellen är redan publicerad. Publicera en ny version av den.',
    en: 'The operating model is published already. Publish a new version of it.',
  },
  'operating-model-unknown': {
    fi: 'Toimintamallia ei ole. Tarkista tunnus.',
    sv: 'Verksamhetsmodellen finns inte. Kontrollera id:t.',
    en: 'There is no such operating model. Check its id.',
  },
  'model-sections-missing': {
    fi: 'Toimintamallissa ei ole yhtään osaa. Lisää ainakin yksi.',
    sv: 'Verksamhetsmodellen har inga delar. Lägg till minst en.',
    en: 'The model has no section. Add one at least.',
  },
  'model-section-repeated': {
    fi: 'Osan tunnus {section} esiintyy kahdesti. Anna jokaiselle osalle oma tunnus.',
    sv: 'Delens kod {section} förekommer två gånger. Ge varje del en egen kod.',
    en: 'The section {section} is there twice. Give each section a key of its own.',
  },
  'model-item-repeated': {
    fi: 'Osan {section} luettelossa on kahdesti tunnus {item}. Anna jokaiselle kohdalle oma tunnus.',
    sv: 'I listan i delen {section} förekommer koden {item} två gånger. Ge varje punkt en egen kod.',
    en: 'The key {item} is twice in the list of the section {section}. Give each point a key of its own.',
  },
  'model-language-missing': {
    fi: 'Toimintamalli julkaistaan suomeksi ja ruotsiksi. Puuttuu: {missing}. Lisää puuttuvat tekstit.',
    sv: 'Verksamhetsmodellen publiceras på finska och svenska. Det saknas: {missing}. Lägg till texterna.',
    en: 'The model is published in Finnish and Swedish. Missing: {missing}. Add the texts.',
  },
  'model-sections-same': {
    fi: 'Tekstit ovat samat kuin versiossa {version}, jonka voimaantuloa ei voi muuttaa. Muuta tekstejä, jotta päivästä {validFrom} tulee voimaan uusi versio.',
    sv: 'Texterna är desamma som i version {version}, vars giltighet inte kan ändras. Ändra texterna för att en ny version ska gälla från och med {validFrom}.',
    en: 'The texts are those of version {version}, whose validity cannot be changed. Change the texts, so that a new version is valid from {validFrom}.',
  },
  'model-version-not-later': {
    fi: 'Uuden version on tultava voimaan myöhemmin kuin edellisen ({current}). Valitse myöhempi päivä.',
    sv: 'Den nya versionen måste träda i kraft senare än den föregående ({current}). Välj en senare dag.',
    en: 'The new version must be valid from later than the one before it ({current}). Choose a later day.',
  },
  'model-version-unknown': {
    fi: 'Toimintamallista ei ole versiota {version}. Versiot ovat 1–{latest}.',
    sv: 'Verksamhetsmodellen har ingen version {version}. Versionerna är 1–{latest}.',
    en: 'The model has no version {version}. Its versions are 1 to {latest}.',
  },
  'model-section-unknown': {
    fi: 'Toimintamallin versiossa {version} ei ole osaa {section}. Osat ovat: {known}.',
    sv: 'Verksamhetsmodellens version {version} har ingen del {section}. Delarna är: {known}.',
    en: 'Version {version} of the model has no section {section}. Its sections are: {known}.',
  },
  'evaluation-not-proposed': {
    fi: 'Arviota {evaluation} ei ole ehdotettu. Virasto ehdottaa sitä ensin.',
    sv: 'Utvärderingen {evaluation} har inte föreslagits. Myndigheten föreslår den först.',
    en: 'The evaluation {evaluation} has not been proposed. The agency proposes it first.',
  },
  'evaluation-done': {
    fi: 'Virasto ja ministeriö ovat jo antaneet arvion {evaluation}. Tee uusi arvio toisella tunnuksella.',
    sv: 'Myndigheten och ministeriet har redan gjort utvärderingen {evaluation}. Gör en ny utvärdering under en annan kod.',
    en: 'The agency and the ministry have given the evaluation {evaluation} already. Make a new one under another key.',
  },
  'evaluation-proposal-changed': {
    fi: 'Virasto on muuttanut ehdotusta: luit ehdotuksen {read}, nyt se on {current}. Lue uusi ehdotus ja vahvista se.',
    sv: 'Myndigheten har ändrat förslaget: du läste förslag {read}, nu är det {current}. Läs det nya förslaget och bekräfta det.',
    en: 'The agency has changed the proposal: you read number {read}, now it is {current}. Read the new one and confirm that.',
  },
  'evaluation-needs-two': {
    fi: 'Arvion ehdottanut henkilö ei voi itse vahvistaa sitä. Pyydä vahvistus toiselta henkilöltä ministeriössä.',
    sv: 'Den som föreslog utvärderingen kan inte själv bekräfta den. Be någon annan vid ministeriet bekräfta den.',
    en: 'Who proposed the evaluation cannot confirm it too. Ask another person of the ministry to confirm it.',
  },
});
