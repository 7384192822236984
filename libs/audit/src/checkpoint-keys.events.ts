import { Type } from 'typebox';
import { field, v1 } from '#kernel/event-schema';

/** In `audit-checkpoint-keys`: which key signs the checkpoints of the log from now on. */
export const checkpointKeyEvents = {
  CheckpointKeyRotated: v1(
    {
      fi: 'Tarkistuspisteiden allekirjoitusavain vaihtui',
      sv: 'Nyckeln som undertecknar kontrollpunkter byttes',
      en: 'The key that signs checkpoints was rotated',
    },
    {
      from: field(Type.String(), {
        fi: 'Avain, joka ei enää allekirjoita',
        sv: 'Nyckeln som inte längre undertecknar',
        en: 'The key that signs no more, as a note verifier key',
      }),
      to: field(Type.String(), {
        fi: 'Avain, joka allekirjoittaa tästä alkaen',
        sv: 'Nyckeln som undertecknar från och med nu',
        en: 'The key that signs from now on, as a note verifier key',
      }),
      statement: field(Type.String(), {
        fi: 'Sama molempien avainten allekirjoittamana',
        sv: 'Samma sak, undertecknad med båda nycklarna',
        en: 'The same, signed by both keys: a C2SP signed note',
      }),
    },
  ),
};
