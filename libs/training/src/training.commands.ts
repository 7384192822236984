import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { trainingEvents } from './training.events.js';

const { TrainingScheduled, TrainingHeld, TrainingCancelled } = trainingEvents;

const by = ['agency-coordinator'] as const;
const which = { training: field(KeyText, { fi: 'Koulutus', sv: 'Utbildning', en: 'Training' }) };

export class ScheduleTraining extends commandOf(
  'Schedules training for those who arrange digital support; again, it changes what was said, until it is held. It is public: name no persons.',
  { by },
  { ...which, ...TrainingScheduled.fields },
) {}

export class HoldTraining extends commandOf(
  'Records that training was held, and how many took part by region. Again, with a reason, it corrects the figures.',
  { by },
  { ...which, ...TrainingHeld.fields },
) {}

export class CancelTraining extends commandOf('Cancels training that was not held.', { by }, { ...which, ...TrainingCancelled.fields }) {}
