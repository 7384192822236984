import { questionsFor } from '#controls/questions';
import type { EventDefinitions } from '#kernel/event-schema';
import { eventDefinitions } from './contexts.js';

/** The events of all contexts by type. */
export const definitionOf: EventDefinitions = Object.assign({}, ...eventDefinitions) as EventDefinitions;

/** The control questions, which know every event of the system. */
export const controlQuestions = questionsFor(definitionOf);
