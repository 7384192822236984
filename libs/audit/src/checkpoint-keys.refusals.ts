import { refusals } from '#kernel/refused';

export const { texts: checkpointKeyRefusals, refuse } = refusals({
  'checkpoint-key-signs-no-more': {
    fi: 'Avain {from} ei enää allekirjoita: loki nimeää avaimen {last}. Vaihda avain siitä.',
    sv: 'Nyckeln {from} undertecknar inte längre: loggen nämner nyckeln {last}. Byt från den.',
    en: 'The key {from} signs no more: the log names the key {last}. Rotate from that one.',
  },
  'checkpoint-key-known': {
    fi: 'Avain {to} on jo lokissa. Tee uusi avain: digituki audit key.',
    sv: 'Nyckeln {to} finns redan i loggen. Gör en ny nyckel: digituki audit key.',
    en: 'The key {to} is on the record already. Make a new one: digituki audit key.',
  },
});
