import { commandOf, effectiveAt } from '#edge/commands';
import { field, hinted } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { guidanceEvents } from './guidance.events.js';

const { GuidancePublished, GuidanceRevised, GuidanceRetired, SupportStructureDrafted } = guidanceEvents;

const by = ['agency-coordinator'] as const;
const whichGuidance = { guidance: field(KeyText, { fi: 'Ohje', sv: 'Anvisning', en: 'Guidance' }) };
const whichStructure = { structure: field(KeyText, { fi: 'Tukirakenne', sv: 'Stödstruktur', en: 'Support structure' }) };

export class PublishGuidance extends commandOf(
  'Publishes guidance, in Finnish and Swedish. It is public: name no persons.',
  { by },
  { ...whichGuidance, ...GuidancePublished.fields, effectiveAt },
) {}

export class ReviseGuidance extends commandOf(
  'Publishes guidance anew, all of it. Earlier versions stay with their time.',
  { by },
  { ...whichGuidance, ...omit(GuidanceRevised.fields, 'version'), effectiveAt },
) {}

export class RetireGuidance extends commandOf(
  'Takes guidance out of use. It can be read as it was before.',
  { by },
  { ...whichGuidance, ...GuidanceRetired.fields, effectiveAt },
) {}

export class DraftSupportStructure extends commandOf(
  'Drafts a support structure that the agency makes together with others. Again, it takes the place of the draft before; what was adopted stays until the new draft is.',
  { by },
  {
    ...whichStructure,
    ...omit(SupportStructureDrafted.fields, 'draft'),
    coAuthors: hinted(SupportStructureDrafted.fields.coAuthors, 'Organisations of the register, one at least.'),
  },
) {}

export class AdoptSupportStructure extends commandOf(
  'Adopts the draft of a support structure for the whole country.',
  { by },
  {
    ...whichStructure,
    draft: hinted(SupportStructureDrafted.fields.draft, 'The number of the draft that was read.'),
    effectiveAt,
  },
) {}
