import type { ContextEdge } from '#edge/context-edge';
import * as newsCommands from './news.commands.js';
import { news } from './news.decider.js';
import { NewsResolver } from './news.resolver.js';
import * as trainingCommands from './training.commands.js';
import { training } from './training.decider.js';
import { RegionalTrainingResolver, TrainingsResolver } from './trainings.resolver.js';
import { trainingContext } from './training.context.js';

export const trainingEdge: ContextEdge = {
  context: trainingContext,
  commands: [
    { decider: training, module: trainingCommands },
    { decider: news, module: newsCommands },
  ],
  resolvers: [TrainingsResolver, RegionalTrainingResolver, NewsResolver],
};
