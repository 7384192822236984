import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { framework } from './framework.decider.js';
import { frameworkInForce } from './framework.facts.js';

const { given } = specOf(framework);
const names = { fi: 'Arviointikehikko', sv: 'Utvärderingsram' };
const text = { fi: 'Teksti', sv: 'Text' };
const draft = { names, coAuthors: ['council-19', 'agency'] };
const content = {
  names,
  criteria: [
    { key: 'network', text },
    { key: 'reach', text },
  ],
  levels: [
    { level: 1, text },
    { level: 3, text },
  ],
  inForceFrom: '2025-02-01',
};
const drafted = { type: 'EvaluationFrameworkDrafted', data: { ...draft, version: 1 } } as const;
const published = { type: 'EvaluationFrameworkPublished', data: { ...content, version: 1 } } as const;
const registered = new Map(['council-19', 'agency'].map((key) => [key, { isRegistered: true }]));
const own = { framework: 'digital-support' };
const at = { at: '2025-01-15' };

describe('an evaluation framework', () => {
  it('is drafted together, by organisations that are registered', () => {
    const knowing = given().knowing({ organisations: registered });
    knowing.when('DraftEvaluationFramework', { ...own, ...draft }).then([drafted]);
    given(drafted)
      .knowing({ organisations: registered })
      .when('DraftEvaluationFramework', { ...own, ...draft })
      .thenNothing();
    knowing
      .when('DraftEvaluationFramework', { ...own, ...draft, coAuthors: ['agency', 'nobody'] })
      .thenRefused('framework-organisation-unknown', { organisation: 'nobody' });
  });

  it('is published once it was drafted, version by version', () => {
    given(drafted)
      .when('PublishEvaluationFramework', { ...own, ...content }, at)
      .then([published]);
    given()
      .when('PublishEvaluationFramework', { ...own, ...content }, at)
      .thenRefused('framework-not-drafted');
    given(drafted, published)
      .when('PublishEvaluationFramework', { ...own, ...content }, at)
      .thenNothing();
    given(drafted, published)
      .when('PublishEvaluationFramework', { ...own, ...content, inForceFrom: '2025-09-01' }, at)
      .thenRefused('framework-not-drafted');
    given(drafted, published, { ...drafted, data: { ...draft, version: 2 } })
      .when('PublishEvaluationFramework', { ...own, ...content, inForceFrom: '2025-09-01' }, at)
      .then([{ ...published, data: { ...content, inForceFrom: '2025-09-01', version: 2 } }]);
  });

  it('comes into force after the version before, and not in the past: what was started keeps its version', () => {
    given(drafted, published, drafted)
      .when('PublishEvaluationFramework', { ...own, ...content, criteria: content.criteria.slice(1) }, at)
      .thenRefused('framework-not-later', { current: '2025-02-01' });
    given(drafted)
      .when('PublishEvaluationFramework', { ...own, ...content }, { at: '2025-02-02' })
      .thenRefused('framework-in-past', { inForceFrom: '2025-02-01' });
  });

  it('has criteria and an order of levels, in Finnish and Swedish', () => {
    const refused = (change: Partial<typeof content>) =>
      given(drafted).when('PublishEvaluationFramework', { ...own, ...content, ...change }, at);
    refused({ criteria: [], levels: content.levels.slice(1) }).thenRefused('framework-incomplete', { missing: ['criteria', 'levels'] });
    refused({ criteria: [...content.criteria, ...content.criteria] }).thenRefused('framework-criterion-twice', { key: 'network' });
    refused({ levels: content.levels.toReversed() }).thenRefused('framework-levels-unordered');
    refused({ criteria: [{ key: 'network', text: { fi: 'Vain suomeksi' } as typeof text }] }).thenRefused('framework-language-missing', {
      missing: ['criteria.network.sv'],
    });
  });

  it('is in force in its version of the day', () => {
    const versions = [published.data, { ...published.data, version: 2, inForceFrom: '2025-09-01' }];
    expect(frameworkInForce({ versions }, '2025-01-31T21:59:59.999Z')).toBeUndefined();
    expect(frameworkInForce({ versions }, '2025-01-31T22:00:00.000Z')?.version).toBe(1);
    expect(frameworkInForce({ versions }, '2025-08-31T21:00:00.000Z')?.version).toBe(2);
  });
});
