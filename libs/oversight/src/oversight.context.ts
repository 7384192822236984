import type { Context } from '#edge/context';
import { appropriationUse } from './appropriation-use.projection.js';
import { waiting } from './waiting.projection.js';

export const oversightContext: Context = {
  name: 'oversight',
  decides: [],
  projections: [waiting, appropriationUse],
};
