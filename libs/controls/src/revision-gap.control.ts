import { questionOfAll } from './question.js';

/** The events of a stream are numbered from 0, each one more than the one before. */
export const revisionGap = questionOfAll<Map<string, number>>({
  key: 'revision-gap',
  title: { fi: 'Aukko virran versioissa', sv: 'Lucka i en ströms revisioner', en: 'A gap in revisions' },
  about: {
    fi: 'Kunkin virran tapahtumat on numeroitu nollasta alkaen ilman aukkoja ja toistoja.',
    sv: 'Händelserna i varje ström är numrerade från noll utan luckor eller upprepningar.',
    en: 'The events of each stream are numbered from 0, with no gap and no number twice.',
  },
  finding: {
    fi: 'Virrassa {stream} on versio {revision}, vaikka seuraava olisi {expected}.',
    sv: 'I strömmen {stream} står revision {revision}, där {expected} borde följa.',
    en: 'The stream {stream} has revision {revision} where {expected} should follow.',
  },
  start: () => new Map(),
  each: (next, { stream, revision }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return revision === expected ? undefined : { stream, revision, expected };
  },
});
