import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { communication } from './communication.decider.js';

const { given } = specOf(communication);
const content = {
  communication: 'spring',
  names: { fi: 'Digituki lähellä' },
  channel: 'newspaper',
  languages: ['fi', 'sv'],
  audiences: ['everyone'],
  on: '2025-05-05',
} as const;
const planned = { type: 'CommunicationPlanned', data: content } as const;
const published = { type: 'CommunicationPublished', data: content, effectiveAt: '2025-05-05' } as const;
const own = { region: '19', ...content } as const;

describe('communication in a region', () => {
  it('is planned for a day to come, and changed until it is published', () => {
    given().when('PlanCommunication', own, { at: '2025-05-05' }).then([planned]);
    given(planned).when('PlanCommunication', own, { at: '2025-06-01' }).thenNothing();
    given(planned)
      .when('PlanCommunication', { ...own, channel: 'poster' }, { at: '2025-05-04' })
      .then([{ type: 'CommunicationPlanned', data: { ...content, channel: 'poster' } }]);
    given().when('PlanCommunication', own, { at: '2025-05-06' }).thenRefused('communication-in-past', { on: '2025-05-05' });
    given(published)
      .when('PlanCommunication', { ...own, on: '2025-07-01' }, { at: '2025-06-01' })
      .thenRefused('communication-published', { communication: 'spring' });
  });

  it('is published, planned or not, on a day that has begun', () => {
    given().when('PublishCommunication', own, { at: '2025-05-05' }).then([published]);
    given(planned)
      .when('PublishCommunication', { ...own, channel: 'radio-or-tv' }, { at: '2025-05-06' })
      .then([{ ...published, data: { ...content, channel: 'radio-or-tv' } }]);
    given().when('PublishCommunication', own, { at: '2025-05-04' }).thenRefused('communication-in-future', { on: '2025-05-05' });
  });

  it('tells later whom it reached, and corrects it by a later event', () => {
    const reached = { ...content, reach: 12_000, reachFrom: 'Levikki' };
    given(published)
      .when('PublishCommunication', { region: '19', ...reached }, { at: '2025-06-01' })
      .then([{ type: 'CommunicationPublished', data: reached }]);
    given(published, { type: 'CommunicationPublished', data: reached })
      .when('PublishCommunication', { region: '19', ...reached, reach: 11_000 }, { at: '2025-07-01' })
      .then([{ type: 'CommunicationPublished', data: { ...reached, reach: 11_000 } }]);
    given(published).when('PublishCommunication', own, { at: '2025-06-01' }).thenNothing();
    given(published)
      .when('PublishCommunication', { ...own, channel: 'poster' }, { at: '2025-06-01' })
      .thenRefused('communication-published', { communication: 'spring' });
  });

  it('is in a language and for somebody', () => {
    given()
      .when('PublishCommunication', { ...own, languages: [], audiences: [] }, { at: '2025-06-01' })
      .thenRefused('communication-incomplete', { missing: ['languages', 'audiences'] });
  });
});
