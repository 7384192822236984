import { commandOf, effectiveAt } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { programmeEvents } from './programme.events.js';

const by = ['agency-coordinator', 'public-record-importer'] as const;
const whichProgramme = { programme: field(KeyText, { fi: 'Ohjelma', sv: 'Program', en: 'Programme' }) };

export class JoinProgramme extends commandOf(
  'Records that a region takes part in the programme.',
  { by },
  { ...whichProgramme, ...programmeEvents.RegionJoinedProgramme.fields, effectiveAt },
) {}

export class LeaveProgramme extends commandOf(
  'Records that a region takes no part in the programme any more. What it did stays on record.',
  { by },
  { ...whichProgramme, ...programmeEvents.RegionLeftProgramme.fields, effectiveAt },
) {}
