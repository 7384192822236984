import { processRole } from '#access/policy';
import { commandOf } from '#edge/commands';
import { caseNumberEvents } from './case-number.events.js';

export class ClaimCaseNumber extends commandOf(
  'Takes a case number into use for one application. Sent where an application is received under it.',
  { by: [processRole] },
  caseNumberEvents.CaseNumberClaimed.fields,
) {}
