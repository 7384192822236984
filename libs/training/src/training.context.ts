import type { Context } from '#edge/context';
import { newsAudience } from './news.audience.js';
import { news } from './news.decider.js';
import { newsItems } from './news.projection.js';
import { newsRefusals } from './news.refusals.js';
import { trainingAudience } from './training.audience.js';
import { training } from './training.decider.js';
import { trainingRefusals } from './training.refusals.js';
import { trainings } from './trainings.projection.js';

export const trainingContext: Context = {
  name: 'training',
  decides: [
    { decider: training, refusals: trainingRefusals, audience: trainingAudience },
    { decider: news, refusals: newsRefusals, audience: newsAudience },
  ],
  projections: [trainings, newsItems],
};
