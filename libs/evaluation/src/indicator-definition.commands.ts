import { commandOf } from '#edge/commands';
import { omit } from '#kernel/keyed';
import { definitionEvents, indicatorEvents } from './indicator.events.js';

export class DefineIndicator extends commandOf(
  'Defines an indicator, or the next version of it. What was reported by an earlier version stays of that version.',
  { by: ['agency-coordinator'] },
  { indicator: indicatorEvents.IndicatorReported.fields.indicator, ...omit(definitionEvents.IndicatorDefined.fields, 'version') },
) {}
