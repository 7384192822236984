import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { KeyText } from '#kernel/schemas';
import { termsEvents } from './terms.events.js';

const whichTerms = {
  terms: field(KeyText, { fi: 'Ehtojen tunnus', sv: 'Villkorens id', en: 'Id of the terms; state-grants are those of grants' }),
};

export class PublishInterestRate extends commandOf(
  'Records a published rate of interest, from the day on which it comes into force.',
  { by: ['ministry-decider'] },
  { ...whichTerms, ...termsEvents.InterestRatePublished.fields },
) {}

export class SetTerm extends commandOf(
  'Sets a number that decisions go by, from a day on: what was decided before stays as it was.',
  { by: ['ministry-decider'] },
  { ...whichTerms, ...termsEvents.TermSet.fields },
) {}
