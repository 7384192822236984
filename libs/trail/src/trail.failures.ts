import { failures } from '#kernel/refused';

export const { texts: trailFailures, fail: failTrail } = failures({
  'trail-unavailable': {
    fi: 'Tapahtumaketjua ei voi nyt lukea ({reason}). Yritä hetken päästä uudelleen.',
    sv: 'Händelsekedjan kan inte läsas just nu ({reason}). Försök igen om en stund.',
    en: 'The trail cannot be read just now ({reason}). Try again in a moment.',
  },
  'reads-unavailable': {
    fi: 'Lukutapahtumia ei voi nyt näyttää ({reason}). Kerro asiasta ylläpidolle.',
    sv: 'Läsningarna kan inte visas just nu ({reason}). Berätta det för administratören.',
    en: 'What was read cannot be shown just now ({reason}). Tell the operators.',
  },
  'trail-behind': {
    fi: 'Lokia luetaan vielä hakemistoon: {read} tapahtumaa on luettu. Yritä hetken päästä uudelleen.',
    sv: 'Loggen läses fortfarande in i indexet: {read} händelser har lästs. Försök igen om en stund.',
    en: 'The log is still being read into the index: {read} events have been read. Try again in a moment.',
  },
  'trail-event-unknown': {
    fi: 'Lokissa ei ole tapahtumaa {event}. Anna tapahtuman tunnus sellaisena kuin se on kuitissa tai tapahtumaketjussa.',
    sv: 'Loggen har ingen händelse {event}. Ange händelsens id så som det står i kvittot eller i händelsekedjan.',
    en: 'The log has no event {event}. Give the id of an event as a receipt or the trail has it.',
  },
  'trail-unreadable': {
    fi: 'Virtaa {stream} ei voi lukea tapahtuman {revision} yli: tämä ohjelmaversio ei osaa lukea sitä. Kerro asiasta ylläpidolle.',
    sv: 'Strömmen {stream} kan inte läsas förbi revision {revision}: denna programversion kan inte läsa den händelsen. Kontakta administratören.',
    en: 'The stream {stream} cannot be read past revision {revision}: this version of the program cannot read that event. Tell the operators.',
  },
  'trail-too-long': {
    fi: 'Näkymän {view} lukeminen lokista kesti yli {seconds} sekuntia. Kysy aiempaa hetkeä (knownAt) tai pyydä ylläpitoa nostamaan rajaa (SCAN_SECONDS).',
    sv: 'Det tog över {seconds} sekunder att läsa vyn {view} ur loggen. Fråga om en tidigare tidpunkt (knownAt) eller be administratören höja gränsen (SCAN_SECONDS).',
    en: 'Reading the view {view} from the log took more than {seconds} seconds. Ask for an earlier time (knownAt), or ask the operators to raise the limit (SCAN_SECONDS).',
  },
  'trail-page': {
    fi: 'Anna joko first (ja after) tai last (ja before), ei molempia.',
    sv: 'Ange antingen first (och after) eller last (och before), inte båda.',
    en: 'Give either first (with after) or last (with before), not both.',
  },
  'trail-moment': {
    fi: 'Anna hetki joko kohtana lokissa (position) tai aikana (knownAt).',
    sv: 'Ange stunden antingen som en position i loggen (position) eller som en tid (knownAt).',
    en: 'Give the moment either as a position in the log or as a time (knownAt).',
  },
});
