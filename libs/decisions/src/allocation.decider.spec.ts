import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { allocation } from './allocation.decider.js';

const { given } = specOf(allocation);
const known = { call: { stage: 'published', kind: 'regional-coordination', terms: {}, isSelected: false } } as const;
const set = { type: 'AppropriationSet', data: { amount: 240_000_000, year: 2019 } } as const;

describe('the appropriation of a call', () => {
  it('is reserved once, for a call that there is', () => {
    const command = { call: 'c', amount: 240_000_000, year: 2019 };
    given().knowing(known).when('SetAppropriation', command).then([set]);
    given(set).knowing(known).when('SetAppropriation', command).thenRefused('appropriation-set');
    given()
      .knowing({ call: { stage: 'absent' } })
      .when('SetAppropriation', command)
      .thenRefused('allocation-call-unknown', { call: 'c' });
    given()
      .knowing({ call: { ...known.call, stage: 'cancelled' } })
      .when('SetAppropriation', command)
      .thenRefused('allocation-call-cancelled', { call: 'c' });
  });

  it('is more than zero', () => {
    given().knowing(known).when('SetAppropriation', { call: 'c', amount: 0 }).thenRefused('appropriation-zero');
    given(set).knowing(known).when('AdjustAppropriation', { call: 'c', amount: 0, reason: 'r' }).thenRefused('appropriation-zero');
  });

  it('is adjusted with a reason once it is reserved', () => {
    const adjust = { call: 'c', amount: 250_000_000, reason: 'Lisätalousarvio' };
    given(set)
      .knowing(known)
      .when('AdjustAppropriation', { ...adjust, effectiveAt: '2019-12-01' })
      .then([{ type: 'AppropriationAdjusted', data: { amount: 250_000_000, reason: 'Lisätalousarvio' }, effectiveAt: '2019-12-01' }]);
    given(set)
      .knowing(known)
      .when('AdjustAppropriation', { ...adjust, amount: 240_000_000 })
      .thenNothing();
    const later = { type: 'AppropriationAdjusted', data: { amount: 250_000_000, reason: 'r' }, effectiveAt: '2100-01-01' } as const;
    given(set, later)
      .knowing(known)
      .when('AdjustAppropriation', adjust, { at: '2026-01-01' })
      .then([{ type: 'AppropriationAdjusted', data: { amount: 250_000_000, reason: 'Lisätalousarvio' } }]);
    given().knowing(known).when('AdjustAppropriation', adjust).thenRefused('appropriation-not-set');
  });
});
