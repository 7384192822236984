import { commandOf } from '#edge/commands';
import { field, hinted, optional } from '#kernel/event-schema';
import { omit, pick } from '#kernel/keyed';
import { DayText, KeyText } from '#kernel/schemas';
import { operatingModelEvents } from './operating-model.events.js';

const { OperatingModelPublished, OperatingModelRevised, OperatingModelFeedbackGiven, RegionalRoleEvaluationProposed } =
  operatingModelEvents;

const publishers = ['agency-coordinator', 'public-record-importer'] as const;
const whichModel = { model: field(KeyText, { fi: 'Toimintamalli', sv: 'Verksamhetsmodell', en: 'Model' }) };
const validFrom = optional(DayText, {
  fi: 'Ensimmäinen voimassaolopäivä; ilman sitä nyt',
  sv: 'Första giltighetsdag; utan uppgift nu',
  en: 'The first day on which it is valid; now without it',
});

export class PublishOperatingModel extends commandOf(
  'Publishes an operating model, in Finnish and Swedish. It is its version 1.',
  { by: publishers },
  { ...whichModel, ...OperatingModelPublished.fields, validFrom },
) {}

export class ReviseOperatingModel extends commandOf(
  'Publishes a new version of an operating model. Earlier versions stay with their time.',
  { by: publishers },
  { ...whichModel, ...omit(OperatingModelRevised.fields, 'version'), validFrom },
) {}

export class GiveOperatingModelFeedback extends commandOf(
  'Gives a region’s feedback on a version of an operating model. It is public: name no persons.',
  { by: ['regional-coordinator'] },
  {
    ...whichModel,
    ...OperatingModelFeedbackGiven.fields,
    section: hinted(OperatingModelFeedbackGiven.fields.section, 'The section that it is about; the whole model without it.'),
  },
) {}

export class ProposeRegionalRoleEvaluation extends commandOf(
  'Proposes, for the agency, an evaluation of the regional development and coordination role; again under the same key, it takes the place of the proposal before. It counts once the ministry confirms it.',
  { by: ['agency-coordinator'] },
  {
    ...whichModel,
    ...omit(RegionalRoleEvaluationProposed.fields, 'proposal', 'proposer'),
    version: hinted(RegionalRoleEvaluationProposed.fields.version, 'The version of the model that was followed.'),
  },
) {}

export class ConfirmRegionalRoleEvaluation extends commandOf(
  'Confirms, for the ministry, the evaluation that the agency proposed: it is then the evaluation of both.',
  { by: ['ministry-presenter'] },
  {
    ...whichModel,
    ...pick(RegionalRoleEvaluationProposed.fields, 'evaluation'),
    proposal: hinted(RegionalRoleEvaluationProposed.fields.proposal, 'The number of the proposal that was read.'),
  },
) {}
