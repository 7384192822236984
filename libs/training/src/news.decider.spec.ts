import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { news } from './news.decider.js';

const { given } = specOf(news);
const item = { title: { fi: 'Uutinen', sv: 'Nyhet' }, text: { fi: 'Teksti', sv: 'Text' }, regions: ['19' as const] };
const published = { type: 'NewsPublished', data: item, effectiveAt: '2025-05-01' } as const;

describe('news', () => {
  it('is published in Finnish and Swedish, and stays as it was', () => {
    given()
      .when('PublishNews', { news: 'n', ...item, effectiveAt: '2025-05-01' })
      .then([published]);
    given(published)
      .when('PublishNews', { news: 'n', ...item })
      .thenNothing();
    given(published)
      .when('PublishNews', { news: 'n', ...item, regions: [] })
      .thenRefused('news-exists', { news: 'n' });
    given()
      .when('PublishNews', { news: 'n', ...item, text: { fi: 'Teksti' } })
      .thenRefused('news-language-missing', { missing: ['text.sv'] });
  });
});
