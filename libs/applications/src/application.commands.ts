import { commandOf, editOf } from '#edge/commands';
import { field, hinted, optionally, required } from '#kernel/event-schema';
import { KeyText, MatterText } from '#kernel/schemas';
import { givenContent, otherArrival, removedFromDraft, signatory } from './application-content.events.js';
import { applicationEvents } from './application.events.js';

const { ApplicationRecordedFromSource, ApplicationStarted, ApplicationReceived, ApplicationWithdrawn } = applicationEvents;

export const whichApplication = { application: field(MatterText, { fi: 'Hakemus', sv: 'Ansökan', en: 'Application' }) };
export const applicant = { organisation: field(KeyText, { fi: 'Hakija', sv: 'Sökande', en: 'The applicant' }) };
const { region } = ApplicationStarted.fields;
const signatoryName = hinted(signatory.signatory, 'The name of who signs.');
const fromElsewhere = 'needed for what came another way.';

export class RecordApplicationFromSource extends commandOf(
  'Records that a public source says a region to have applied.',
  { by: ['public-record-importer'] },
  ApplicationRecordedFromSource.fields,
) {}

export class StartApplication extends commandOf(
  'Starts the draft of an application. Only the region and the applicant see it.',
  { by: ['regional-coordinator'] },
  { ...whichApplication, region, ...applicant },
) {}

export class ReviseApplication extends editOf(
  'Puts a new content in the place of the draft’s present one.',
  { by: ['regional-coordinator'] },
  { ...whichApplication, region, content: givenContent },
) {}

export class EditApplicationDraft extends editOf(
  'Changes parts of the draft of an application: figures by their names, cost lines and parts by their keys. What is not given stays as it was.',
  { by: ['regional-coordinator'] },
  { ...whichApplication, region, content: optionally(givenContent), removed: removedFromDraft },
) {}

export class SubmitApplication extends editOf(
  'Submits the draft as it stands. It arrives at the instant of this command; after the deadline it is recorded as late.',
  { by: ['applicant-signatory'] },
  { ...whichApplication, ...applicant, signatoryName: required(signatoryName) },
) {}

export class ReceiveApplication extends commandOf(
  'Registers an application under a case number: one that was submitted here, or, with its arrival, one that came another way.',
  { by: ['ministry-registrar'] },
  {
    ...whichApplication,
    caseNumber: ApplicationReceived.fields.caseNumber,
    organisation: hinted(optionally(applicant.organisation), `The applicant; ${fromElsewhere}`),
    region: hinted(optionally(region), `The region; ${fromElsewhere}`),
    arrival: otherArrival,
    content: hinted(
      optionally(givenContent),
      'What it says. Left out where it breaks a rule or cannot be read; then ask for a supplement.',
    ),
    signatoryName,
  },
) {}

export class AmendApplication extends editOf(
  'Puts a new content in the place of a submitted application’s present one, where it arrives before the deadline.',
  { by: ['applicant-signatory', 'ministry-registrar'] },
  { ...whichApplication, ...applicant, content: givenContent, arrival: otherArrival, signatoryName },
) {}

export class WithdrawApplication extends commandOf(
  'Withdraws a submitted application, for good. While a decision is proposed, only after the proposal is withdrawn.',
  { by: ['applicant-signatory', 'ministry-registrar'] },
  { ...whichApplication, ...applicant, reason: ApplicationWithdrawn.fields.reason, arrival: otherArrival },
) {}
