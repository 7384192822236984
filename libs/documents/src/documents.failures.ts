import { failures } from '#kernel/refused';

export const { texts: documentFailures, fail: failDocuments } = failures({
  'document-not-made': {
    fi: 'Asiakirjaa ei voitu juuri nyt muodostaa. Yritä uudelleen; jos vika toistuu, ilmoita siitä ylläpidolle.',
    sv: 'Handlingen kunde inte skapas just nu. Försök igen; om felet upprepas, meddela administratören.',
    en: 'The document could not be made just now. Try again; if it happens again, tell those who run the system.',
  },
});
