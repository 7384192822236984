import { commandOf, effectiveAt } from '#edge/commands';
import { field, hinted, required } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { organisationEvents } from './organisation.events.js';

const {
  OrganisationRegistered,
  OrganisationRegistrationCorrected,
  OrganisationRenamed,
  OrganisationSucceeded,
  OrganisationSuccessionCorrected,
} = organisationEvents;
const by = ['ministry-registrar', 'ministry-presenter', 'public-record-importer'] as const;

const whichOrganisation = { organisation: field(KeyText, { fi: 'Organisaatio', sv: 'Organisation', en: 'Organisation' }) };

export class RegisterOrganisation extends commandOf(
  'Puts an organisation into the register.',
  { by },
  {
    ...whichOrganisation,
    ...OrganisationRegistered.fields,
    effectiveAt: hinted(effectiveAt, 'From when it has these names; now without it.'),
  },
) {}

export class CorrectOrganisationRegistration extends commandOf(
  'Corrects the day from which an organisation is registered. It has the names of its first day from then on.',
  { by },
  {
    ...whichOrganisation,
    ...OrganisationRegistrationCorrected.fields,
    effectiveAt: required(
      hinted(effectiveAt, 'From when it is registered; not after its later names, nor after the day of its successor.'),
    ),
  },
) {}

export class RenameOrganisation extends commandOf(
  'Records that an organisation has new names. Its earlier names stay with their time.',
  { by },
  { ...whichOrganisation, ...OrganisationRenamed.fields, effectiveAt },
) {}

export class SucceedOrganisation extends commandOf(
  'Records that another organisation takes over what this one did.',
  { by },
  {
    ...whichOrganisation,
    by: hinted(OrganisationSucceeded.fields.by, 'The successor; it must be registered by then, and not be succeeded itself.'),
    effectiveAt,
  },
) {}

export class CorrectOrganisationSuccession extends commandOf(
  'Corrects by whom an organisation is succeeded, or from which day. What is said here takes the place of what was recorded.',
  { by },
  {
    ...whichOrganisation,
    ...OrganisationSuccessionCorrected.fields,
    effectiveAt: required(hinted(effectiveAt, 'From when the successor takes over.')),
  },
) {}
