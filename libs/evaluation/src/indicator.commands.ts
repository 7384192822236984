import { commandOf } from '#edge/commands';
import { field } from '#kernel/event-schema';
import { Region } from '#kernel/schemas';
import { indicatorEvents } from './indicator.events.js';

export class ReportIndicator extends commandOf(
  'Reports the value of an indicator in a region and a period, or that it is missing; again, and with a reason, it corrects what was reported.',
  { by: ['regional-coordinator', 'agency-coordinator'] },
  { region: field(Region, { fi: 'Maakunta', sv: 'Landskap', en: 'Region' }), ...indicatorEvents.IndicatorReported.fields },
) {}
