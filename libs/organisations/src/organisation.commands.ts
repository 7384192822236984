import { commandOf, effectiveAt } from '#edge/commands';
import { field, hinted } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { organisationEvents } from './organisation.events.js';

const { OrganisationRegistered, OrganisationRenamed, OrganisationSucceeded } = organisationEvents;
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
    by: hinted(OrganisationSucceeded.fields.by, 'The successor; it must be registered.'),
    effectiveAt,
  },
) {}
