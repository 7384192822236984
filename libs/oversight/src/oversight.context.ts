import type { Context } from '#edge/context';
import { appropriationUse } from './appropriation-use.projection.js';
import { AppropriationUseResolver, CallYearsOfUseResolver } from './appropriation-use.resolver.js';
import { DecisionRegisterResolver } from './decision-register.resolver.js';
import { waiting } from './waiting.projection.js';
import { WaitingResolver } from './waiting.resolver.js';

export const oversightContext: Context = {
  name: 'oversight',
  decides: [],
  projections: [waiting, appropriationUse],
  resolvers: [AppropriationUseResolver, CallYearsOfUseResolver, DecisionRegisterResolver, WaitingResolver],
};
