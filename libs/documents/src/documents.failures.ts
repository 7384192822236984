import { failures } from '#kernel/refused';

export const { texts: documentFailures, fail: failDocuments } = failures({
  'document-unknown': {
    fi: 'Tällaista asiakirjaa ei ole, tai se ei ole sinun nähtävissäsi. Tarkista osoite tai kirjaudu sisään.',
    sv: 'Det finns ingen sådan handling, eller du får inte se den. Kontrollera adressen eller logga in.',
    en: 'There is no such document, or it is not for you to see. Check the address, or sign in.',
  },
  'document-not-made': {
    fi: 'Asiakirjaa ei voitu juuri nyt muodostaa. Yritä uudelleen; jos vika toistuu, ilmoita siitä ylläpidolle.',
    sv: 'Handlingen kunde inte skapas just nu. Försök igen; om felet upprepas, meddela administratören.',
    en: 'The document could not be made just now. Try again; if it happens again, tell those who run the system.',
  },
});
