import { commandOf, editOf, isFarDayMeant } from '#edge/commands';
import { field, hinted } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { callEvents } from './call.events.js';

const whichCall = { call: field(KeyText, { fi: 'Haku', sv: 'Utlysning', en: 'Call' }) };

export class PlanCall extends commandOf(
  'Plans a call for state grants. It is not public before it is published.',
  { by: ['ministry-presenter', 'public-record-importer'] },
  { ...whichCall, ...callEvents.CallPlanned.fields, isFarDayMeant },
) {}

export class ReviseCallPlan extends editOf(
  'Corrects the names, the goals or the duties of a call that is not published yet. What is not given stays as it was.',
  { by: ['ministry-presenter'] },
  { ...whichCall, ...callEvents.CallPlanRevised.fields },
) {}

export class PublishCall extends commandOf(
  'Publishes a planned call whose terms are complete.',
  { by: ['ministry-presenter', 'public-record-importer'] },
  whichCall,
) {}

export class PublishCallMaterial extends commandOf(
  'Publishes a document of a call, or a new version of it under the same key.',
  { by: ['ministry-presenter'] },
  { ...whichCall, ...callEvents.CallMaterialPublished.fields },
) {}

export class NameCallContact extends commandOf(
  'Names whom to ask about a call, or changes what is known of them.',
  { by: ['ministry-presenter', 'public-record-importer'] },
  {
    ...whichCall,
    ...omit(callEvents.CallContactNamed.fields, 'person'),
    contact: hinted(callEvents.CallContactNamed.fields.contact, 'An id of the contact that says nothing about the person.'),
  },
) {}

export class AmendCallTerms extends commandOf(
  'Puts new terms in the place of the present ones. After closing only the days of reporting can change; the deadline of a published call never moves forward.',
  { by: ['ministry-presenter'] },
  { ...whichCall, ...callEvents.CallTermsAmended.fields, isFarDayMeant },
) {}

export class ExtendCallDeadline extends commandOf(
  'Moves the deadline of a published call to a later time, before the present one has passed.',
  { by: ['ministry-presenter'] },
  { ...whichCall, ...callEvents.CallDeadlineExtended.fields, isFarDayMeant },
) {}

export class CloseCall extends commandOf(
  'Records that a call has closed. What is in time is decided by the deadline, not by this.',
  { by: ['ministry-presenter', 'public-record-importer', 'process'] },
  whichCall,
) {}

export class CancelCall extends commandOf(
  'Cancels a call that has not closed.',
  { by: ['ministry-presenter'] },
  { ...whichCall, ...callEvents.CallCancelled.fields },
) {}

export class RecordSelectionFromSource extends commandOf(
  'Records whom a public source says to have been selected.',
  { by: ['public-record-importer'] },
  { ...whichCall, ...callEvents.SelectionRecordedFromSource.fields },
) {}

export class RecordSourceStatement extends commandOf(
  'Records what a public source says about a call, and nothing more.',
  { by: ['public-record-importer'] },
  { ...whichCall, ...callEvents.SourceStatementRecorded.fields },
) {}
