import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { omit } from '#kernel/keyed';
import { KeyText } from '#kernel/schemas';
import { ethicalPrinciplesEvents } from './ethical-principles.events.js';

export class PublishEthicalPrinciples extends commandOf(
  'Publishes ethical principles, in Finnish and Swedish: their version 1, or the next one. Earlier versions stay with their time.',
  { by: ['agency-coordinator'] },
  {
    principlesId: field(KeyText, { fi: 'Periaatteiden tunnus', sv: 'Principernas id', en: 'Id of the principles' }),
    ...omit(ethicalPrinciplesEvents.EthicalPrinciplesPublished.fields, 'version'),
  },
) {}
