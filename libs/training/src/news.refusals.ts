import { refusals } from '#kernel/refused';

export const { texts: newsRefusals, refuse } = refusals({
  'news-exists': {
    fi: 'Tunnuksella {news} on jo julkaistu toinen uutinen, eikä julkaistua muuteta. Anna uusi tunnus.',
    sv: 'Med id:t {news} har redan en annan nyhet publicerats, och det som publicerats ändras inte. Ge ett nytt id.',
    en: 'Other news was published under the id {news}, and what was published is not changed. Give a new id.',
  },
  'news-language-missing': {
    fi: 'Uutinen julkaistaan suomeksi ja ruotsiksi. Kirjoita puuttuvat tekstit: {missing}.',
    sv: 'En nyhet publiceras på finska och svenska. Skriv de texter som saknas: {missing}.',
    en: 'News is published in Finnish and Swedish. Write the texts that are missing: {missing}.',
  },
});
