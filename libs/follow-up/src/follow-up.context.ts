import type { Context } from '#edge/context';
import { FollowUpResolver } from './follow-up.resolver.js';

/** It decides nothing and folds nothing: it reads what the contexts below it have. */
export const followUpContext: Context = { name: 'follow-up', decides: [], projections: [], resolvers: [FollowUpResolver] };
