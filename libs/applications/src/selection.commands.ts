import { commandOf } from '#edge/commands';
import { field, hinted } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { selectionEvents } from './selection.events.js';

const { fields } = selectionEvents.SelectionCompared;

export class CompareSelection extends commandOf(
  'Compares the applications that are proposed to be granted as a whole.',
  { by: ['ministry-presenter'] },
  {
    call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }),
    ...omit(fields, 'presenter'),
    applications: hinted(fields.applications, 'The applications that make up the whole.'),
    inhabitants: hinted(fields.inhabitants, 'The inhabitants that they reach together.'),
  },
) {}
