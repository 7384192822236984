import { processRole } from '#access/policy';
import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { Count } from '#kernel/schemas';
import { successionEvents } from './succession.events.js';

export class ClaimSuccession extends commandOf(
  'Claims that a successor is recorded next. Sent where one is recorded or corrected.',
  { by: [processRole] },
  {
    ...successionEvents.SuccessionClaimed.fields,
    seen: field(Count, { fi: 'Aiempia varauksia', sv: 'Tidigare reservationer', en: 'Claims before it' }),
  },
) {}
