import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { Region } from '#kernel/schemas';
import { communicationEvents } from './communication.events.js';

const by = ['regional-coordinator'] as const;
const region = field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' });

export class PlanCommunication extends commandOf(
  'Plans how it is told of digital support in a region; again, it changes what was planned, until it is published.',
  { by },
  { region, ...communicationEvents.CommunicationPlanned.fields },
) {}

export class PublishCommunication extends commandOf(
  'Records what was told of digital support in a region, planned or not. Again, it tells or corrects whom it reached; both figures stay on record.',
  { by },
  { region, ...communicationEvents.CommunicationPublished.fields },
) {}
