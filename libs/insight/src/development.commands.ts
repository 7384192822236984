import { commandOf, effectiveAt } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { Region } from '#kernel/schemas';
import { developmentEvents } from './development.events.js';

const by = ['regional-coordinator'] as const;
const region = field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' });

export class AgreeDevelopmentAction extends commandOf(
  'Records what a region agreed to do so that support matches the need.',
  { by },
  { region, ...developmentEvents.DevelopmentActionAgreed.fields, effectiveAt },
) {}

export class CompleteDevelopmentAction extends commandOf(
  'Records that a development action was completed, and what came of it.',
  { by },
  { region, ...developmentEvents.DevelopmentActionCompleted.fields, effectiveAt },
) {}
