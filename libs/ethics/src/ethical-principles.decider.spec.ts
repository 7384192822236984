import { describe, expect, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { ethicalPrinciples } from './ethical-principles.decider.js';
import { commitmentTo, versionInForce } from './ethical-principles.facts.js';

const { given } = specOf(ethicalPrinciples);
const names = { fi: 'Eettiset periaatteet', sv: 'Etiska principer' };
const principles = [{ key: 'respect', text: { fi: 'Kunnioita', sv: 'Respektera' } }];
const first = { names, principles, inForceFrom: '2025-01-01' };
const second = { ...first, inForceFrom: '2025-09-01', transitionUntil: '2025-12-31' };
const publish = <Content extends object>(content: Content) => ({ principlesId: 'digital-support', ...content });
const published = (version: number, content: typeof first) =>
  ({ type: 'EthicalPrinciplesPublished', data: { ...content, version } }) as const;

describe('ethical principles', () => {
  it('are published version by version', () => {
    given()
      .when('PublishEthicalPrinciples', publish(first))
      .then([published(1, first)]);
    given(published(1, first))
      .when('PublishEthicalPrinciples', publish(second))
      .then([published(2, second)]);
    given(published(1, first)).when('PublishEthicalPrinciples', publish(first)).thenNothing();
  });

  it('come into force after the version before', () => {
    given(published(1, first))
      .when('PublishEthicalPrinciples', publish({ ...second, inForceFrom: '2025-01-01' }))
      .thenRefused('principles-not-later', { current: '2025-01-01' });
  });

  it('leave time to commit anew, from a version before and not from none', () => {
    given().when('PublishEthicalPrinciples', publish(second)).thenRefused('transition-from-nothing');
    given(published(1, first))
      .when('PublishEthicalPrinciples', publish({ ...second, transitionUntil: '2025-08-31' }))
      .thenRefused('transition-before-force', { until: '2025-08-31', from: '2025-09-01' });
  });

  it('say something, each thing once, in Finnish and Swedish', () => {
    given()
      .when('PublishEthicalPrinciples', publish({ ...first, principles: [] }))
      .thenRefused('principles-empty');
    given()
      .when('PublishEthicalPrinciples', publish({ ...first, principles: [...principles, ...principles] }))
      .thenRefused('principle-twice', { key: 'respect' });
    given()
      .when('PublishEthicalPrinciples', publish({ ...first, names: { sv: 'Principer' }, principles: [{ key: 'a', text: { fi: 'A' } }] }))
      .thenRefused('principles-language-missing', { missing: ['names.fi', 'principles.a.sv'] });
  });
});

describe('a commitment to ethical principles', () => {
  const versions = [
    { ...first, version: 1 },
    { ...second, version: 2 },
  ];
  const state = (version: number | undefined, at: string) => commitmentTo(version, { versions }, at);

  it('to a version is one until the next is in force, then while the transition goes on, its last day included', () => {
    expect(state(1, '2025-08-31T20:59:59.999Z')).toBe('committed');
    expect(state(1, '2025-08-31T21:00:00.000Z')).toBe('in-transition');
    expect(state(1, '2025-12-31T21:59:59.999Z')).toBe('in-transition');
    expect(state(1, '2025-12-31T22:00:00.000Z')).toBe('lapsed');
  });

  it('to the version in force, or to one to come, is one; without any there is none', () => {
    expect(state(2, '2025-08-01T00:00:00.000Z')).toBe('committed');
    expect(state(2, '2026-08-01T00:00:00.000Z')).toBe('committed');
    expect(state(undefined, '2025-08-01T00:00:00.000Z')).toBe('none');
  });

  it('lapses at once where the next version leaves no time', () => {
    const { transitionUntil: _, ...atOnce } = second;
    expect(commitmentTo(1, { versions: [versions[0] as never, { ...atOnce, version: 2 }] }, '2025-09-01T00:00:00.000Z')).toBe('lapsed');
  });

  it('is to the version that is in force on the day', () => {
    const inForce = (at: string) => versionInForce({ versions }, at)?.version;
    expect(inForce('2024-12-31T21:59:59.999Z')).toBeUndefined();
    expect(inForce('2024-12-31T22:00:00.000Z')).toBe(1);
    expect(inForce('2025-08-31T21:00:00.000Z')).toBe(2);
  });
});
