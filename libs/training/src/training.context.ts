import type { Context } from '#edge/context';
import { newsAudience } from './news.audience.js';
import * as newsCommands from './news.commands.js';
import { news } from './news.decider.js';
import { newsItems } from './news.projection.js';
import { newsRefusals } from './news.refusals.js';
import { NewsResolver } from './news.resolver.js';
import { trainingAudience } from './training.audience.js';
import * as trainingCommands from './training.commands.js';
import { training } from './training.decider.js';
import { trainingRefusals } from './training.refusals.js';
import { trainings } from './trainings.projection.js';
import { RegionalTrainingResolver, TrainingsResolver } from './trainings.resolver.js';

export const trainingContext: Context = {
  name: 'training',
  decides: [
    { decider: training, commands: trainingCommands, refusals: trainingRefusals, audience: trainingAudience },
    { decider: news, commands: newsCommands, refusals: newsRefusals, audience: newsAudience },
  ],
  projections: [trainings, newsItems],
  resolvers: [TrainingsResolver, RegionalTrainingResolver, NewsResolver],
};
