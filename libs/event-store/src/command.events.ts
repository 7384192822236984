import { Type } from 'typebox';
import { field, optional, personal, v1 } from '#kernel/event-schema';

const command = field(Type.String(), { fi: 'Komennon nimi', sv: 'Kommandots namn', en: 'The name of the command' });
const actor = field(Type.String(), { fi: 'Kenen komento', sv: 'Vems kommando', en: 'Whose command' }, 'internal');
const payload = personal('actor', {
  fi: 'Komennon sisältö, salattuna komentajan avaimella',
  sv: 'Kommandots innehåll, krypterat med den kommenderandes nyckel',
  en: 'The content of the command, encrypted under the key of the one who sent it',
});
const stream = field(Type.String(), {
  fi: 'Virta, jota komento koski',
  sv: 'Strömmen som kommandot gällde',
  en: 'The stream that the command was about',
});
const revision = field(Type.Integer(), {
  fi: 'Virran versio silloin (-1: ei vielä ollut)',
  sv: 'Strömmens revision då (-1: fanns inte än)',
  en: 'Its revision then (-1: it did not exist yet)',
});

/**
 * In `command-<commandId>`: what came of a command that recorded nothing in its own stream, so that it is answered the same
 * again. What somebody tried who may not stands in a stream of this category, under an id of its own.
 */
export const commandEvents = {
  CommandHadNoEffect: v1(
    { fi: 'Komento ei muuttanut mitään', sv: 'Kommandot ändrade ingenting', en: 'The command changed nothing' },
    { command, actor, payload, stream, revision },
  ),
  AttemptForbidden: v1(
    {
      fi: 'Joku yritti sellaista, mitä hänen roolinsa eivät salli',
      sv: 'Någon försökte göra något som rollerna inte tillåter',
      en: 'Somebody tried what their roles do not permit',
    },
    {
      what: field(Type.String({ maxLength: 200 }), {
        fi: 'Komento tai kenttä, jota yritettiin',
        sv: 'Kommandot eller fältet som försöket gällde',
        en: 'The command or the field that was tried',
      }),
      roles: field(Type.Array(Type.String()), {
        fi: 'Roolit, jotka yrittäjällä oli',
        sv: 'Rollerna som personen hade',
        en: 'The roles that the person had',
      }),
    },
  ),
  CommandRefused: v1(
    { fi: 'Sääntö esti komennon', sv: 'En regel hindrade kommandot', en: 'A rule refused the command' },
    {
      command,
      actor,
      payload,
      stream,
      revision,
      code: field(Type.String(), { fi: 'Syyn pysyvä tunnus', sv: 'Orsakens bestående kod', en: 'The stable code of the reason' }),
      details: optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())])), {
        fi: 'Syyn tarkemmat tiedot',
        sv: 'Närmare uppgifter om orsaken',
        en: 'Details of the reason',
      }),
    },
  ),
};
