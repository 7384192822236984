import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { development } from './development.decider.js';

const { given } = specOf(development);
const content = {
  action: 'north',
  names: { fi: 'Kiertävä digituki' },
  forms: ['near'],
  municipalities: ['148', '047'],
  survey: 'spring',
  responsible: 'library',
  by: '2025-12-31',
} as const;
const own = { region: '19', ...content, effectiveAt: '2025-06-02' } as const;
const agreed = { type: 'DevelopmentActionAgreed', data: content, effectiveAt: '2025-06-02' } as const;
const completed = {
  type: 'DevelopmentActionCompleted',
  data: { action: 'north', outcome: 'Auto kiertää' },
  effectiveAt: '2025-11-01',
} as const;
const later = { at: '2025-11-20' };
const wave = {
  names: { fi: 'Kysely' },
  regions: ['19'],
  respondents: 'both',
  languages: ['fi'],
  period: { from: '2025-04-01', to: '2025-05-31' },
} as const;
const facts = { survey: { stage: 'published', wave, figures: {} }, organisation: { isRegistered: true } } as const;

describe('a development action', () => {
  it('is agreed on once', () => {
    given().knowing(facts).when('AgreeDevelopmentAction', own, later).then([agreed]);
    given(agreed).knowing(facts).when('AgreeDevelopmentAction', own, later).thenNothing();
    given(agreed)
      .knowing(facts)
      .when('AgreeDevelopmentAction', { ...own, by: '2026-01-31' }, later)
      .thenRefused('action-exists', { action: 'north' });
  });

  it('is due after it is agreed on, and not agreed on in the future', () => {
    given()
      .knowing(facts)
      .when('AgreeDevelopmentAction', { ...own, by: '2025-06-01' }, later)
      .thenRefused('action-due-before-agreed', { by: '2025-06-01' });
    given()
      .knowing(facts)
      .when('AgreeDevelopmentAction', { ...own, effectiveAt: '2025-11-21' }, later)
      .thenRefused('action-in-future', { effectiveAt: '2025-11-21' });
  });

  it('is done in municipalities of the region then, by who is registered, and answers a survey of the region', () => {
    given()
      .knowing(facts)
      .when('AgreeDevelopmentAction', { ...own, municipalities: ['148', '588'] }, later)
      .thenRefused('action-municipality', { municipality: '588', fault: 'ended', region: '19' });
    given()
      .knowing({ ...facts, survey: { ...facts.survey, wave: { ...wave, regions: ['12'] } } })
      .when('AgreeDevelopmentAction', own, later)
      .thenRefused('action-survey-unknown', { survey: 'spring' });
    given()
      .knowing({ survey: facts.survey })
      .when('AgreeDevelopmentAction', own, later)
      .thenRefused('action-organisation-unknown', { organisation: 'library' });
  });

  it('is completed once, after it was agreed on', () => {
    const complete = { region: '19', action: 'north', outcome: 'Auto kiertää', effectiveAt: '2025-11-01' } as const;
    given(agreed).when('CompleteDevelopmentAction', complete, later).then([completed]);
    given(agreed, completed).when('CompleteDevelopmentAction', complete, later).thenNothing();
    given(agreed, completed)
      .when('CompleteDevelopmentAction', { ...complete, outcome: 'Auto hajosi' }, later)
      .thenRefused('action-completed', { action: 'north' });
    given(agreed)
      .when('CompleteDevelopmentAction', { ...complete, effectiveAt: '2025-06-01' }, later)
      .thenRefused('action-unknown', { action: 'north' });
    given().when('CompleteDevelopmentAction', complete, later).thenRefused('action-unknown', { action: 'north' });
  });
});
