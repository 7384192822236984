import { failures } from '#kernel/refused';

export const { texts: codecFailures, fail: failCodec } = failures({
  'text-damaged': {
    fi: 'Tätä tekstiä ei voi avata: se tai sen avain on vaurioitunut. Muut tiedot ovat luettavissa. Ilmoita ylläpidolle: avaimet tai loki palautetaan varmuuskopiosta.',
    sv: 'Den här texten kan inte öppnas: den eller dess nyckel är skadad. Övriga uppgifter kan läsas. Meddela driften: nycklarna eller loggen återställs från en säkerhetskopia.',
    en: 'This text cannot be opened: it or its key is damaged. Everything else can be read. Tell the operators: keys or log are restored from a backup.',
  },
});
