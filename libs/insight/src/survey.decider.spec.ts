import { describe, it } from '@jest/globals';
import { specOf } from '#kernel/decider.testing';
import { survey } from './survey.decider.js';

const { given } = specOf(survey);
const content = {
  names: { fi: 'Kevään kysely' },
  regions: ['19', '12'],
  respondents: 'both',
  languages: ['fi', 'se', 'smn', 'sms'],
  period: { from: '2025-04-01', to: '2025-05-31' },
} as const;
const published = { type: 'SurveyWavePublished', data: content } as const;
const concluded = { type: 'SurveyConcluded', data: { regions: ['19', '12'], findings: { fi: 'Tukea tarvitaan' } } } as const;
const rate = { region: '19', group: 'support-recipients', invited: 200, answered: 80 } as const;
const need = {
  region: '19',
  municipality: '148',
  audience: 'older-people',
  topic: 'devices',
  volume: 60,
  unit: 'hours-per-month',
} as const;
const supply = { region: '19', municipality: '148', form: 'near', capacity: 30, unit: 'hours-per-month' } as const;
const during = { at: '2025-05-02' };

describe('a survey wave', () => {
  it('is published by the agency for many regions, by a region for itself', () => {
    given()
      .when('PublishSurveyWave', { survey: 's', ...content })
      .then([published]);
    given()
      .when('PublishSurveyWave', { survey: 's', region: '19', ...content, regions: ['19', '19'] })
      .then([{ type: 'SurveyWavePublished', data: { ...content, regions: ['19'] } }]);
    given()
      .when('PublishSurveyWave', { survey: 's', region: '19', ...content })
      .thenRefused('survey-regions-not-own');
  });

  it('is published once; the same again is nothing new', () => {
    given(published)
      .when('PublishSurveyWave', { survey: 's', ...content })
      .thenNothing();
    given(published)
      .when('PublishSurveyWave', { survey: 's', ...content, respondents: 'support-givers' })
      .thenRefused('survey-exists', { survey: 's' });
  });

  it('asks somewhere, in a language, in days that can be', () => {
    given()
      .when('PublishSurveyWave', { survey: 's', ...content, regions: [], languages: [] })
      .thenRefused('survey-incomplete', { missing: ['regions', 'languages'] });
    given()
      .when('PublishSurveyWave', { survey: 's', ...content, period: { from: '2025-06-01', to: '2025-05-31' } })
      .thenRefused('survey-period-reversed', { from: '2025-06-01', to: '2025-05-31' });
  });
});

describe('the response to a survey', () => {
  it('is told by region, respondents and language, and corrected by a later report', () => {
    given(published)
      .when('ReportSurveyResponseRate', { survey: 's', ...rate }, during)
      .then([{ type: 'SurveyResponseRateReported', data: rate }]);
    const reported = { type: 'SurveyResponseRateReported', data: rate } as const;
    given(published, reported)
      .when('ReportSurveyResponseRate', { survey: 's', ...rate }, during)
      .thenNothing();
    given(published, reported)
      .when('ReportSurveyResponseRate', { survey: 's', ...rate, answered: 81 }, { at: '2025-07-01' })
      .then([{ type: 'SurveyResponseRateReported', data: { ...rate, answered: 81 }, effectiveAt: '2025-05-31' }]);
  });

  it('is of respondents and languages that were asked, and of no more than were asked', () => {
    const knows = given({ ...published, data: { ...content, respondents: 'support-givers' } });
    knows.when('ReportSurveyResponseRate', { survey: 's', ...rate }, during).thenRefused('survey-respondents-not-asked');
    given(published)
      .when('ReportSurveyResponseRate', { survey: 's', ...rate, language: 'sv' }, during)
      .thenRefused('survey-language-not-asked', { language: 'sv' });
    given(published)
      .when('ReportSurveyResponseRate', { survey: 's', ...rate, answered: 201 }, during)
      .thenRefused('survey-answers-exceed-invited', { answered: 201, invited: 200 });
  });

  it('may be known without knowing how many were asked', () => {
    const { invited: __, ...open } = rate;
    given(published)
      .when('ReportSurveyResponseRate', { survey: 's', ...open }, during)
      .then([{ type: 'SurveyResponseRateReported', data: open }]);
  });
});

describe('need and supply', () => {
  it('are recorded of a municipality, and replaced by what is recorded later', () => {
    given(published)
      .when('RecordNeed', { survey: 's', ...need }, during)
      .then([{ type: 'NeedRecorded', data: need }]);
    const recorded = { type: 'NeedRecorded', data: need } as const;
    given(published, recorded)
      .when('RecordNeed', { survey: 's', ...need }, during)
      .thenNothing();
    given(published, recorded)
      .when('RecordNeed', { survey: 's', ...need, volume: 70 }, during)
      .then([{ type: 'NeedRecorded', data: { ...need, volume: 70 } }]);
    given(published)
      .when('RecordSupply', { survey: 's', ...supply }, { at: '2025-06-20' })
      .then([{ type: 'SupplyRecorded', data: supply, effectiveAt: '2025-05-31' }]);
  });

  it('are of a municipality that belonged to the region when the survey began', () => {
    const refusedAs = (municipality: string, fault: string, region: '19' | '07' = '19', from = '2025-04-01') =>
      given({ ...published, data: { ...content, regions: ['19', '07'], period: { from, to: '2025-05-31' } } })
        .when('RecordSupply', { survey: 's', ...supply, municipality, region }, during)
        .thenRefused('survey-municipality', { municipality, fault, region });
    refusedAs('999', 'unknown');
    refusedAs('091', 'elsewhere');
    refusedAs('588', 'ended');
    refusedAs('142', 'elsewhere', '07', '2020-12-31');
    refusedAs('148', 'not-yet-known', '19', '2017-12-31');
  });

  it('are of a survey that has begun, asks in the region and is not concluded', () => {
    given()
      .when('RecordNeed', { survey: 's', ...need }, during)
      .thenRefused('survey-unknown', { survey: 's' });
    given(published)
      .when('RecordNeed', { survey: 's', ...need, region: '01' }, during)
      .thenRefused('survey-unknown', { survey: 's' });
    given(published)
      .when('RecordNeed', { survey: 's', ...need }, { at: '2025-03-31' })
      .thenRefused('survey-not-begun', { from: '2025-04-01' });
    given(published, concluded)
      .when('RecordSupply', { survey: 's', ...supply }, during)
      .thenRefused('survey-concluded', { survey: 's' });
  });
});

describe('a survey', () => {
  const conclude = { survey: 's', findings: { fi: 'Tukea tarvitaan' } };

  it('is concluded once, after its last day', () => {
    given(published).when('ConcludeSurvey', conclude, { at: '2025-05-31' }).thenRefused('survey-goes-on', { to: '2025-05-31' });
    given(published).when('ConcludeSurvey', conclude, { at: '2025-06-01' }).then([concluded]);
    given(published, concluded).when('ConcludeSurvey', conclude, { at: '2025-06-02' }).thenNothing();
    given(published, concluded)
      .when('ConcludeSurvey', { ...conclude, findings: { fi: 'Ei tarvita' } }, { at: '2025-06-02' })
      .thenRefused('survey-concluded', { survey: 's' });
  });

  it('of several regions is concluded by the agency, not by one of them', () => {
    given(published)
      .when('ConcludeSurvey', { ...conclude, region: '19' }, { at: '2025-06-01' })
      .thenRefused('survey-unknown', { survey: 's' });
  });
});
