import { Type } from 'typebox';
import { field, v1 } from '#kernel/event-schema';
import { Text } from '#kernel/schemas';

/** In `projection-<name>`: which events an operator told the projection to leave out. */
export const skippingEvents = {
  ProjectionEventSkipped: v1(
    { fi: 'Näkymä ohitti tapahtuman', sv: 'En vy hoppade över en händelse', en: 'A projection was told to skip an event' },
    {
      projection: field(Type.String(), { fi: 'Näkymän nimi', sv: 'Vyns namn', en: 'The name of the projection' }),
      event: field(Type.String({ format: 'uuid' }), {
        fi: 'Ohitettu tapahtuma',
        sv: 'Händelsen som hoppades över',
        en: 'The event that is skipped',
      }),
      stream: field(Type.String(), { fi: 'Tapahtuman virta', sv: 'Händelsens ström', en: 'Its stream' }),
      revision: field(Type.Integer({ minimum: 0 }), { fi: 'Tapahtuman versio', sv: 'Händelsens revision', en: 'Its revision' }),
      reason: field(Text, { fi: 'Perustelu', sv: 'Motivering', en: 'Reason' }, 'internal'),
    },
  ),
};
