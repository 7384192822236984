import type { Context } from '#edge/context';

/** It decides nothing and folds nothing: it reads what the contexts below it have. */
export const followUpContext: Context = { name: 'follow-up', decides: [], projections: [] };
